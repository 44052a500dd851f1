/** Asks for the files that the page names under `name`; a page in one file names none. */
export const fetchAhead = (name: string, how: Pick<HTMLLinkElement, "rel"> & { readonly as?: string }): void => {
  const named = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
  const files = named.split(" ").filter((file) => file !== "");
  document.head.append(...files.map((href) => Object.assign(document.createElement("link"), how, { href })));
};
