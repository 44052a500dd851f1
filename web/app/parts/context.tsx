/** How views come to their controller. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Controller } from "../controller.ts";

const Context = createContext<Controller | undefined>(undefined);

export const ControllerProvider = Context.Provider;

const Ended = createContext<() => void>(() => {});

export const EndedProvider = Ended.Provider;

/** To be called when nothing is left of the profile that is shown. */
export const useEnded = (): (() => void) => useContext(Ended);

/** The controller; only under `ControllerProvider`. */
export const useController = (): Controller => {
  const controller = useContext(Context);
  if (!controller) throw new Error("A view was rendered outside of its controller.");
  return controller;
};
