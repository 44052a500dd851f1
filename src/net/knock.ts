/** Whether somebody answers at an address, by TCP and without a word. Node only. */
import { connect } from "node:net";
import type { Millis } from "../types.ts";

/** `refused`: the machine is there, and nothing listens. `silent`, `unreachable`: nothing comes back, or word that nothing can. */
export type Knock = "open" | "refused" | "silent" | "unreachable";

/** Two tries of the system's own: one packet may be lost. */
const PATIENCE: Millis = 2500;

/** Opens a connection and closes it. Never rejects. */
export const knock = (host: string, port: number): Promise<Knock> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const done = (how: Knock): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(how);
    };
    const late = setTimeout(() => done("silent"), PATIENCE);
    socket.once("connect", () => done("open"));
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      done(code === "ECONNREFUSED" || code === "ECONNRESET" ? "refused" : "unreachable"),
    );
  });
