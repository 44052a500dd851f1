/**
 * Where the reader is. The place and the sheet over it live in the browser's history, not in the address: an address
 * would tell onlookers and the history list which caucus was open.
 */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { GroupId, MessageId, OpId, PersonId } from "../../src/types.ts";

export type Tab = "caucuses" | "people" | "settings";

/** What the panes show. */
export type Place =
  | { readonly at: "caucuses" }
  | { readonly at: "caucus"; readonly caucus: GroupId }
  | { readonly at: "new-caucus"; readonly with?: readonly PersonId[] }
  | { readonly at: "people" }
  | { readonly at: "person"; readonly person: PersonId }
  | { readonly at: "settings" };

/**
 * What lies over them. `emoji` has all of them, to react to a message or for the composer; `photo` is the editor for the picture in `Files.photo`; `code` joins by a code; `verify`
 * compares with somebody, or asks about the code that was brought; `held` is about those whose keys hold back what is
 * written; `codes` are those by which somebody may still come in, `one-code` is one of them, `poster` makes one; `room` is a caucus's room code; `member` is somebody as one of a caucus; `on-record` asks before the draft, or
 * the words of a message of one's own, are said on record; `change` gives a message of one's own other words, `take-back` and `forget` ask before nothing is left of one; `offer` makes this device one of somebody's, `devices` takes one in;
 * `tools` are what can be laid on a caucus's table, `new-…` lays it there, and `tool` is what lies there, at length; `search`
 * looks for words in a caucus, or everywhere; `date` goes to a day; `quiet` is plenary and pocket mode; `palette` goes to anything
 * by its name, or does something in a caucus; `keys` are all keys that do something.
 */
export type Over =
  | { readonly over: "receipts"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "entry"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "emoji"; readonly caucus: GroupId; readonly message?: MessageId }
  | { readonly over: "change"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "take-back" | "forget"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "picture"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "readers"; readonly caucus: GroupId }
  | { readonly over: "menu"; readonly caucus: GroupId }
  | { readonly over: "invite"; readonly caucus: GroupId }
  | { readonly over: "codes"; readonly caucus: GroupId }
  | { readonly over: "poster"; readonly caucus: GroupId }
  | { readonly over: "one-code"; readonly caucus: GroupId; readonly invite: OpId }
  | { readonly over: "photo"; readonly caucus: GroupId }
  | { readonly over: "photos"; readonly caucus: GroupId }
  | { readonly over: "voice"; readonly caucus: GroupId }
  | { readonly over: "invitation"; readonly caucus: GroupId }
  | { readonly over: "room"; readonly caucus: GroupId }
  | { readonly over: "held"; readonly caucus: GroupId }
  | { readonly over: "pins"; readonly caucus: GroupId }
  | { readonly over: "tools"; readonly caucus: GroupId }
  | { readonly over: "new-call" | "new-board" | "new-huddle" | "new-roll"; readonly caucus: GroupId }
  | { readonly over: "tool"; readonly caucus: GroupId; readonly message: MessageId }
  | { readonly over: "on-record"; readonly caucus: GroupId; readonly message?: MessageId }
  | { readonly over: "member"; readonly caucus: GroupId; readonly person: PersonId }
  | { readonly over: "verify"; readonly person?: PersonId }
  | { readonly over: "code" }
  | { readonly over: "devices" }
  | { readonly over: "offer" }
  | { readonly over: "connection" }
  | { readonly over: "wipe" }
  | { readonly over: "move" }
  | { readonly over: "mail" }
  | { readonly over: "search"; readonly caucus?: GroupId; readonly words?: string }
  | { readonly over: "date"; readonly caucus: GroupId }
  | { readonly over: "palette"; readonly caucus?: GroupId }
  | { readonly over: "keys" }
  | { readonly over: "quiet" };

export interface Route {
  readonly place: Place;
  readonly over?: Over;
}

/** The part of `window` that navigation needs; tests give a small one of their own. */
export interface RouterWindow {
  readonly history: Pick<History, "pushState" | "replaceState" | "go" | "state">;
  addEventListener(type: "popstate", handler: (event: { readonly state: unknown }) => void): void;
}

const HOME: Route = { place: { at: "caucuses" } };

export const tabOf = (place: Place): Tab => {
  if (place.at === "people" || place.at === "person") return "people";
  return place.at === "settings" ? "settings" : "caucuses";
};

const isRoute = (state: unknown): state is { readonly route: Route; readonly depth: number } =>
  typeof state === "object" && state !== null && "route" in state && "depth" in state;

export class Router {
  readonly #window: RouterWindow;
  readonly #route = signal<Route>(HOME);
  #depth = 0;
  #forgetting = false;

  constructor(window: RouterWindow) {
    this.#window = window;
    const { state } = window.history;
    if (isRoute(state)) {
      // A reload keeps the place; a sheet's own state (a chosen picture, a half-typed code) did not survive it.
      this.#route.value = { place: state.route.place };
      this.#depth = state.depth;
    }
    this.#replace(this.#route.peek());
    window.addEventListener("popstate", (event) => {
      if (this.#forgetting) {
        this.#begin();
        return;
      }
      this.#route.value = isRoute(event.state) ? event.state.route : HOME;
      this.#depth = isRoute(event.state) ? event.state.depth : 0;
    });
  }

  get route(): ReadonlySignal<Route> {
    return this.#route;
  }

  /** Opens a place. From one tab's place to another tab's the history does not grow. */
  go(place: Place): void {
    const now = this.#route.peek();
    const next = { place };
    const sideways = (now.place.at === place.at || isTop(place)) && now.over === undefined && this.#depth > 0;
    if (sideways || now.over) this.#replace(next);
    else this.#push(next);
  }

  /** Lays a sheet over the place; one sheet after another replaces it. */
  open(over: Over): void {
    const now = this.#route.peek();
    const next = { place: now.place, over };
    if (now.over) this.#replace(next);
    else this.#push(next);
  }

  /** Closes the sheet, or goes up one place. What the browser's own back does. */
  back(): void {
    const { place, over } = this.#route.peek();
    if (this.#depth > 0) this.#window.history.go(-1);
    else this.#replace(over ? { place } : { place: parent(place) });
  }

  /** Closes that sheet, once what it was for is done: unless its reader has gone elsewhere meanwhile. */
  closes(sheet: Over["over"]): void {
    if (this.#route.peek().over?.over === sheet) this.back();
  }

  /** Leaves no place in the browser's history, neither behind nor ahead. */
  forget(): void {
    this.#forgetting = true;
    if (this.#depth > 0) this.#window.history.go(-this.#depth);
    else this.#begin();
  }

  /** At the first of the places: what is pushed there takes the place of all that came after it. */
  #begin(): void {
    this.#forgetting = false;
    this.#depth = 0;
    this.#replace(HOME);
    this.#push(HOME);
  }

  #push(route: Route): void {
    this.#depth += 1;
    this.#window.history.pushState({ route, depth: this.#depth }, "");
    this.#route.value = route;
  }

  #replace(route: Route): void {
    this.#window.history.replaceState({ route, depth: this.#depth }, "");
    this.#route.value = route;
  }
}

const isTop = (place: Place): boolean => place.at === "caucuses" || place.at === "people" || place.at === "settings";

const parent = (place: Place): Place => (tabOf(place) === "people" ? { at: "people" } : { at: "caucuses" });
