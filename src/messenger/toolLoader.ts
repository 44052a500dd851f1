/** The negotiation's tools are loaded apart: a word of one is on disk before anybody has to know what it means. */
import type { GroupId } from "../types.ts";
import type { Line } from "./lines.ts";
import type { Session } from "./session.ts";

/** A word of a tool was committed. */
export const heardTool = (session: Session, group: GroupId, line: Line): void =>
  session.track(
    import("./seldom.ts").then(
      ({ bookOf }) => bookOf(session).heard(group, line),
      () => undefined,
    ),
  );
