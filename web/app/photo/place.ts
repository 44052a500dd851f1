import type { Box } from "./box.ts";

const percent = (part: number): string => `${100 * part}%`;

/** A box as a style. The picture is always laid out from left to right. */
export const place = ({ x, y, w, h }: Box): Readonly<Record<string, string>> => ({
  insetInlineStart: percent(x),
  insetBlockStart: percent(y),
  inlineSize: percent(w),
  blockSize: percent(h),
});
