/** The files that the page names under `name`; a page in one file names none. */
const named = (name: string): readonly string[] => {
  const files = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
  return files.split(" ").filter((file) => file !== "");
};

/** Asks for the modules of which the messenger is made. */
export const fetchSoon = (): void => {
  const links = named("couloir-soon").map((href) =>
    Object.assign(document.createElement("link"), { rel: "modulepreload", href }),
  );
  document.head.append(...links);
};

/**
 * Brings what may be wanted later into the browser's cache, one file after the other. Links that prefetch would be against
 * the page's policy in Firefox, which holds them to `default-src`. Rejects when whoever served the page is away.
 */
export const fetchLater = async (): Promise<void> => {
  for (const file of named("couloir-later")) await (await fetch(file, { priority: "low" })).blob();
};
