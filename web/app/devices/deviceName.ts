/** What a device is called when it is offered, until its person calls it something else. */
const BROWSERS = [
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Edg(?:A|iOS)?\//, "Edge"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;
const SYSTEMS = [
  [/Android/, "Android"],
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "Mac"],
  [/Linux|CrOS/, "Linux"],
] as const;

const firstOf = (kinds: readonly (readonly [RegExp, string])[], userAgent: string): string =>
  kinds.find(([sign]) => sign.test(userAgent))?.[1] ?? "";

/** Browser and system by a `navigator.userAgent`; either may be empty. */
export const deviceParts = (userAgent: string): { readonly browser: string; readonly system: string } => ({
  browser: firstOf(BROWSERS, userAgent),
  system: firstOf(SYSTEMS, userAgent),
});
