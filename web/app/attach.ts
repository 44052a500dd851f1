import type { GroupId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

/** Photos say where they were taken; some browsers do not know the type of a telephone's. */
export const isPhoto = ({ type, name }: File): boolean =>
  type === "" ? /\.(heic|heif)$/i.test(name) : type.startsWith("image/") && type !== "image/svg+xml";

/** A photo goes to the editor first, several to where they are looked through; any other file is sent as it is. */
export const attachFiles = (app: Controller, caucus: GroupId, files: readonly File[]): void => {
  const { files: desk, router } = app;
  const photos = files.filter(isPhoto);
  const [first, ...more] = photos;
  if (more.length > 0) {
    desk.photos.value = photos;
    router.open({ over: "photos", caucus });
  } else if (first) {
    desk.photo.value = first;
    router.open({ over: "photo", caucus });
  } else if (files.length > 0 && router.route.peek().over) router.back();
  void app.act(async () => {
    for (const file of files) if (!isPhoto(file)) await desk.sendBlob(caucus, file);
  });
};
