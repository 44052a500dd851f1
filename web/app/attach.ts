import type { GroupId } from "../../src/types.ts";
import type { Controller } from "./controller.ts";

/** A photo goes to the editor first; any other file is sent as it is. */
export const attachFile = (app: Controller, caucus: GroupId, file: File | undefined): void => {
  if (!file) return;
  if (file.type.startsWith("image/") && file.type !== "image/svg+xml") {
    app.files.photo.value = file;
    app.router.open({ over: "photo", caucus });
    return;
  }
  if (app.router.route.peek().over) app.router.back();
  void app.act(() => app.files.sendBlob(caucus, file));
};
