import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { size } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { PhotosInHand } from "../photo/inHand.ts";
import { drawnAnew } from "../photo/several.ts";
import { photoTroubleId } from "../photo/trouble.ts";
import { TOGETHER } from "../record.ts";
import { plainFileName } from "../text.ts";

const newName = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Several photos before they are sent: which, with what words. The photos are `Files.photos`. */
export const PhotosSheet = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const { photos } = app.files;
  const caption = useSignal("");
  const chosen = useComputed(() => photos.value.slice(0, TOGETHER)).value;
  useEffect(
    () => () => {
      photos.value = [];
    },
    [],
  );
  // Drawn while one still looks at them: then little is left to do when they go.
  const inHand = useMemo(() => new PhotosInHand(drawnAnew), []);
  const ready = inHand.ready.value;
  const told = useSignal(false);
  const held = useComputed(() => app.files.held).value;
  useEffect(() => inHand.hold(chosen, held), [chosen, held]);
  // The sheet stays for a moment after they have gone.
  const gone = useRef(false);
  // A page that goes away loses nothing of what was sent. `ready` may be of those that were chosen before.
  useEffect(() => {
    if (told.value && chosen.length > 0 && inHand.ready.peek() === chosen.length) send();
  }, [told.value, ready, chosen, held]);
  const send = () => {
    if (gone.current) return;
    gone.current = true;
    const together = newName();
    const text = caption.peek().trim();
    app.router.back();
    for (const [at, file] of chosen.entries()) {
      const words = at === 0 && text && { text };
      // A name of its own would tell the camera and the day.
      const order = { caucus, name: "photo.jpg", photo: true, together, ...words };
      app.files.send(order, inHand.sourceOf(file)).catch((error: unknown) => {
        // The words do not go with a photo that cannot be drawn.
        if (words && app.drafts.of(caucus) === "") app.drafts.set(caucus, text);
        app.say(photoTroubleId(error), undefined, "amber");
      });
    }
  };
  const foot = (
    <Key kind="go" disabled={chosen.length === 0 || told.value} onPress={() => (told.value = true)}>
      {t("send")}
    </Key>
  );
  return (
    <Sheet title={t("photos-count", { count: chosen.length })} foot={foot} body="stack stack--tight">
      {photos.value.length > TOGETHER && <p role="status">{t("photos-many", { most: TOGETHER })}</p>}
      <ul class="rows">
        {chosen.map((file) => (
          <li class="row row--apart" key={file}>
            <span class="grow cut">
              <bdi>{plainFileName(file.name)}</bdi> <small class="num">{size(file.size)}</small>
            </span>
            <IconKey
              icon="close"
              label={t("photos-without", { name: plainFileName(file.name) })}
              onPress={() => {
                photos.value = photos.value.filter((one) => one !== file);
              }}
            />
          </li>
        ))}
      </ul>
      <input
        class="input"
        dir="auto"
        aria-label={t("photo-caption")}
        placeholder={t("photo-caption")}
        autocomplete="off"
        value={caption.value}
        onInput={(event) => {
          caption.value = event.currentTarget.value;
        }}
      />
      <p class="quiet" role="status">
        {told.value ? t("photos-ready", { ready, count: chosen.length }) : t("photos-hint")}
      </p>
    </Sheet>
  );
};
