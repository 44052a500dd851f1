/** A believable venue for tests and for looking at the screens: one afternoon, many caucuses. */
import type { Listed } from "../../../src/messenger/api.ts";
import type {
  CaucusMember,
  CaucusView,
  ComingView,
  GroupId,
  InvitationView,
  MessageId,
  MessageView,
  OpId,
  PersonView,
  Picture,
} from "../../../src/types.ts";
import { groupId, ME, member, messageId, one, people, self, today } from "./persons.ts";

let lines = 0;
interface Said {
  readonly reply?: MessageId;
  readonly kind?: MessageView["kind"];
  readonly reached?: number;
  readonly read?: number;
  readonly of?: number;
  readonly state?: MessageView["state"];
  readonly missing?: number;
  readonly file?: NonNullable<MessageView["file"]>;
  readonly heldFor?: MessageView["heldFor"] & object;
  readonly mentions?: NonNullable<MessageView["mentions"]>;
}

const said = (caucus: GroupId, by: string, at: number, text: string, more: Said = {}): MessageView => {
  lines += 1;
  const own = by === "";
  return {
    message: messageId(lines),
    caucus,
    sender: own ? ME : one(by).person,
    name: own ? "Ana Kovač" : one(by).name,
    sentAt: at,
    kind: "text",
    text,
    reached: 0,
    read: 0,
    of: 8,
    state: own ? "sent" : "received",
    missing: 0,
    ...more,
  };
};

const caucus = (name: string, members: readonly CaucusMember[], more: Partial<CaucusView> = {}): CaucusView => ({
  caucus: groupId(name),
  name,
  open: false,
  direct: false,
  members: [self, ...members],
  unread: 0,
  state: "joined",
  mayInvite: true,
  quantum: false,
  admin: true,
  ...more,
});

const DRAFT = groupId("Draft 7: paragraph 4");

/** The conversation of the drawings; `picture` stands for the photographed page. */
const draftLines = (picture: Picture): readonly MessageView[] => {
  lines = 0;
  const first = said(
    DRAFT,
    "Amina",
    today(11, 42),
    "Draft 7 is out. Paragraph 4 still says “shall”, and the timetable has moved to 31 March.",
  );
  const photo = said(DRAFT, "Amina", today(11, 43), "", {
    kind: "file",
    file: {
      name: "page-3.jpg",
      type: "image/jpeg",
      size: 240_000,
      picture,
      have: 240_000,
      state: "here",
      keptBy: 4,
      keepers: [...["Amina", "Lucas", "هالة"].map((name) => one(name).person), ME],
    },
  });
  const live = said(DRAFT, "Léa", today(11, 44), "We can live with 31 March. Not with both brackets.", {
    reply: first.message,
  });
  const mark = (by: string, emoji: string) =>
    said(DRAFT, by, today(11, 45), emoji, { kind: "reaction", reply: live.message });
  return [
    first,
    photo,
    live,
    mark("Amina", "🤝"),
    mark("Lucas", "🤝"),
    mark("", "👍"),
    mark("Ingrid", "👍"),
    mark("هالة", "👍"),
    said(DRAFT, "", today(11, 46), "I will ask for “should” and keep the date. Who speaks first?", {
      reached: 7,
      read: 6,
      of: 7,
    }),
    said(
      DRAFT,
      "هالة",
      today(11, 51),
      "يمكننا قبول الفقرة 4 إذا بقيت عبارة «as appropriate» كما هي. أما مهلة 31 مارس فسأعود فيها إلى العاصمة، وأرجو ألّا يُطرح النص في الجلسة قبل الساعة 15:00.",
    ),
    said(DRAFT, "Chen", today(14, 20), "同意保留“视情况而定”。日期我们没有问题。"),
    said(
      DRAFT,
      "Lucas",
      today(14, 24),
      "The chair takes paragraph 4 right after the break: http://192.168.8.20/agenda",
    ),
    said(DRAFT, "Lucas", today(14, 24), `@${self.name}, same order as yesterday?`, {
      missing: 1,
      mentions: [{ person: ME, as: self.name }],
    }),
    said(DRAFT, "Diego", today(14, 25), "Our wording, both versions", {
      kind: "file",
      file: {
        name: "paragraph-4-both.pdf",
        type: "application/pdf",
        size: 482_000,
        have: 301_000,
        state: "coming",
        keptBy: 2,
        keepers: ["Diego", "Lucas"].map((name) => one(name).person),
      },
    }),
    said(DRAFT, "", today(14, 26), "Norway, then Brazil, then me.", { reached: 5, read: 2 }),
  ];
};

const coming = (
  at: number,
  by: string,
  name: string,
  more: Pick<ComingView, "kind"> & Partial<ComingView>,
): ComingView => ({
  op: at.toString(16).padStart(64, "0") as OpId,
  at,
  by: one(by).person,
  byName: one(by).name,
  person: name === "" ? ME : one(name).person,
  name: name === "" ? self.name : one(name).name,
  ...more,
});

