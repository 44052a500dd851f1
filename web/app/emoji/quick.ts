/** What is most said without words: the first row offered, everywhere the same. */
export const QUICK = ["👍", "🤝", "🕊️", "🙏", "👏", "❤️", "🙂", "🤔", "👀", "✅", "⏳", "☕"] as const;
