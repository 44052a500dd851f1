/**
 * The 64 emoji that people read to each other, after the list of the Matrix specification. A number of a comparison is a
 * place in it. Kept apart from all that computes, so that it is loaded only where it is shown.
 */
export interface Emoji {
  readonly emoji: string;
  /** In English; other languages have words of their own. */
  readonly name: string;
}

/** The emoji, each with its name. */
const LIST =
  "🐶 dog,🐱 cat,🦁 lion,🐎 horse,🦄 unicorn,🐷 pig,🐘 elephant,🐰 rabbit,🐼 panda,🐓 rooster,🐧 penguin,🐢 turtle," +
  "🐟 fish,🐙 octopus,🦋 butterfly,🌷 flower,🌳 tree,🌵 cactus,🍄 mushroom,🌏 globe,🌙 moon,☁️ cloud,🔥 fire," +
  "🍌 banana,🍎 apple,🍓 strawberry,🌽 corn,🍕 pizza,🎂 cake,❤️ heart,😀 smiley,🤖 robot,🎩 hat,👓 glasses," +
  "🔧 spanner,🎅 santa,👍 thumbs up,☂️ umbrella,⌛ hourglass,⏰ clock,🎁 gift,💡 light bulb,📕 book,✏️ pencil," +
  "📎 paperclip,✂️ scissors,🔒 lock,🔑 key,🔨 hammer,☎️ telephone,🏁 flag,🚂 train,🚲 bicycle,✈️ aeroplane," +
  "🚀 rocket,🏆 trophy,⚽ ball,🎸 guitar,🎺 trumpet,🔔 bell,⚓ anchor,🎧 headphones,📁 folder,📌 pin";

export const EMOJI: readonly Emoji[] = LIST.split(",").map((one) => {
  const at = one.indexOf(" ");
  return { emoji: one.slice(0, at), name: one.slice(at + 1) };
});
