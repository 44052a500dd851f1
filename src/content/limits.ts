/** Sizes of what people say. SPEC.md §10. */

/** Bytes of UTF-8 that a text may have. */
export const MAX_TEXT = 16_384;
