/**
 * Mail by file: all envelopes that this device keeps, as they lie, for a stick. They are sealed; the file shows of each
 * what a carrier sees, and no name, group or person. It comes in by the same way as what the network brings. SPEC.md §12.
 *
 * Neither writing nor reading holds more than a few envelopes at a time.
 */
import { CouloirError, invalid } from "../errors.ts";
import { concat, equalBytes, hex, unhex, utf8 } from "../protocol/codec.ts";
import { hoursLeft, isEnvelope, readHeader } from "../protocol/envelope.ts";
import { BUCKETS, HOUR, LIFETIME_HOURS } from "../protocol/limits.ts";
import { u32 } from "../protocol/primitives.ts";
import type { Millis, Topic } from "../types.ts";
import type { MailHeld, MailImport } from "./api.ts";
import { FROM_FILE, type Intake } from "./intake.ts";
import { mailRef } from "./mailbox.ts";
import type { Session } from "./session.ts";

const MAGIC = utf8("couloir mail 1\n");
/** A topic as it lies in the file: what stands behind this in its name. */
const TOPIC_PREFIX = "couloir/1/";
const TOPIC_BYTES = 8;
/** Instead of a number of a size: the end, and how many there were. */
const END = 0xff;
/** Read from the store, and offered, at a time. */
const AT_ONCE = 64;
/** A file says at most so many; more is no file of ours. */
const MOST = 0xffff_ffff;

/** An envelope in a file. */
export interface FiledMail {
  readonly topic: Topic;
  readonly frame: Uint8Array;
}

const topicOf = (bytes: Uint8Array): Topic => `${TOPIC_PREFIX}${hex(bytes)}` as Topic;
const entry = ({ topic, frame }: FiledMail): Uint8Array =>
  concat(Uint8Array.of(BUCKETS.indexOf(frame.length)), unhex(topic.slice(TOPIC_PREFIX.length)), frame);

/** A file of these, piece by piece. */
export async function* writeMailFile(
  mail: AsyncIterable<FiledMail> | Iterable<FiledMail>,
): AsyncGenerator<Uint8Array, void> {
  yield MAGIC;
  let count = 0;
  for await (const one of mail) {
    yield entry(one);
    count++;
  }
  yield concat(Uint8Array.of(END), u32(count));
}

/**
 * The envelopes of a file. Total but for what is no such file at all: throws `invalid` "not-mail" for that, and
 * "mail-damaged" where it breaks off or goes wrong, after everything that came before.
 */
export async function* readMailFile(source: AsyncIterable<Uint8Array>): AsyncGenerator<FiledMail, void> {
  const input = reader(source);
  const magic = await input.take(MAGIC.length);
  if (!magic || !equalBytes(magic, MAGIC))
    throw invalid("not-mail", "this is no file of sealed mail; couloir export --sealed makes one");
  const damaged = (): CouloirError =>
    invalid("mail-damaged", "the file of mail breaks off or is damaged; what came before the damage was taken in");
  for (let count = 0; count <= MOST; count++) {
    const size = (await input.take(1))?.[0];
    if (size === END) {
      const told = await input.take(4);
      if (!told || !equalBytes(told, u32(count)) || (await input.take(1)) !== undefined) throw damaged();
      return;
    }
    const length = size === undefined ? undefined : BUCKETS[size];
    const body = length === undefined ? undefined : await input.take(TOPIC_BYTES + length);
    if (!body) throw damaged();
    yield { topic: topicOf(body.subarray(0, TOPIC_BYTES)), frame: body.slice(TOPIC_BYTES) };
  }
  throw damaged();
}

/** Takes exact numbers of bytes from pieces of any size; `undefined` when they end before. */
const reader = (source: AsyncIterable<Uint8Array>) => {
  const pieces = source[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async take(count: number): Promise<Uint8Array | undefined> {
      const parts = [rest];
      for (let have = rest.length; have < count;) {
        const next = await pieces.next();
        if (next.done === true) return undefined;
        parts.push(next.value);
        have += next.value.length;
      }
      const all = parts.length === 1 ? rest : concat(...parts);
      rest = all.subarray(count);
      return all.subarray(0, count);
    },
  };
};

/** What this device keeps, newest expiry first, and of that what may have been sealed since a moment. */
async function* keptMail({ mailbox, clock }: Session, since: Millis): AsyncGenerator<FiledMail, void> {
  for (const { topic, slot } of await mailbox.slots()) {
    const now = clock.now();
    // An envelope shows the hour of its end alone, which is as long after its beginning as that of any other.
    const sealedBefore = now + (hoursLeft(slot, now) + 1 - LIFETIME_HOURS) * HOUR;
    if (sealedBefore < since) continue;
    const ids = mailbox.held(topic, slot);
    for (let at = 0; at < ids.length; at += AT_ONCE)
      for (const frame of await mailbox.frames(topic, slot, ids.slice(at, at + AT_ONCE))) yield { topic, frame };
  }
}

/** The file, as it is read. */
export const exportMail = (session: Session, since: Millis): AsyncIterable<Uint8Array> =>
  writeMailFile(keptMail(session, since));

/** What there is to write. */
export const mailHeld = ({ mailbox, outbox }: Session): MailHeld => {
  const unsealed = [...outbox.values()].flat().filter(({ frame }) => frame === undefined).length;
  return { ...mailbox.total(), unsealed };
};

/** Takes a file in; what comes before any damage counts. Rejects `invalid` "not-mail" for another file. */
export const importMail = async (
  { session, intake }: { readonly session: Session; readonly intake: Intake },
  source: AsyncIterable<Uint8Array>,
): Promise<MailImport> => {
  const counts = { new: 0, known: 0, expired: 0, refused: 0, elsewhere: 0 };
  let whole = true;
  let batch: Promise<keyof typeof counts>[] = [];
  const settle = async (): Promise<void> => {
    for (const what of await Promise.all(batch)) counts[what]++;
    batch = [];
  };
  try {
    for await (const mail of readMailFile(source)) {
      batch.push(takeIn(session, intake, mail));
      if (batch.length >= AT_ONCE) await settle();
    }
  } catch (error) {
    if (!(error instanceof CouloirError) || error.code !== "mail-damaged") throw error;
    whole = false;
  } finally {
    await settle();
  }
  return { ...counts, whole };
};

const takeIn = async (
  { venue, clock, mailbox }: Session,
  intake: Intake,
  { topic, frame }: FiledMail,
): Promise<Exclude<keyof MailImport, "whole">> => {
  if (!venue.carried.includes(topic)) return "elsewhere";
  const header = readHeader(frame, clock.now());
  if (!header) return isEnvelope(frame) ? "expired" : "refused";
  if (mailbox.has(mailRef(topic, header.slot, frame))) return "known";
  const verdict = await intake.take(topic, frame, FROM_FILE);
  return verdict === "accept" ? "new" : verdict === "reject" ? "refused" : "known";
};
