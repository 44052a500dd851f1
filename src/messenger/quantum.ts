/** Tells when a caucus came to be closed to a later quantum computer, or ceased to be. */
import { isHybrid } from "../protocol/rotation.ts";
import type { GroupId } from "../types.ts";
import { caucusView } from "./caucuses.ts";
import type { Session } from "./session.ts";

export class QuantumWatch {
  readonly #session: Session;
  readonly #closed = new Set<GroupId>();

  /** What is so already is not told. */
  constructor(session: Session) {
    this.#session = session;
    for (const group of session.groups.keys()) if (this.#isClosed(group)) this.#closed.add(group);
  }

  /** Something about this group changed. */
  look(group: GroupId): void {
    const closed = this.#isClosed(group);
    if (closed === this.#closed.has(group)) return;
    if (closed) this.#closed.add(group);
    else this.#closed.delete(group);
    const view = caucusView(this.#session, group);
    if (view) this.#session.events.emit("caucus", view);
  }
  lookAll(): void {
    for (const group of this.#session.groups.keys()) this.look(group);
  }

  #isClosed(group: GroupId): boolean {
    const held = this.#session.groups.get(group);
    return held !== undefined && isHybrid(held.state, this.#session.exchanges.hybrids);
  }
}
