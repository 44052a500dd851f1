/** Photos that go as they were chosen, but drawn anew, one after the other: a phone has no room for ten at once. */
import type { Source } from "../order.ts";
import { discard } from "./canvas.ts";
import { UNTOUCHED } from "./edit.ts";
import { finishPhoto, type FinishedPhoto } from "./finish.ts";
import { openPhoto } from "./open.ts";

/** Bytes of photos that wait to be drawn which are held for a page that goes away meanwhile. */
const HELD = 19_000_000;

const redrawn = async (file: Blob): Promise<FinishedPhoto> => {
  const photo = await openPhoto(file);
  try {
    return await finishPhoto(photo, UNTOUCHED.now);
  } finally {
    discard(photo);
  }
};

let before: Promise<unknown> = Promise.resolve();
let held = 0;

/** Where a photo comes from; it is begun at once. Rejects with a `PhotoTrouble` where it cannot be drawn. */
export const drawnFrom = (file: Blob): Source => {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const room = held + file.size <= HELD;
  if (room) {
    held += file.size;
    file.arrayBuffer().then(
      (all) => (bytes = new Uint8Array(all)),
      () => undefined,
    );
  }
  const ready = before.then(() => redrawn(file));
  const end = () => {
    bytes = undefined;
    if (room) held -= file.size;
  };
  before = ready.then(end, end);
  return { ready: () => ready, now: () => bytes && { bytes, type: file.type, raw: true } };
};
