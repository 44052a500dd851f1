/**
 * The room code of a caucus: all who take part commit to a nonce and to what their device shows of the caucus; whoever
 * began says that all are in; then all open, and each computes eight emoji. SPEC.md §16.
 */
import { refused, usage } from "../errors.ts";
import { equalBytes, hex } from "../protocol/codec.ts";
import { roomCommit, roomEmoji } from "../protocol/compare.ts";
import type { RoomWord } from "../protocol/control.ts";
import { isMember } from "../protocol/group.ts";
import type { CaucusView, GroupId, MemberId, RoomCodeView } from "../types.ts";
import type { Outcome } from "./api.ts";
import { caucusView } from "./caucuses.ts";
import { sayAnew } from "./chains.ts";
import { joinedGroup } from "./checks.ts";
import { inOwnTime, WITHIN } from "./ownTime.ts";
import type { Held } from "./parts.ts";
import { digestOf, putCompared } from "./roomRecord.ts";
import type { Round } from "./rounds.ts";
import { begin, emit, end, fresh, personsOf, viewOf } from "./rounds.ts";
import type { Session } from "./session.ts";
import type { Step } from "./step.ts";

/** Rounds that a device gives up for others that began at the same time; were all of 28 to begin, hardly one gives up nine. */
const MAX_MOVES = 16;
/** Members whose words are remembered. */
const MAX_PARTS = 512;

const say = async (step: Step, { group, round }: Pick<Round, "group" | "round">, word: RoomWord): Promise<void> => {
  if (isMember((step.held(group) as Held).state)) await sayAnew(step, group, { kind: "room", round, say: word });
};

/** Takes part: commits to a fresh nonce and to what this device shows now. */
const commitTo = async (step: Step, one: Round): Promise<Round> => {
  const { state } = step.held(one.group) as Held;
  const opened = { nonce: step.context.random(32), digest: digestOf(state) };
  const commit = roomCommit(one, state.seat.member, opened);
  await say(step, one, { kind: "commit", startedBy: one.startedBy, commit, until: one.expires });
  return { ...one, state: "gathering", own: opened, commits: new Map(one.commits).set(state.seat.member, commit) };
};

/** See `MessengerApi.roomCode`. */
export const roomCode = async (session: Session, caucus: GroupId): Promise<RoomCodeView> => {
  const { state } = joinedGroup(session, caucus);
  await session.step(async (step) => {
    const known = session.rounds.get(caucus);
    if (known && known.state !== "asked") return;
    const about = { group: caucus, round: hex(session.options.random(16)), startedBy: state.seat.member };
    const mine = await commitTo(step, known ?? fresh({ ...about, expires: step.now + WITHIN }));
    if (known) session.rounds.set(caucus, mine);
    else begin(session, mine);
    step.after(() => emit(session, caucus));
  });
  return viewOf(session, session.rounds.get(caucus) as Round);
};

const close = async (step: Step, one: Round): Promise<void> => {
  const members = [...one.commits.keys()].toSorted();
  await say(step, one, { kind: "close", members });
  step.session.rounds.set(one.group, { ...one, state: "opening", members });
  proceed(step, one.group);
};

/** See `MessengerApi.closeRoomCode`. */
export const closeRoomCode = async (session: Session, caucus: GroupId): Promise<RoomCodeView> => {
  const { state } = joinedGroup(session, caucus);
  const one = session.rounds.get(caucus);
  if (!one || one.state === "asked") throw usage("no-room-code", "no room code is under way in that caucus");
  if (one.startedBy !== state.seat.member) throw refused("not-yours-to-close", "whoever began the room code closes it");
  if (one.commits.size < 2) throw usage("nobody-else", "nobody else takes part yet");
  if (one.state === "gathering")
    await session.step(async (step) => {
      const now = session.rounds.get(caucus);
      if (now?.round === one.round && now.state === "gathering") await close(step, now);
    });
  return viewOf(session, session.rounds.get(caucus) ?? one);
};

/** See `MessengerApi.endRoomCode`. */
export const endRoomCode = async (session: Session, caucus: GroupId, outcome: Outcome): Promise<CaucusView> => {
  joinedGroup(session, caucus);
  const one = session.rounds.get(caucus);
  if (!one || (outcome !== "cancel" && one.state !== "compare"))
    throw usage("no-room-code", "there are no emoji of this caucus to say that of");
  await session.step(async (step) => {
    if (outcome === "cancel" && one.state !== "asked") await say(step, one, { kind: "stop" });
    if (outcome === "cancel" || !one.own) return;
    const compared = { digest: one.own.digest, at: outcome === "match" ? step.now : 0 };
    if (outcome === "match") step.write(putCompared(caucus, compared));
    else step.erase({ space: "profile", name: `compared ${caucus}` });
    step.after(() => (outcome === "match" ? session.compared.set(caucus, compared) : session.compared.delete(caucus)));
  });
  end(session, one, outcome === "cancel" ? "cancelled" : outcome);
  const view = caucusView(session, caucus) as CaucusView;
  session.events.emit("caucus", view);
  return view;
};

