/** Photos that go as they were chosen, but drawn anew, one after the other: a phone has no room for ten at once. */
import { discard } from "./canvas.ts";
import { UNTOUCHED } from "./edit.ts";
import { finishPhoto, type FinishedPhoto } from "./finish.ts";
import { openPhoto } from "./open.ts";

const redrawn = async (file: Blob): Promise<FinishedPhoto> => {
  const photo = await openPhoto(file);
  try {
    return await finishPhoto(photo, UNTOUCHED.now);
  } finally {
    discard(photo);
  }
};

let before: Promise<unknown> = Promise.resolve();

/** Draws a photo anew, behind those that are being drawn. Rejects with a `PhotoTrouble` where it cannot be. */
export const drawnAnew = (file: Blob): Promise<FinishedPhoto> => {
  const ready = before.then(() => redrawn(file));
  before = ready.catch(() => undefined);
  return ready;
};
