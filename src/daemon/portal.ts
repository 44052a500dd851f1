/**
 * Whether the network wants people to sign in on a page first. The usual test asks a server on the internet; here only the
 * gateway is asked, at its own address. A router's own page looks much like a portal's, so only what gives itself away
 * counts: the status that is made for it, or a redirection that remembers who asked or for what.
 */
import { request } from "node:http";

/** What the gateway answered. */
export interface GatewayAnswer {
  readonly status: number;
  readonly location: string;
}

/** RFC 6585 §6. */
const MUST_SIGN_IN = 511;
/** A name that is nobody's (RFC 2606), to be recognised where it comes back. */
const NOBODY = "connectivity.invalid";
const PATIENCE_MS = 1500;

/** Whether an answer is a portal's; `own` are this machine's addresses. Pure. */
export const isPortal = ({ status, location }: GatewayAnswer, own: readonly string[]): boolean => {
  if (status === MUST_SIGN_IN) return true;
  if (status < 300 || status > 399) return false;
  let told: string;
  try {
    told = decodeURIComponent(location);
  } catch {
    told = location;
  }
  // Elsewhere, with what was asked for, or with who asked.
  const query = told.slice(told.indexOf("?") + 1);
  return told.includes("?") && [NOBODY, ...own].some((one) => query.includes(one));
};

/** Asks the gateway, and nobody else; `undefined` where it does not answer. Never rejects. */
export const askGateway = (gateway: string, port = 80): Promise<GatewayAnswer | undefined> =>
  new Promise((resolve) => {
    const asking = request(
      {
        host: gateway,
        port,
        path: "/",
        headers: { host: NOBODY },
        agent: false,
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
      (answer) => {
        resolve({ status: answer.statusCode ?? 0, location: (answer.headers.location ?? "").slice(0, 4096) });
        answer.destroy();
      },
    );
    asking.on("error", () => resolve(undefined));
    asking.end();
  });
