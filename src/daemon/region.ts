/** Which two letters name a country or territory. */

const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
/** Two-letter codes that CLDR knows and that stand for no place. */
const NO_PLACE = /^(?:ZZ|XA|XB|QO)$/u;

/** Whether these are two capital letters that name a country or territory. */
export const isRegion = (code: string): boolean =>
  /^[A-Z]{2}$/u.test(code) && !NO_PLACE.test(code) && names.of(code) !== undefined;
