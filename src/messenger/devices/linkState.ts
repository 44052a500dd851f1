/** One link on one side: what it knows, what it says until it is answered, and how it looks to a person. */
import type { Emoji } from "../../content/emoji.ts";
import { EMOJI } from "../../content/emoji.ts";
import type { EnvelopeKey } from "../../protocol/envelope.ts";
import { sealEnvelope, slotFor } from "../../protocol/envelope.ts";
import type { DeviceKeys, Self } from "../../protocol/identity.ts";
import type { LinkCode, LinkFrame, LinkSession } from "../../protocol/link.ts";
import { LINK_CONTEXT, linkFrames, writeLinkCode } from "../../protocol/link.ts";
import type { KeyPair } from "../../protocol/primitives.ts";
import type { GroupId, LinkId, LinkState, LinkView, MemberId, PersonId, Profile, Tag } from "../../types.ts";
import type { Seat } from "../../protocol/group.ts";
import type { LinkOptions } from "../api.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { Place } from "../tagBook.ts";

/** Bytes under a key: sealed anew every time that they are said. */
export interface Saying {
  readonly at: EnvelopeKey;
  readonly bytes: Uint8Array;
}

interface Base {
  readonly link: LinkId;
  readonly code: LinkCode;
  state: LinkState;
  session?: LinkSession;
  /** The other side: a person on the new side, a device on the old one. */
  name: string;
  guest: boolean;
  problem?: { readonly code: string; readonly text: string };
  /** Said again and again until the other side has gone on. */
  saying: readonly Saying[];
  /** Ticks until it is said again, and how many after that. */
  wait: number;
  patience: number;
}

export interface NewSide extends Base {
  readonly side: "new";
  /** What this device is called. */
  called: string;
  readonly keys: DeviceKeys;
  person?: PersonId;
  profile?: Profile;
  /** What was proposed: the list, and a place in the group of this person's devices. */
  place?: {
    readonly list: Uint8Array;
    readonly group: GroupId;
    readonly guest: boolean;
    readonly seat: Seat;
    readonly card: Uint8Array;
  };
  /** Who this device is once all is here. */
  self?: Self;
  readonly parts: Map<number, Uint8Array>;
}

export interface OldSide extends Base {
  readonly side: "old";
  /** A key of its own for this link. */
  readonly key: KeyPair;
  options: LinkOptions;
  /** The other side's person has said yes. */
  agreed: boolean;
  /** The seat that was given. */
  seated?: MemberId;
}
export type Link = NewSide | OldSide;

export const isOver = ({ state }: Link): boolean => state === "linked" || state === "failed";

export const linkView = (link: Link): LinkView => ({
  link: link.link,
  side: link.side,
  state: link.state,
  ...(link.side === "new" && { code: writeLinkCode(link.code) }),
  expires: link.code.expires,
  signs: (link.session?.signs ?? []).map((sign) => (EMOJI[sign] as Emoji).emoji),
  name: link.name,
  ...(link.side === "new" && link.person && { person: link.person }),
  guest: link.guest,
  ...(link.problem && { problem: link.problem }),
});

export const tellLink = (session: Session, link: Link): void => session.events.emit("link", linkView(link));

/** From now on this is said, at the next tick of this device's clock. */
export const sayLink = (link: Link, saying: readonly Saying[]): void => {
  Object.assign(link, { saying, wait: 0, patience: 1 });
};

/** Frame `n` of this side. */
export const frameAt = (link: Link, n: number, frame: LinkFrame): Saying => ({
  at: (link.session as LinkSession).at(link.side, n),
  bytes: linkFrames.encode(frame),
});

/** Says what is due; nobody knows the group's bucket, or whether there is one. */
export const shoutLink = (step: Step, saying: readonly Saying[]): void => {
  const options = { slot: slotFor(step.now), random: step.context.random, context: LINK_CONTEXT };
  const frames = saying.map(({ at, bytes }) => sealEnvelope(at, bytes, options));
  for (const topic of step.session.venue.buckets) step.publish(topic, frames);
};

type LinkPlace = Extract<Place, { readonly kind: "link" }>;

/** Waits for frames, by a name of each. */
export const expectLink = (
  step: Step,
  { link }: Link,
  frames: readonly (readonly [part: string, at: EnvelopeKey])[],
): void => {
  const entries = frames.map(([part, { tag, key }]): readonly [Tag, LinkPlace] => [
    tag,
    { kind: "link", link, part, key },
  ]);
  step.expect(step.session.tags.set(`link/${link}`, entries));
};

/** Ends it, for good or not. */
export const endLink = (
  session: Session,
  link: Link,
  problem?: { readonly code: string; readonly text: string },
): void => {
  if (isOver(link)) return;
  link.state = problem ? "failed" : "linked";
  if (problem) link.problem = problem;
  session.tags.set(`link/${link.link}`, []);
  tellLink(session, link);
};

export const REFUSED = { code: "link-refused", text: "The other device said no." } as const;
