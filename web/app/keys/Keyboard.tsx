import { useEffect } from "preact/hooks";
import type { Controller } from "../controller.ts";
import { useController } from "../parts/context.tsx";
import { apple } from "./apple.ts";
import { entryOf, step } from "./entries.ts";

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

/** Above or below the one that is open in the list, round its ends. */
const neighbour = (app: Controller, by: 1 | -1): void => {
  const all = app.sorted.peek();
  const { place } = app.router.route.peek();
  const at = place.at === "caucus" ? all.findIndex((one) => one.caucus === place.caucus) : by > 0 ? -1 : 0;
  const next = all.at((at + by) % Math.max(1, all.length));
  if (next) app.openCaucus(next.caucus);
};

/** What one can do with the entry that has the focus. */
const onEntry = (app: Controller, { key, target }: KeyboardEvent): boolean => {
  const conversation = app.conversation.peek();
  const entry = entryOf(target);
  const line = entry && conversation?.line(entry);
  if (!conversation || !line) return false;
  if (key === "r" || key === "R") conversation.answer(line);
  else if (key === "e" || key === "E" || key === "Enter")
    app.router.open({ over: "entry", caucus: conversation.caucus, message: line.message });
  else return false;
  return true;
};

/** An empty message, where a stroke asks what can be done here. */
const isEmptyMessage = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement && target.value === "" && target.closest(".composer") !== null;

const withMod = ({ ctrlKey, metaKey }: KeyboardEvent): boolean => (apple ? metaKey : ctrlKey);

const heeded = (app: Controller, event: KeyboardEvent): boolean => {
  const { key, target } = event;
  const { place } = app.router.route.peek();
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (key.toLowerCase() === "k" && withMod(event) && !event.altKey && !event.shiftKey)
    app.router.open({ over: "palette" });
  else if (event.altKey && !event.ctrlKey && !event.metaKey && (key === "ArrowDown" || key === "ArrowUp"))
    neighbour(app, key === "ArrowDown" ? 1 : -1);
  else if (!plain) return false;
  else if (key === "/" && place.at === "caucus" && (isEmptyMessage(target) || !isField(target)))
    app.router.open({ over: "palette", caucus: place.caucus });
  else if (isField(target)) return false;
  else if (key === "?") app.router.open({ over: "keys" });
  else if (key === "ArrowUp" || key === "ArrowDown") return step(target, key === "ArrowDown" ? 1 : -1);
  else return onEntry(app, event);
  return true;
};

/** What keys do wherever one is, as long as no sheet lies over it. */
export const Keyboard = () => {
  const app = useController();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (heeded(app, event)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [app]);
  return null;
};
