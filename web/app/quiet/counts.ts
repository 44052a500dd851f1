/** How much is new, where one sees it without looking at the page: the app's badge, and a dot on the tab's icon. */

/** The icon of before, and with a dot. */
const dotted = (href: string): string =>
  href.replace(/%3C\/svg%3E$/u, "%3Ccircle cx='17.5' cy='6.5' r='6' fill='%23a0201b' stroke='%23fff'/%3E%3C/svg%3E");

let plain: string | undefined;

/** Shows a count; 0 takes all of it away. */
export const showCount = (count: number): void => {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon) {
    plain ??= icon.href;
    icon.href = count > 0 ? dotted(plain) : plain;
  }
  // Not everywhere, and nowhere on plain http.
  const { setAppBadge } = navigator as Partial<Pick<Navigator, "setAppBadge">>;
  setAppBadge?.call(navigator, count).catch(() => undefined);
};
