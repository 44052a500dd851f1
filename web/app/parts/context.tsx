/** How views come to their controller. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Controller } from "../controller.ts";

const Context = createContext<Controller | undefined>(undefined);

export const ControllerProvider = Context.Provider;

/** The controller; only under `ControllerProvider`. */
export const useController = (): Controller => {
  const controller = useContext(Context);
  if (!controller) throw new Error("A view was rendered outside of its controller.");
  return controller;
};
