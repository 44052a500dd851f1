/** The shapes that the local API takes, checked before anything else happens. */
import { z } from "zod";
import { MAX_SOUGHT } from "../content/finding.ts";
import { usage } from "../errors.ts";
import { ALL_LINES } from "../messenger/api.ts";
import { MAX_HITS, readPlace } from "../messenger/paging.ts";
import { LASTS } from "../protocol/limits.ts";
import type { DeviceId, GroupId, LinkId, MessageId, OpId, PersonId } from "../types.ts";

const hex = (length: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`, "u"), `must be ${length} hex digits`);

/** Ids, as the messenger writes them. */
export const personId = hex(64).transform((id) => id as PersonId);
export const groupId = hex(64).transform((id) => id as GroupId);
export const inviteId = hex(64).transform((id) => id as OpId);
export const messageId = hex(32).transform((id) => id as MessageId);
export const deviceId = hex(64).transform((id) => id as DeviceId);
export const linkId = hex(32).transform((id) => id as LinkId);

/** Lone surrogates have no bytes, so they could not travel. */
const text = z
  .string()
  .min(1)
  .transform((value) => value.toWellFormed());
/** Text of so many characters at most; what it has in bytes the messenger looks at. */
export const shortText = (max: number) =>
  z
    .string()
    .max(max)
    .transform((value) => value.toWellFormed());

/** The longest that one request waits for somebody to answer. */
export const MAX_WAIT = 24 * 3_600_000;

export const dialBody = z.strictObject({ address: shortText(2000) });
export const profileBody = z.strictObject({
  name: shortText(200).refine((name) => name.trim() !== "", "must not be empty"),
  flag: z.string().regex(/^(?:[A-Z]{2})?$/u, "must be two capital letters, or nothing"),
  delegation: shortText(200),
});
/** What of the past an invite grants. */
const grant = {
  history: z.enum(["none", "pinned", "last", "all"]).optional(),
  last: z.int().min(1).max(2000).optional(),
};
export const addBody = z.strictObject(grant);
export const createBody = z.strictObject({
  ...grant,
  name: shortText(200).refine((name) => name.trim() !== "", "must not be empty"),
  open: z.boolean().optional(),
  with: z.array(personId).max(1000).optional(),
  guests: z.enum(["ask", "refuse"]).optional(),
});
export const roleBody = z.strictObject({ role: z.enum(["admin", "member"]) });
export const policyBody = z.strictObject({
  invite: z.enum(["members", "admins"]).optional(),
  guests: z.enum(["ask", "refuse"]).optional(),
  lasts: z.int().min(0).max(LASTS.most).optional(),
});
export const inviteBody = z.strictObject({
  ...grant,
  uses: z.int().min(1).max(10_000).optional(),
  ttl: z
    .union([
      z
        .int()
        .min(1000)
        .max(366 * 24 * 3_600_000),
      z.literal("never"),
    ])
    .optional(),
  approval: z.boolean().optional(),
});
export const verifyBody = z.strictObject({ code: z.string().min(1).max(4096), person: personId.optional() });
export const outcomeBody = z.strictObject({ outcome: z.enum(["match", "differ", "cancel"]) });
export const vouchBody = z.strictObject({ looked: z.boolean() });
export const joinBody = z.strictObject({ code: z.string().min(1).max(4096), wait: z.int().min(0).max(MAX_WAIT) });
/** Chosen by the caller: the same words under the same nonce are one message. */
export const nonce = hex(32).optional();
export const sendBody = z.strictObject({ text, reply: messageId.optional(), nonce, onRecord: z.boolean().optional() });
/** New words; none are left of a caption. */
export const reviseBody = z.strictObject({ text: z.string().transform((value) => value.toWellFormed()) });
export const reactBody = z.strictObject({
  emoji: shortText(64).refine((emoji) => emoji !== "", "must not be empty"),
  nonce,
});
const place = z.string().transform((word, told) => {
  const read = readPlace(word);
  if (!read) told.addIssue("must be milliseconds, or those, a point and a message's id");
  return read ?? z.NEVER;
});
const count = (max: number) => z.coerce.number().int().min(1).max(max);
export const historyQuery = z.strictObject({
  limit: count(10_000_000).optional(),
  before: place.optional(),
  after: place.optional(),
  without: z.literal("changes").optional(),
});
export const searchQuery = z.strictObject({
  words: shortText(MAX_SOUGHT),
  caucus: groupId.optional(),
  limit: count(MAX_HITS).optional(),
  before: place.optional(),
});
export const mailQuery = z.strictObject({ since: z.coerce.number().int().min(0).optional() });
export const eventsQuery = z.strictObject({ caucus: groupId.optional() });
export const nothing = z.strictObject({});
export const passphraseBody = z.strictObject({ passphrase: shortText(1024) });
export const wipeBody = z.strictObject({ yes: z.literal(true) });
/** One part of an address. */
export const rememberedName = shortText(100).refine((name) => name !== "", "must not be empty");
export const rememberBody = z.strictObject({
  value: z.json().optional(),
  shared: z.boolean().optional(),
  entry: shortText(64).optional(),
});
export const venueBody = z.strictObject({ code: z.string().min(1).max(4096) });
/** Offering this device, under a name; or reading the code of another one. */
export const linkBody = z.union([
  z.strictObject({ name: shortText(128) }),
  z.strictObject({ code: z.string().min(1).max(4096) }),
]);
export const confirmBody = z.strictObject({
  history: z.int().min(0).max(ALL_LINES).optional(),
  main: z.boolean().optional(),
});

const picture = z.strictObject({
  width: z.int().min(1).max(1_000_000),
  height: z.int().min(1).max(1_000_000),
  thumbnail: z
    .string()
    .max(16_384)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/u, "must be base64"),
});
export const fileHead = z.strictObject({
  name: shortText(1000),
  type: shortText(200),
  size: z.int().min(0),
  text: shortText(65_536).optional(),
  reply: messageId.optional(),
  picture: picture.optional(),
  nonce,
  together: z.string().length(16).optional(),
  voice: z.strictObject({ length: z.int().min(0), bars: z.array(z.int().min(0).max(255)).length(64) }).optional(),
  once: z.boolean().optional(),
});

/** The value in its shape, or one line that says where it is not. */
export const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) =>
    [path.join("."), message].filter((part) => part !== "").join(": "),
  );
  throw usage("bad-request", lines.slice(0, 3).join("; "));
};

/** Without the keys whose value is `undefined`, as the messenger's options want it. */
export const defined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
