import type { GroupId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

const isPhoto = ({ type }: File): boolean => type.startsWith("image/") && type !== "image/svg+xml";

/** A photo goes to the editor first, several to where they are looked through; any other file is sent as it is. */
export const attachFiles = (app: Controller, caucus: GroupId, files: readonly File[]): void => {
  const [first, ...more] = files;
  if (!first) return;
  if (more.length > 0 && files.every(isPhoto)) {
    app.files.photos.value = files;
    app.router.open({ over: "photos", caucus });
    return;
  }
  if (more.length === 0 && isPhoto(first)) {
    app.files.photo.value = first;
    app.router.open({ over: "photo", caucus });
    return;
  }
  if (app.router.route.peek().over) app.router.back();
  void app.act(async () => {
    for (const file of files) await app.files.sendBlob(caucus, file);
  });
};
