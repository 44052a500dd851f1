/**
 * What a name looks like. Names that look alike in a hurry have a skeleton in common: letters of Latin, Greek and Cyrillic
 * that share a shape, letters of Arabic that share one, accents, spaces, signs and what cannot be seen.
 */

/** Pairs: a letter, and the Latin (or first Arabic) one that it passes for. After Unicode's confusables, cut to names. */
const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(text.split(" ").map((pair) => Array.from(pair) as [string, string]));

/** Capitals of one shape. */
const CAPITALS = pairs(
  "АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ԚQ ԜW ԌG ӀI ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ 0O 1I |I ØO ŁL ĐD ƖI",
);
/** Small letters of one shape; of capitals and digits only what passes for a small one. */
const SMALL = pairs(
  "аa еe ѕs іi јj оo рp сc уy хx һh ԁd ԛq ԝw ӏl ѵv αa γy ιi κk νv οo ρp υu χx σo ϲc ϳj ωw Il 1l |l 0o Ӏl Іl Ιl ØO øo łl đd ıi ɑa ɡg",
);
const ARABIC = pairs("یي ىي ئي کك ةه ؤو ھه ہه");

/** Accents: of Latin, Greek and Cyrillic, and hamza and madda of Arabic. Other scripts' marks are letters. */
const ACCENTS = /[\u0300-\u036f\u0653-\u0655]/gu;
/** What takes no room, or turns the direction of what follows. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u0640]/gu;
/** What stands between letters: spaces, and signs that may pass for a mark of ours. */
const BETWEEN = /[\p{White_Space}\p{P}\p{S}\p{Emoji_Presentation}]/gu;

const mapped = (text: string, map: ReadonlyMap<string, string>): string =>
  Array.from(text, (one) => map.get(one) ?? ARABIC.get(one) ?? one).join("");

/** One as it is written, one as it is in capitals: alike in either is alike. Empty for a name that shows nothing. */
export const skeletons = (name: string): readonly string[] => {
  const bare = name.normalize("NFKC").replace(UNSEEN, "").normalize("NFD").replace(ACCENTS, "");
  const letters = bare.replace(BETWEEN, (one) => (one === "|" ? one : "")) || bare.trim();
  if (letters === "") return [];
  const written = mapped(mapped(letters, SMALL), CAPITALS).toLowerCase().replaceAll("rn", "m").replaceAll("vv", "w");
  return [`a${written}`, `b${mapped(letters.toUpperCase(), CAPITALS)}`];
};
