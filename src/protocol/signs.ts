/** Numbers as people compare them: small pictures that are hard to take for one another, in any language. */

/** 64, of Unicode 11 at most, none of them a person, a flag or a letter. */
const SIGNS: readonly string[] = (
  "🐶 🐱 🦁 🐴 🦄 🐷 🐘 🐰 🐼 🐓 🐧 🐢 🐟 🐙 🦋 🌸 🌳 🌵 🍄 🌍 🌙 ☁️ 🔥 🍌 🍎 🍓 🌽 🍕 🎂 ❤️ 😀 🤖 " +
  "🎩 👓 🔧 🎅 👍 ☂️ ⌛ ⏰ 🎁 💡 📕 ✏️ 📎 ✂️ 🔒 🔑 🔨 ☎️ 🏁 🚂 🚲 ✈️ 🚀 🏆 ⚽ 🎸 🎺 🔔 ⚓ 🎧 📁 📌"
).split(" ");

/** One sign for every six bits, from the first on. */
export const signsOf = (bytes: Uint8Array): readonly string[] => {
  const out: string[] = [];
  for (let bit = 0; bit + 6 <= bytes.length * 8; bit += 6) {
    let value = 0;
    for (let at = bit; at < bit + 6; at++) value = (value << 1) | (((bytes[at >> 3] as number) >> (7 - (at & 7))) & 1);
    out.push(SIGNS[value] as string);
  }
  return out;
};
