/** What a device says of files to a group: what it has, and what it looks for. Always in its own time. SPEC.md §9. */
import { isMember } from "../protocol/group.ts";
import { MAX_ADDRESSES, MAX_NAMED_FILES } from "../protocol/limits.ts";
import { utf8 } from "../protocol/codec.ts";
import type { FileId, GroupId, MemberId } from "../types.ts";
import { tell } from "./telling.ts";
import { sayAnew } from "./chains.ts";
import { withHolder } from "./fileBook.ts";
import type { Held } from "./parts.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Where this device can be asked. */
const addressesOf = (session: Session): readonly string[] =>
  session.link
    .status()
    .addresses.filter((one) => utf8(one).length <= 256)
    .slice(0, MAX_ADDRESSES);

const unsaid = (session: Session, group: GroupId) =>
  session.files.active(group).filter((one) => one.unsaid.includes(group) && session.files.whole(one));
const missing = (session: Session, group: GroupId) =>
  session.files.active(group).filter((one) => one.wanted && !session.fetches.coming(one.file));

/** Whether there is anything to say, or somebody to ask. */
export const filesDue = (session: Session, group: GroupId): boolean => {
  const { seeking } = session;
  if (seeking.hasSought(group) || seeking.hasFound(group) || unsaid(session, group).length > 0) return true;
  return seeking.hopes(group) && missing(session, group).length > 0;
};

/** Says what has come to be here, and what others have looked for. */
export const sayHeld = async (step: Step, group: GroupId): Promise<void> => {
  const { session } = step;
  const fresh = unsaid(session, group).slice(0, MAX_NAMED_FILES);
  const sought = session.seeking.takeSought(group);
  const held = sought.filter((file) => {
    const entry = session.files.get(file);
    return entry && session.files.whole(entry);
  });
  for (const entry of fresh) {
    const known = step.file(entry.file) ?? entry;
    step.putFile({ ...known, unsaid: known.unsaid.filter((one) => one !== group) });
  }
  const files = [...new Set([...fresh.map(({ file }) => file), ...held])].slice(0, MAX_NAMED_FILES);
  if (files.length === 0 || !isMember((step.held(group) as Held).state)) return;
  await sayAnew(step, group, { kind: "holds", files, addresses: addressesOf(session) });
};

/** One slot: what is here, what is missing, and whom to ask now. */
export const speakOfFiles = async (step: Step, group: GroupId): Promise<void> => {
  const { session } = step;
  await sayHeld(step, group);
  const found = session.seeking.takeFound(group);
  step.after(() => {
    for (const file of found) session.fetches.begin(file);
  });
  const files = missing(session, group)
    .map(({ file }) => file)
    .filter((file) => !found.has(file))
    .slice(0, MAX_NAMED_FILES);
  if (files.length > 0 && session.seeking.hopes(group) && session.seeking.turn(group))
    await sayAnew(step, group, { kind: "seek", files });
};

/** Another device says that it has files. */
export const takeHolds = async (
  step: Step,
  group: GroupId,
  from: MemberId,
  { files, addresses }: { readonly files: readonly FileId[]; readonly addresses: readonly string[] },
): Promise<void> => {
  const { session } = step;
  for (const file of files) {
    const entry = step.file(file);
    const place = entry?.places.find((one) => one.group === group);
    if (!entry || !place) {
      step.write(...session.files.heardEarly(file, { group, member: from, addresses }));
      continue;
    }
    step.after(() => {
      session.seeking.answered(group, file);
      if (session.files.get(file)?.wanted) session.seeking.found(group, file);
    });
    const after = withHolder(entry, { member: from, addresses });
    if (after === entry) continue;
    step.putFile(after);
    const at = await step.place(group, place.message);
    const line = at && (await step.line(group, at));
    if (line) await tell(step, group, line, "receipt");
  }
};

/** Another device looks for files. */
export const takeSeek = (step: Step, group: GroupId, files: readonly FileId[]): void => {
  const { session } = step;
  for (const file of files) {
    const entry = step.file(file);
    if (!entry?.places.some((one) => one.group === group) || !session.files.whole(entry)) continue;
    step.after(() => session.seeking.sought(group, file));
  }
};