/** Opens when all have committed, and shows when all have opened. */
const proceed = (step: Step, group: GroupId): void => {
  const { session } = step;
  const one = session.rounds.get(group);
  step.after(() => emit(session, group));
  if (!one?.members || !one.own || one.state !== "opening") return;
  const { own, members } = one;
  const { member } = (step.held(group) as Held).state.seat;
  if (!one.opening && members.every((who) => one.commits.has(who))) {
    session.rounds.set(group, { ...one, opening: true, opened: new Map(one.opened).set(member, own) });
    inOwnTime(session, async (later) => {
      if (session.rounds.get(group)?.round === one.round) await say(later, one, { kind: "open", ...own });
    });
    return proceed(step, group);
  }
  const parts = members.flatMap((who) => {
    const [commit, opened] = [one.commits.get(who), one.opened.get(who)];
    return commit && opened ? [{ member: who, commit, ...opened }] : [];
  });
  if (!one.opening || parts.length < members.length) return;
  if (parts.some((part) => !equalBytes(roomCommit(one, part.member, part), part.commit)))
    step.after(() => end(session, one, "broken"));
  else session.rounds.set(group, { ...one, state: "compare", emoji: roomEmoji(one, own.digest, parts) });
};

interface From {
  readonly group: GroupId;
  readonly from: MemberId;
}

/** This person was asked, and has not said yes: a round that was moved to has their yes from before. */
const isAsked = ({ state, moves }: Round): boolean => state === "asked" && moves === 0;
const isWilling = (one: Round): boolean => one.state === "gathering" || (one.state === "asked" && !isAsked(one));
/** Whoever began a round begins another one. */
const isAnew = (before: Round, from: MemberId, { startedBy }: { readonly startedBy: MemberId }): boolean =>
  startedBy === from && startedBy === before.startedBy;

const takeCommit = (
  step: Step,
  { group, from }: From,
  { round, say: word }: { readonly round: string; readonly say: Extract<RoomWord, { readonly kind: "commit" }> },
): void => {
  const { session } = step;
  const { state } = step.held(group) as Held;
  if (step.now > word.until + WITHIN || !state.view.members.has(word.startedBy)) return;
  const before = session.rounds.get(group);
  const about = { group, round, startedBy: word.startedBy, expires: step.now + WITHIN };
  if (before?.round === round) {
    const late = before.state === "opening" || before.state === "compare";
    if (before.commits.has(from) || before.commits.size >= MAX_PARTS) return;
    // After it was closed only those count whose word was late on its way.
    if (late && !before.members?.includes(from)) return;
    session.rounds.set(group, { ...before, commits: new Map(before.commits).set(from, word.commit) });
  } else if (!before || (isAsked(before) && (round < before.round || isAnew(before, from, word)))) {
    begin(session, { ...fresh(about), commits: new Map([[from, word.commit]]) });
  } else if (isWilling(before) && round < before.round && before.moves < MAX_MOVES) {
    // Several began at once: all go over to the lowest number. This person has asked for a room code already.
    const other = { ...fresh(about, before.moves + 1), commits: new Map([[from, word.commit]]) };
    begin(session, other);
    inOwnTime(session, async (later) => {
      const now = session.rounds.get(group);
      if (now?.round !== round || now.state !== "asked") return;
      const mine = await commitTo(later, now);
      session.rounds.set(group, mine);
      later.after(() => emit(session, group));
    });
  } else return;
  step.after(() => emit(session, group));
  closeWhenAll(step, group);
};

/** Whoever began closes by itself when every person who is in has committed. */
const closeWhenAll = (step: Step, group: GroupId): void => {
  const { session } = step;
  const { state } = step.held(group) as Held;
  const all = (round: Round | undefined): round is Round =>
    round?.state === "gathering" &&
    round.startedBy === state.seat.member &&
    personsOf(state, round.commits.keys()).length === personsOf(state, state.view.members.keys()).length;
  if (!all(session.rounds.get(group))) return;
  inOwnTime(session, async (later) => {
    const now = session.rounds.get(group);
    if (all(now)) await close(later, now);
  });
};

/** A member's word about a room code. */
export const takeRoomWord = async (
  step: Step,
  from: From,
  { round, say: word }: { readonly round: string; readonly say: RoomWord },
): Promise<void> => {
  const { session } = step;
  const { group, from: member } = from;
  const { view, seat } = (step.held(group) as Held).state;
  if (!view.members.has(member) || member === seat.member) return;
  if (word.kind === "commit") return takeCommit(step, from, { round, say: word });
  const one = session.rounds.get(group);
  if (one?.round !== round) return;
  if (word.kind === "close") {
    if (member !== one.startedBy || one.members) return;
    if (one.own && word.members.includes(seat.member)) {
      session.rounds.set(group, { ...one, state: "opening", members: [...new Set(word.members)] });
      proceed(step, group);
    } else step.after(() => end(session, one, "cancelled"));
  } else if (word.kind === "open") {
    if (one.opened.has(member) || one.opened.size >= MAX_PARTS) return;
    session.rounds.set(group, {
      ...one,
      opened: new Map(one.opened).set(member, { nonce: word.nonce, digest: word.digest }),
    });
    proceed(step, group);
  } else if (one.state !== "compare" && (member === one.startedBy || one.members?.includes(member) === true)) {
    step.after(() => end(session, one, "cancelled"));
  } else if (!one.members) {
    const commits = new Map(one.commits);
    commits.delete(member);
    session.rounds.set(group, { ...one, commits });
    step.after(() => emit(session, group));
  }
};
