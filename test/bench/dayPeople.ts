/** Who comes to the venue: names in several scripts, ISO codes, five regions. */

/** Somebody who comes. */
export interface Attendee {
  readonly name: string;
  readonly flag: string;
}

/** The five regional caucuses. */
export const REGIONS = ["Africa", "Americas", "Asia", "Arab States", "Europe"] as const;

export const SECRETARIAT: Attendee = { name: "Secretariat", flag: "CH" };
/** With a phone in English, and with a wide screen in Arabic. */
export const PHONE_PERSON: Attendee = { name: "Ana Kovač", flag: "HR" };
export const DESK_PERSON: Attendee = { name: "عمر حداد", flag: "JO" };
/** The second device of somebody. */
export const TABLET = "The tablet";

/** In the order of the regions, again and again. */
export const ATTENDEES: readonly Attendee[] = [
  { name: "Amina Diallo", flag: "SN" },
  { name: "Lucas Prado", flag: "BR" },
  { name: "陈静", flag: "CN" },
  { name: "ليلى حداد", flag: "LB" },
  { name: "Ingrid Dahl", flag: "NO" },
  { name: "Kwame Mensah", flag: "GH" },
  { name: "María Fernández", flag: "MX" },
  { name: "Hiroshi Tanaka", flag: "JP" },
  { name: "Yousef Al-Masri", flag: "EG" },
  { name: "Ольга Петрова", flag: "RU" },
  { name: "Wanjiru Kamau", flag: "KE" },
  { name: "Diego Rojas", flag: "CL" },
  { name: "Priya Sharma", flag: "IN" },
  { name: "سالم العتيبي", flag: "SA" },
  { name: "Jan Novák", flag: "CZ" },
  { name: "Thabo Nkosi", flag: "ZA" },
  { name: "Grace Campbell", flag: "JM" },
  { name: "Nguyễn Thị Lan", flag: "VN" },
  { name: "Noor Jaber", flag: "IQ" },
  { name: "Camille Laurent", flag: "FR" },
  { name: "Lalla Bennani", flag: "MA" },
  { name: "Emily Tremblay", flag: "CA" },
  { name: "Kim Min-jun", flag: "KR" },
  { name: "Hamid Farahani", flag: "IR" },
  { name: "Søren Holm", flag: "DK" },
];

/** What people say when nothing in particular happens. */
export const REMARKS: readonly string[] = [
  "We can live with 31 March.",
  "Article 12 should say “shall endeavour”.",
  "My capital asks for brackets around paragraph 4.",
  "Who has the clean version of the annex?",
  "Can we park that until the coffee break?",
  "Nous appuyons la proposition du Sénégal.",
  "No podemos aceptar la última frase.",
  "Мы поддерживаем, но без второй части.",
  "我们需要再等首都的答复。",
  "نؤيد ذلك من حيث المبدأ.",
  "The chair wants it before five.",
  "Paragraph 7 is where they will push back.",
  "Is anybody speaking to the small islands?",
  "I would rather see “as appropriate” deleted.",
  "Let us not reopen what was agreed on Tuesday.",
];
/** Signs that are sent. */
export const SIGNS: readonly string[] = ["🕊️", "🤝", "👍", "🇸🇳🇧🇷🇨🇳", "🇳🇴", "⏳", "👏"];
