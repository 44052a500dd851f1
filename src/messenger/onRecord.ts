/** Words on record: signed by the person as well, and given out as evidence. SPEC.md §10. */
import { base64urlnopad } from "@scure/base";
import { contents } from "../content/message.ts";
import { makeRecord, readRecord } from "../content/record.ts";
import { usage } from "../errors.ts";
import { hex } from "../protocol/codec.ts";
import type { GroupId, MessageId, MessageView } from "../types.ts";
import { joinedGroup } from "./checks.ts";
import { lineById, storedContent, storedLine } from "./history.ts";
import type { Held } from "./parts.ts";
import type { NewText } from "./saying.ts";
import { checkNewText, nonceBytes, say } from "./saying.ts";
import { rootOf } from "./selfRecord.ts";
import type { Session } from "./session.ts";

const placeName = (nonce: Uint8Array): string => `record ${hex(nonce)}`;

/** Says a text on record, on a device that has the root key (else `refused` "not-main"). Its time is in what is signed, so under a nonce of before it is found, not made again. */
export const sayOnRecord = async (session: Session, caucus: GroupId, said: NewText): Promise<MessageView> => {
  joinedGroup(session, caucus);
  await checkNewText(session, caucus, said);
  const nonce = nonceBytes(said.nonce) ?? session.options.random(16);
  const name = placeName(nonce);
  const before = said.nonce === undefined ? undefined : await session.step((step) => step.place(caucus, name));
  const known = before && (await lineById(session, caucus, before[1]));
  if (known) return known;
  const { text, reply } = said;
  const at = session.clock.now();
  const record = makeRecord(
    { person: session.person, group: caucus, nonce, at, text, ...(reply && { reply }) },
    rootOf(session.self),
  );
  const content = contents.encode({ kind: "record", record });
  return say(session, caucus, { content, nonce, also: (step, message) => step.putPlace(caucus, name, [at, message]) });
};

/** The evidence of a message on record, as text. */
export const recordOf = async (session: Session, held: Held, message: MessageId): Promise<string> => {
  const bytes = await storedContent(session, held, message);
  const content = bytes && contents.decode(bytes);
  const author = (await storedLine(session, held, message))?.person ?? session.person;
  const body = content?.kind === "record" ? readRecord(content.record) : undefined;
  if (content?.kind !== "record" || body?.person !== author || body.group !== held.state.group)
    throw usage("not-on-record", "that message is not on record");
  return base64urlnopad.encode(content.record);
};
