/** A caucus with one of each tool on its table, as they stand in the drawings. */
import type { BoardTerms, CaucusView, GroupId, MessageId, MessageView, ToolWord } from "../../../src/types.ts";
import type { CalledView, CallView, RowView, StandView, ToolView, Who } from "../../../src/types/tools.ts";
import type { FakeMessenger } from "./fakeMessenger.ts";
import { ME, messageId, one, personId } from "./persons.ts";
import { counted } from "./toolPlay.ts";

const MINUTE = 60_000;

const who = (name: string): Who => ({ person: one(name).person, name: one(name).name });
const me: Who = { person: ME, name: "Ana Kovač" };

let said = 0;
const next = (): MessageId => {
  said += 1;
  return messageId(70_000 + said);
};

const lay = (messenger: FakeMessenger, view: ToolView, word: ToolWord): void => {
  const { caucus, message, by, at } = view;
  const line: MessageView = {
    message,
    caucus,
    sender: by.person,
    name: by.name,
    sentAt: at,
    kind: word.kind,
    text: "",
    tool: word,
    reached: 0,
    read: 0,
    of: 8,
    state: by.person === ME ? "sent" : "received",
    missing: 0,
  };
  messenger.onTable.set(message, view);
  messenger.hear(line);
  messenger.emit("tool", { caucus, message });
};

const word = (delegation: string, stand: RowView["stand"], by: Who, more: Partial<StandView> = {}): StandView => ({
  message: next(),
  delegation,
  stand,
  by,
  at: Date.now() - 90 * MINUTE + said * MINUTE,
  ...more,
});

const spoken = (word: StandView, askedBy: readonly Who[] = []): RowView => ({
  delegation: word.delegation,
  stand: word.stand as RowView["stand"],
  firstHand: !word.told,
  said: word,
  askedBy,
  changes: 1,
});

const silent = (delegation: string, ...askedBy: readonly Who[]): RowView => ({
  delegation,
  stand: "silent",
  firstHand: false,
  askedBy,
  changes: 0,
});

const PROPOSITION = "Replace “shall communicate” with “should communicate” in paragraph 4; keep 31 March.";

const proposition = (messenger: FakeMessenger, caucus: GroupId): void => {
  const [amina, lucas, lea, ingrid, omar] = ["Amina", "Lucas", "Léa", "Ingrid", "Omar"].map(who) as [
    Who,
    Who,
    Who,
    Who,
    Who,
  ];
  const told = (by: string, to: Who) => ({ told: { by, to } });
  const rows: readonly RowView[] = [
    spoken(word("KE", "sponsor", amina)),
    spoken(word("NO", "sponsor", ingrid)),
    spoken(word("BR", "support", lucas)),
    spoken(word("CL", "support", amina, told("BR", amina))),
    spoken(word("HR", "support", me)),
    ...["FJ", "FR", "MX"].map((one) => spoken(word(one, "support", lea, told("FR", lea)))),
    spoken(word("GH", "support", amina, told("KE", amina))),
    spoken(word("PH", "leaning", omar, told("FJ", omar))),
    spoken(word("CA", "leaning", lea, told("FR", lea)), [lea]),
    spoken(word("EG", "awaiting", who("هالة"), { due: Date.now() + 40 * MINUTE })),
    spoken(word("NL", "awaiting", ingrid, told("NO", ingrid)), [lea]),
    spoken(word("AU", "against", lucas, told("BR", lucas))),
    spoken(word("IN", "against", who("Priya"))),
    silent("AR", lucas),
    ...["BD", "DE", "ID", "ZA"].map((one) => silent(one)),
    ...["CN", "JP", "MA"].map((one) => silent(one, amina)),
    silent("International Committee of the Red Cross"),
  ];
  const terms: BoardTerms = { needs: 12, delegations: rows.map(({ delegation }) => delegation), closed: false };
  const history = rows.flatMap(({ said: one }) => (one ? [one] : [])).toReversed();
  const message = next();
  const at = Date.now() - 40 * MINUTE;
  const view = counted({ tool: "board", caucus, message, by: amina, at, text: PROPOSITION, terms, rows, history });
  lay(messenger, view, { kind: "board", text: PROPOSITION, terms });
};

const VOTE = "The vote on paragraph 4 is moved to 16:00. Be in the room at 15:50.";

