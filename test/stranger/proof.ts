/** Proofs that a key signed two things where an honest one signs one, SPEC.md §6. */
import { Refused } from "./cbor.ts";
import { messageSignedHash } from "./chain.ts";
import { same, verify } from "./crypto.ts";
import { distributionHash, head, readHead } from "./distribution.ts";
import { OPERATION, operation, readOperation } from "./operations.ts";
import { bstr, bytes, parse, struct, uint, union, type Of } from "./shapes.ts";

const headBytes = bstr(2128);
const op = bstr(OPERATION);
const said = struct({ slot: uint(65_535), body: bytes(32), signature: bytes(64) });

export const proof = union({
  messages: { head: headBytes, tag: bytes(16), first: said, second: said },
  chains: { first: headBytes, second: headBytes },
  operations: { first: op, second: op },
});

/** The member that a proof is against; undefined if it does not hold. */
export const accused = (from: Uint8Array): string | undefined => {
  try {
    return judge(parse(proof, from, 8500));
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
};

const judge = (read: Of<typeof proof>): string | undefined => {
  if (read.kind === "messages") {
    const { sender, signer } = readHead(read.head);
    const hash = distributionHash(read.head);
    const holds = [read.first, read.second].every(({ slot, body, signature }) =>
      verify(signer, signature, ...messageSignedHash(hash, { slot, tag: read.tag }, body)),
    );
    return holds && !same(read.first.body, read.second.body) ? sender : undefined;
  }
  if (read.kind === "chains") {
    const [a, b] = [readHead(read.first), readHead(read.second)];
    const place = (each: typeof a): string => `${each.group} ${each.sender} ${each.chain}`;
    const differ = !same(head.read(read.first).said, head.read(read.second).said);
    return differ && place(a) === place(b) ? a.sender : undefined;
  }
  const [a, b] = [readOperation(read.first), readOperation(read.second)];
  const differ = !same(operation.read(a.bytes).said, operation.read(b.bytes).said);
  return differ && a.group === b.group && a.author === b.author && a.seq === b.seq ? a.author : undefined;
};
