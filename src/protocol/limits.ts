/** Every number of the protocol, in one place. SPEC.md §2 lists the same. */

export const HOUR = 3_600_000;
/** Expiry slots count hours from here (2026-01-01T00:00Z), modulo 2^16. */
export const EPOCH = 1_767_225_600_000;
/** Everything published lives so many hours… */
export const LIFETIME_HOURS = 72;
/** …and a frame that claims to live longer than this is refused. */
export const MAX_AHEAD_HOURS = 80;
/** How long prekeys, chain state and skipped keys are kept, in ms. */
export const RETAIN = 80 * HOUR;
/** Whole-envelope sizes, in bytes. */
export const BUCKETS: readonly number[] = [256, 1024, 4096, 8192, 12_288, 16_384, 65_536];
/** Messages of one sender-key chain. */
export const CHAIN_LENGTH = 128;
/** Tags of a meta key that a receiver expects beyond the highest seen. */
export const META_WINDOW = 32;
/** Tags of a pair that a receiver expects beyond the highest seen. */
export const PAIR_WINDOW = 32;
/** The first of these numbers of a day are expected on that day whatever was seen before. */
export const PAIR_DAY_WINDOW = 4;
/** Days on which what still lives may have been sealed: before today, and by a clock that is ahead. */
export const PAIR_DAYS = { before: 4, ahead: 1 } as const;
/** Tags under which somebody may ask to come in by one invite; askers pick one at random. */
export const HAIL_TAGS = 32;
/** Causal parents that a message names. */
export const MAX_PARENTS = 4;
/** Places at which one message was sealed that a device remembers. */
export const MAX_PLACES = 8;
/** Ends of lines of talk that a device remembers. */
export const MAX_TIPS = 64;
/** A message so far ahead of one's own clock is no parent of one's next: it cannot drag the group's time along. */
export const FOLLOW = 24 * HOUR;
/** How long messages that do not stay may last, in seconds. */
export const LASTS = { least: 300, most: 2_592_000 } as const;
/** Signed times end here (2^48 ms). */
export const MAX_TIME = 281_474_976_710_656;
/** Leading zero bits of a first-contact frame's stamp. */
export const STAMP_BITS = 12;
/** Bytes of a distribution's signed head. */
export const MAX_HEAD = 2128;
/** Chains in one frame of message keys. */
export const MAX_HANDED_CHAINS = 128;
/** Lines that an invite can grant a newcomer, and bytes of them. */
export const MAX_GRANT = 2000;
export const MAX_GRANT_BYTES = 4_000_000;
/** Bytes of a proof of equivocation: two operations are the largest. */
export const MAX_PROOF = 8_500;
/** Devices that one distribution can serve. */
export const MAX_RECIPIENTS = 512;
/** Parents of a membership operation. */
export const MAX_OP_PARENTS = 32;
/** Membership operations below one another, waiting ones not counted. */
export const MAX_OPS = 4096;
/** The last of them are for removals and leaving: a flood of others cannot keep its author in. */
export const LAST_OPS = 256;
/** Operations of one group that a device holds, those side by side as well: a flood of forks fills no memory. */
export const MAX_HELD_OPS = 8192;
/** Of those it holds, what all rest on that removals beside them put in question, once for each removal: what a view costs. */
export const MAX_CONTEST = 2_000_000;
/** So much more of it is for removals by who has signed few that contest anything: a flood of others cannot keep its author in. */
export const LAST_CONTEST = 4_000_000;
export const FEW_REMOVALS = 4;
/** What all rest on that a removal could put in question: one that nobody knows of yet must find room, whatever was signed before. */
export const MAX_DOUBT = 1_000_000;
/** The least that a removal counts there: each may be a question to every other. */
export const REMOVAL_DOUBT = 1000;
/** Units of work a minute for views of heads that one member names: an operation is one, a contested one 32 of them, a view half of all at most. */
export const FOLD_UNITS = 32_768;
export const CONTESTED_UNITS = 32;
/** How long an admin's motion waits for a second admin. */
export const MOTION_LIFE = 72 * HOUR;
/** Operations that wait for their parents: of somebody who was away, all that came to pass, in whatever order its frames come. */
export const MAX_WAITING_OPS = 1024;
/** Acknowledged chains in one frame. */
export const MAX_ACKS = 64;
/** Chains of one sender that a device follows. */
export const MAX_CHAINS = 128;
/** Chains of which a device remembers how far another has got. */
export const MAX_PEER_ACKS = 1024;
/** Bytes of one message's content. */
export const MAX_CONTENT = 60_000;
/** Bytes of one signed membership operation. */
export const MAX_OP_BYTES = 4096;
/** Chains of somebody who goes that a removal can name; the newest count. */
export const MAX_CUT = 128;
/** Devices of a person, and devices that a list names as revoked. */
export const MAX_DEVICES = 16;
/** Bytes of a signed device list. */
export const MAX_LIST_BYTES = 2200;
/** Bytes of a card. */
export const MAX_CARD_BYTES = 2560;
/** Bytes of one file. */
export const MAX_FILE = 200_000_000;
/** Bytes of plaintext in every chunk of a file but the last… */
export const CHUNK = 64_000;
/** …which is padded to one of these. */
export const CHUNK_ENDS: readonly number[] = [1000, 2000, 4000, 8000, 16_000, 32_000, CHUNK];
export const MAX_CHUNKS = MAX_FILE / CHUNK;
/** Bytes of a file's chunk list in one message. */
export const LIST_PART = 64_000;
/** Files that one control frame names, and addresses where its sender can be asked. */
export const MAX_NAMED_FILES = 64;
export const MAX_ADDRESSES = 4;
/** Ciphertexts of X-Wing in one frame: as many as fit the size of 8192. */
export const MAX_KEM_CIPHERS = 7;
/** Devices that one frame of an exchange names. */
export const MAX_KEM_NAMES = 64;
/** Persons whose apps one control frame vouches for. */
export const MAX_VOUCHES = 32;
/** Values that the devices of a person share, and bytes of each. */
export const MAX_SHARED = 1024;
export const MAX_SHARED_BYTES = 24_576;
/** Groups that a device names to its person's others at once. */
export const MAX_OWN_PLACES = 512;
/** Bytes of a frame among the devices of a person. */
export const MAX_OWN_FRAME = 64_000;
