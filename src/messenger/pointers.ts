/** Distributions that lie under keys of their own: a member has pointed at them, and they may still be on the way. */
import type { GroupId, Tag } from "../types.ts";
import type { Marks } from "./parts.ts";
import type { Session } from "./session.ts";

/** Waits for them; returns the tags that nobody waited for before. */
export const expectPointers = (session: Session, group: GroupId, pointers: Marks["pointers"]): readonly Tag[] =>
  session.tags.set(
    `${group}/o`,
    pointers.map(({ tag, key }) => [tag, { kind: "pointed", group, key }] as const),
  );