const rollCall = (messenger: FakeMessenger, { caucus, members }: CaucusView, by: Who): void => {
  const people = members
    .filter(({ person, state }) => person !== by.person && state === "joined")
    .map(({ person, name }, at): CalledView => ({ person, name, reached: at < 6, read: at > 0 && at < 5 }));
  const missing = people.filter(({ reached }) => !reached).map(({ person, name }) => ({ person, name }));
  const [read, reached] = [people.filter((each) => each.read).length, people.length - missing.length];
  const base = { caucus, message: next(), by, at: Date.now() - 8 * MINUTE, text: VOTE, again: 0 };
  lay(
    messenger,
    { tool: "rollCall", ...base, reached, read, of: people.length, people, missing },
    { kind: "rollCall", text: VOTE },
  );
};

const huddle = (messenger: FakeMessenger, caucus: GroupId, by: Who): void => {
  const starts = Math.ceil(Date.now() / MINUTE) * MINUTE + 5 * MINUTE;
  const plan = { place: "Corridor B, by the coffee", starts, minutes: 10, off: false };
  const text = "Who speaks, and in what order";
  const at = Date.now() - 4 * MINUTE;
  const ends = starts + 10 * MINUTE;
  const answers = [
    ...["Léa", "Amina", "Lucas", "Ingrid"].map((name) => ({ ...who(name), answer: "coming" as const, at })),
    { ...who("هالة"), answer: "late" as const, at },
    { ...who("Chen"), answer: "absent" as const, at },
  ];
  const times = { ends, dissolves: ends + 15 * MINUTE, state: "ahead" as const };
  const base = { caucus, message: next(), by, at, text };
  lay(
    messenger,
    { tool: "huddle", ...base, ...times, plan, answers, silent: [me, who("Diego"), who("Mere")] },
    { kind: "huddle", text, plan },
  );
};

const ASKED = "Support paragraph 4 as it stands, before the chair gavels. Say “should”, keep the date.";

/** Somebody calls; it rings where `ringing`. */
export const call = (messenger: FakeMessenger, caucus: GroupId, more: Partial<CallView> = {}): CallView => {
  const at = more.at ?? Date.now() - 42_000;
  const until = at + 90_000;
  const base = { caucus, message: next(), by: who("Amina"), at, text: ASKED, act: "floor" as const };
  const view: CallView = {
    tool: "call",
    ...base,
    state: "open",
    until,
    rings: true,
    answers: [],
    reached: 7,
    of: 8,
    ...more,
  };
  lay(messenger, view, { kind: "call", act: view.act, text: view.text, seconds: 90 });
  return view;
};

/** Somebody has it. */
export const take = (messenger: FakeMessenger, view: CallView): void => {
  const taken = { ...who("Lucas"), answer: "has" as const, at: view.at + 6_000 };
  messenger.onTable.set(view.message, { ...view, state: "taken", rings: false, taken, answers: [taken] });
  messenger.emit("tool", view);
};

/** Lays one of each on the table of a caucus, the call among them over. */
export const layTables = (messenger: FakeMessenger, caucus: CaucusView): void => {
  const id = caucus.caucus;
  proposition(messenger, id);
  rollCall(messenger, caucus, who("Amina"));
  rollCall(messenger, caucus, me);
  huddle(messenger, id, who("Léa"));
  const lucas = { ...who("Lucas"), answer: "has" as const, at: Date.now() - 9 * MINUTE };
  const at = lucas.at - 6_000;
  call(messenger, id, { at, until: at + 90_000, rings: false, state: "taken", taken: lucas, answers: [lucas] });
};

/** A proposition over 195 delegations of which 3000 words were said, as far as a view shows them. */
export const layLarge = (messenger: FakeMessenger, caucus: GroupId): MessageId => {
  const stands = ["sponsor", "support", "leaning", "awaiting", "silent", "against"] as const;
  const names = Array.from({ length: 195 }, (_, n) => `Delegation ${n + 1}`);
  const lea = who("Léa");
  const words = Array.from({ length: 1000 }, (_, n) => {
    const [delegation = "", stand = "silent"] = [names[(n * 7) % 195], stands[n % 6]];
    const by: Who = { person: personId(`Delegate ${n % 28}`), name: `Delegate ${n % 28}` };
    return word(delegation, stand, by, n % 2 === 0 ? {} : { told: { by: "KE", to: lea } });
  });
  const latest = new Map(words.map((one) => [one.delegation, one]));
  const rows = names.map((delegation) => {
    const one = latest.get(delegation);
    return one ? spoken(one) : silent(delegation);
  });
  const terms: BoardTerms = { needs: 98, delegations: names, closed: false };
  const message = next();
  const base = { tool: "board", caucus, message, by: lea, at: Date.now(), text: PROPOSITION } as const;
  const board = { ...counted({ ...base, terms, rows, history: words.toReversed() }), changes: 3000 };
  lay(messenger, board, { kind: "board", text: PROPOSITION, terms });
  return message;
};
