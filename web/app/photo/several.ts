/** Photos that are sent together, each drawn anew, one after the other: a phone has no room for ten at once. */
import type { Source } from "../order.ts";
import { discard } from "./canvas.ts";
import { UNTOUCHED } from "./edit.ts";
import { finishPhoto, type FinishedPhoto } from "./finish.ts";
import { openPhoto } from "./open.ts";

const redrawn = async (file: File): Promise<FinishedPhoto> => {
  const photo = await openPhoto(file);
  try {
    return await finishPhoto(photo, UNTOUCHED.now);
  } finally {
    discard(photo);
  }
};

/** Where each comes from, in their order. A source rejects with a `PhotoTrouble` where its own photo cannot be drawn. */
export const sourcesOf = (files: readonly File[]): readonly Source[] => {
  let before: Promise<unknown> = Promise.resolve();
  return files.map((file) => {
    const ready = before.then(() => redrawn(file));
    before = ready.catch(() => undefined);
    return { ready: () => ready };
  });
};