/** Who came when to the conversation of the drawings. */
const draftComings = (): readonly ComingView[] => [
  coming(today(9, 0), "Léa", "Léa", { kind: "opened" }),
  ...["Amina", "Lucas", "هالة", "Mere", "Chen", "Ingrid"].map((name, n) =>
    coming(today(9, 1 + n), "Léa", name, { kind: "added", granted: "none" }),
  ),
  coming(today(9, 10), "Léa", "", { kind: "added", granted: "none" }),
  coming(today(9, 11), "Léa", "", { kind: "admin" }),
  coming(today(11, 52), "Léa", "Diego", { kind: "added", granted: "last", lines: 20 }),
];

/** The same venue after Ingrid Dahl's key has changed: what one writes where she reads is held. */
export const withChangedKey = (all: Venue): Venue => {
  const { person } = one("Ingrid");
  const trust = { trust: "changed", verified: false } as const;
  const held = { state: "saved", reached: 0, read: 0, heldFor: [person] } as const;
  const lines = new Map(all.lines);
  const draft = all.lines.get(DRAFT) ?? [];
  lines.set(DRAFT, [...draft, said(DRAFT, "", today(14, 28), "Chair agrees. We go first.", held)]);
  return {
    ...all,
    lines,
    people: all.people.map((who) => (who.person === person ? { ...who, ...trust } : who)),
    caucuses: all.caucuses.map((view) => {
      if (view.open || !view.members.some((who) => who.person === person)) return view;
      const members = view.members.map((who) => (who.person === person ? { ...who, ...trust } : who));
      return { ...view, members, heldFor: [person] };
    }),
  };
};

/** Everything of the venue. */
export interface Venue {
  readonly people: readonly PersonView[];
  readonly caucuses: readonly CaucusView[];
  readonly lines: ReadonlyMap<GroupId, readonly MessageView[]>;
  readonly invitations: readonly InvitationView[];
  readonly listed: readonly Listed[];
}

export const venue = (picture: Picture): Venue => {
  const draft = draftLines(picture);
  const last = draft.findLast((line) => line.kind !== "reaction");
  const firstNew = draft.find((line) => line.name === "Chen Jing");
  const eight = ["Lucas", "هالة", "Léa", "Amina", "Mere", "Chen", "Diego", "Ingrid"].map((name) => member(one(name)));
  const direct = (name: string, last: MessageView, more: Partial<CaucusMember> = {}): CaucusView =>
    caucus(name, [member(one(name), more)], { direct: true, last, mayInvite: false, name: one(name).name });
  const single = (name: string, by: string, at: number, text: string, more: Said = {}) =>
    said(groupId(name), by, at, text, more);
  const all: CaucusView[] = [
    caucus("Draft 7: paragraph 4", eight, {
      unread: 4,
      mentioned: 1,
      comings: draftComings(),
      ...(last && { last }),
      ...(firstNew && { unreadFrom: firstNew.message, unreadSince: firstNew.sentAt }),
    }),
    direct("Omar", single("Omar", "", today(14, 21), "See you at three, same table", { reached: 1, read: 1, of: 1 })),
    caucus(
      "Coffee, corridor B",
      ["Léa", "Amina", "Omar", "Priya", "Jonas", "Chen"].map((name) =>
        member(one(name), { confirmed: name !== "Priya" }),
      ),
      {
        unread: 1,
        last: single("Coffee, corridor B", "Léa", today(14, 10), "Huddle at 14:55, by the coffee"),
      },
    ),
    caucus(
      "Islands and coasts",
      ["Mere", "Σοφία", "Diego"].map((name) => member(one(name))),
      {
        last: single("Islands and coasts", "", today(13, 58), "Sending both wordings now", { of: 3, state: "saved" }),
      },
    ),
    caucus(
      "Timetables",
      people.map((who) => member(who)),
      {
        open: true,
        last: single("Timetables", "Priya", today(13, 40), "We have 14 names for the annex"),
      },
    ),
    direct("Chen", single("Chen", "Chen", today(13, 22), "你好"), { unopened: true }),
    caucus(
      "أصدقاء المقرر",
      ["Jonas", "هالة", "Léa", "Ingrid", "Тимур"].map((name) => member(one(name))),
      {
        last: single("أصدقاء المقرر", "هالة", today(12, 47), "سيقرأ النص بالفرنسية"),
      },
    ),
    caucus("Finance (closed round)", [member(one("Priya"))], {
      state: "gone",
      last: single("Finance (closed round)", "Priya", today(10, 5), "Thank you all."),
    }),
  ];
  const lines = new Map<GroupId, readonly MessageView[]>(
    all.map((view) => [view.caucus, view.last ? [view.last] : []]),
  );
  lines.set(DRAFT, draft);
  return {
    people,
    caucuses: all,
    lines,
    invitations: [
      {
        caucus: groupId("Finance, small table"),
        name: "Finance, small table",
        from: one("Léa").person,
        fromName: "Léa Martin",
        direct: false,
        members: 6,
        receivedAt: today(14, 25),
      },
    ],
    listed: [{ caucus: groupId("Interpreters’ corner"), name: "Interpreters’ corner", code: "couloir:AAAA" }],
  };
};
