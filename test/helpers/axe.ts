/** What axe has to say about a page. */
import { createRequire } from "node:module";
import type { AxeResults, ElementContext, RunOptions } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";

declare const axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };

/** Brings axe into every page that is loaded from now on. As a script of the page it would be against the page's policy. */
export const bringAxe = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });

/** What axe finds serious. */
export const faults = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { violations } = await axe.run(document.querySelector("dialog[open]") ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${String(target)}: ${failureSummary}`),
      );
  });
