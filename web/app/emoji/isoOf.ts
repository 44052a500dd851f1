/** The letters of a flag, as ISO 3166 has them: `FR`, `GB-SCT`; nothing for what is no country's flag. Pure. */
export const isoOf = (emoji: string): string | undefined => {
  if (/^[\u{1f1e6}-\u{1f1ff}]{2}$/u.test(emoji)) return lettersFrom(emoji, 0x1f1a5);
  const tags = /^\u{1f3f4}([\u{e0061}-\u{e007a}]{2})([\u{e0061}-\u{e007a}]{1,3})\u{e007f}$/u.exec(emoji);
  return tags
    ?.slice(1)
    .map((part) => lettersFrom(part, 0xe0020))
    .join("-");
};

/** `before`: how far these characters lie from the letters that they stand for. */
const lettersFrom = (characters: string, before: number): string =>
  Array.from(characters, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) - before)).join("");
