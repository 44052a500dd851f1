/** The flags of "Twemoji Country Flags", 78 kB: a file of its own, for systems that have none. */
import font from "country-flag-emoji-polyfill/dist/TwemojiCountryFlags.woff2";

export const bytes: Uint8Array<ArrayBuffer> = font;
