/** Who came into a group, who went, and whose role changed, as its operations say. SPEC.md §7. */
import type { SignedOp } from "../protocol/membership.ts";
import type { GroupState } from "../protocol/group.ts";
import type { ComingView, MemberId, PersonId } from "../types.ts";
import { nameOf } from "./lines.ts";
import type { Session } from "./session.ts";

type About = Pick<ComingView, "kind" | "granted" | "lines"> & { readonly by: PersonId; readonly person: PersonId };

const about = ({ dag, view }: GroupState, { op: { body, author }, card }: SignedOp): About | undefined => {
  const personAt = (member: MemberId): PersonId | undefined =>
    (view.members.get(member) ?? view.gone.get(member))?.person;
  const by = personAt(author);
  if (!by) return undefined;
  switch (body.kind) {
    case "create":
      return { kind: "opened", by, person: by };
    case "join": {
      const invite = dag.get(body.invite)?.op;
      const inviter = invite && personAt(invite.author);
      if (invite?.body.kind !== "invite" || !inviter || !card) return undefined;
      const { history: granted, last: lines, card: named } = invite.body;
      const past = { granted, ...(granted === "last" && lines !== undefined && { lines }) };
      return { kind: named ? "added" : "came", by: inviter, person: card.person, ...past };
    }
    case "leave":
      return { kind: "left", by, person: by };
    case "remove":
      return { kind: "removed", by, person: body.person };
    case "role": {
      const person = personAt(body.member);
      return person && { kind: body.role, by, person };
    }
    default:
      return undefined;
  }
};

/** In the order of the operations that count; names as they are now. */
export const comingsOf = (session: Session, state: GroupState): readonly ComingView[] => {
  const nameNow = (person: PersonId): string =>
    person === session.person ? session.profile.name : nameOf(session.people, state.view, person);
  return state.view.comings.flatMap((id) => {
    const op = state.dag.get(id);
    const said = op && about(state, op);
    if (!said) return [];
    return [{ ...said, op: id, at: op.op.at, byName: nameNow(said.by), name: nameNow(said.person) }];
  });
};
