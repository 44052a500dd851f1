/** Two people with browsers: a phone in English, and a wide screen that is turned to Arabic. What they do, and how it looks. */
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { MessageId, PersonId } from "../../src/types.ts";
import { Delegate, LAPTOP } from "../helpers/delegate.ts";
import { until } from "../helpers/venue.ts";
import type { VenueNode } from "../helpers/venueNode.ts";
import { DESK_PERSON, PHONE_PERSON, type Attendee } from "./dayPeople.ts";

/** One of them. */
export interface Seated {
  readonly who: Attendee;
  readonly delegate: Delegate;
  readonly node: VenueNode;
  person: PersonId | undefined;
  asleep: boolean;
}

const PATIENCE_MS = 60_000;
/** Lines of whom are shown by themselves. */
const LINES = "li[data-message], li[data-message] [data-message]";

/** Both, or none where there are no browsers. */
export class DayPages {
  readonly #shots: string;
  #taken = 0;
  readonly seated: Seated[] = [];
  /** Called with what appears on a screen. */
  onShown: (message: MessageId) => void = () => undefined;

  constructor(shots: string) {
    this.#shots = shots;
  }

  get phone(): Seated | undefined {
    return this.seated[0];
  }
  get desk(): Seated | undefined {
    return this.seated[1];
  }

  /** They open the link of the poster, say who they are, and are in. */
  async arrive(nodes: readonly VenueNode[], url: string): Promise<void> {
    for (const [at, node] of nodes.entries()) {
      const who = [PHONE_PERSON, DESK_PERSON][at]!;
      const delegate = await Delegate.sits(node, at === 0 ? undefined : LAPTOP);
      delegate.page.setDefaultTimeout(PATIENCE_MS);
      const one: Seated = { who, delegate, node, person: undefined, asleep: false };
      this.seated.push(one);
      await this.#watch(one);
      await delegate.opens(url);
      await delegate.page.getByLabel("Your name").waitFor();
      await this.shoot("the link is opened");
      await delegate.joins({ name: who.name, country: who.flag });
      await delegate.enters("Plenary");
    }
    await this.shoot("in the plenary");
  }

  /** The persons of those who belong to a region: the phone to the last one, the desk to that before it. */
  async personsFor(
    hub: VenueNode,
    { region, of }: { readonly region: number; readonly of: number },
  ): Promise<string[]> {
    const found: string[] = [];
    for (const [at, one] of this.seated.entries()) {
      one.person ??= await until(
        `the hub sees ${one.who.name}`,
        async () => (await hub.people()).find(({ name }) => name === one.who.name)?.person,
      );
      if (region === Math.max(0, of - 1 - at)) found.push(one.person);
    }
    return found;
  }

  /** Those of them who are invited take it. */
  async accept(caucus: string, persons: readonly string[]): Promise<void> {
    for (const { delegate, person } of this.seated.filter((one) => persons.includes(one.person ?? ""))) {
      const back = delegate.page.getByRole("button", { name: "Back", exact: true }).filter({ visible: true });
      if ((await back.count()) > 0) await back.first().click();
      await delegate.page.getByText(`invites you to “${caucus}”`).first().waitFor();
      if (person === this.phone?.person) await this.shoot("invited");
      await delegate.presses("Look");
      await delegate.presses("Accept");
      await this.#title(delegate, caucus).waitFor();
    }
  }

  /** The desk reads Arabic from now on; both sit in the plenary. */
  async settle(): Promise<void> {
    const page = this.desk?.delegate.page;
    if (page) {
      await page.getByRole("button", { name: "Settings" }).first().click();
      await page.getByRole("button", { name: "العربية" }).click();
      await this.shoot("the desk reads Arabic");
    }
    for (const one of this.seated) await this.enter(one, "Plenary");
  }

  /** Opens a caucus from wherever they are; in any language. */
  async enter({ delegate }: Seated, caucus: string): Promise<void> {
    const { page } = delegate;
    const line = page.locator(".line").filter({ visible: true });
    await line.or(this.#field(page)).first().waitFor();
    if (await this.#title(delegate, caucus).isVisible()) return;
    if ((await line.count()) === 0) await page.locator(".pane--main .bar .only-phone").first().click();
    await line.filter({ hasText: caucus }).first().click();
    await this.#title(delegate, caucus).waitFor();
  }

  /** Writes into the caucus that is open. Resolves when it stands in the record. */
  async say({ delegate: { page } }: Seated, text: string): Promise<void> {
    await this.#field(page).fill(text);
    await page.locator(".composer button[type=submit]").click();
    await page.locator(LINES).filter({ hasText: text }).first().waitFor();
  }

  /** Ids of the lines that stand in the open record. */
  async lines({ delegate: { page } }: Seated): Promise<readonly string[]> {
    return page
      .locator(LINES)
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset["message"] ?? "").filter((id) => id !== ""));
  }

  /** A picture of each screen that is awake. */
  async shoot(scene: string): Promise<void> {
    this.#taken += 1;
    const number = String(this.#taken).padStart(2, "0");
    for (const [at, one] of this.seated.entries()) {
      if (one.asleep) continue;
      const name = `${number}-${scene.replaceAll(/[^\p{L}\d]+/gu, "-")}-${at === 0 ? "phone" : "desk"}.png`;
      // As it is once it stands still.
      await one.delegate.page.screenshot({ path: join(this.#shots, name), animations: "disabled" });
    }
  }

  /** Requests that left the network, and errors; `but` says which may be. */
  wrongs(but: RegExp): readonly string[] {
    return this.seated.flatMap(({ who, delegate: { browser } }) => [
      ...browser.strayed.map((one) => `${who.name}'s browser asked ${one}`),
      ...browser.wrongs.filter((one) => !but.test(one)).map((one) => `in ${who.name}'s page: ${one}`),
    ]);
  }

  async leave(): Promise<void> {
    await Promise.all(this.seated.map(({ delegate }) => delegate.leaves().catch(() => undefined)));
  }

  /** The head of an open caucus. */
  #title({ page }: Delegate, caucus: string): Locator {
    return page
      .locator(".pane--main .bar__title--key h1")
      .filter({ hasText: caucus })
      .filter({ visible: true })
      .first();
  }
  #field(page: Page): Locator {
    return page.locator(".composer textarea").filter({ visible: true });
  }

  /** Tells of each line once it is laid out. */
  async #watch({ delegate: { page } }: Seated): Promise<void> {
    await page.exposeFunction("lineShown", (message: MessageId) => this.onShown(message));
    await page.addInitScript(() => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        for (const line of document.querySelectorAll<HTMLElement>("li[data-message]")) {
          const { message = "" } = line.dataset;
          if (seen.has(message)) continue;
          seen.add(message);
          (globalThis as unknown as { lineShown: (message: string) => void }).lineShown(message);
        }
      }).observe(document, { subtree: true, childList: true });
    });
  }
}
