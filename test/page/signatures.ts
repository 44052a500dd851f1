/** This host's verdicts on signatures, and how long they take. */
import { browserEngine } from "../../src/browserEngine.ts";
import { useLateEngine } from "../../src/protocol/engines.ts";
import { setLateEngine, withVerdicts } from "../../src/protocol/lateEngine.ts";
import { sign, signingPair, verify } from "../../src/protocol/signature.ts";

const COUNT = 100;

/** Bytes as numbers, for they come from outside the page. */
export interface Judged {
  readonly signature: readonly number[];
  readonly message: readonly number[];
  readonly key: readonly number[];
}

export interface Judgement {
  /** Whether the browser has an Ed25519 of its own that decides as the protocol does. */
  readonly own: boolean;
  readonly verdicts: readonly boolean[];
  /** Milliseconds a signature: by JavaScript, and as the page goes about it. */
  readonly pure: number;
  readonly used: number;
}

export const judge = async (all: readonly Judged[]): Promise<Judgement> => {
  setLateEngine(undefined);
  const { secret, public: key } = signingPair(new Uint8Array(32).fill(9));
  const many = Array.from({ length: COUNT }, (_, at) => {
    const message = new Uint8Array(300).fill(at);
    return { message, signature: sign(message, secret) };
  });
  const time = async (): Promise<number> => {
    const since = performance.now();
    const good = await withVerdicts(() => many.filter(({ signature, message }) => verify(signature, message, key)));
    if (good.length !== COUNT) throw new Error("does not verify");
    return (performance.now() - since) / COUNT;
  };
  const pure = await time();
  const engine = browserEngine();
  const own = engine !== undefined && (await useLateEngine(engine).then(() => true));
  const verdicts = await withVerdicts(() =>
    all.map((one) => verify(Uint8Array.from(one.signature), Uint8Array.from(one.message), Uint8Array.from(one.key))),
  );
  return { own, verdicts, pure, used: await time() };
};
