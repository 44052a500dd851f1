import { inColour } from "./inColour.ts";

/** The family that the style sheet names before all others. */
const FAMILY = "Couloir Flags";
/** Regional indicators, and the black flag with the tags of England, Scotland and Wales. */
const FLAGS =
  "U+1F1E6-1F1FF, U+1F3F4, U+E0062-E0063, U+E0065, U+E0067, U+E006C, U+E006E, U+E0073-E0074, U+E0077, U+E007F";

/**
 * Brings flags where the system writes letters for them, as Windows does. Given as bytes, a font needs no leave of the
 * page's policy. Resolves with whether they were brought; without them the letters stay, which say the same.
 */
export const drawFlags = async (): Promise<boolean> => {
  if (inColour("\u{1f1e8}\u{1f1ed}")) return false;
  try {
    const { bytes } = await import("./flagFont.ts");
    document.fonts.add(await new FontFace(FAMILY, bytes, { unicodeRange: FLAGS }).load());
    return true;
  } catch {
    return false;
  }
};
