import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { GroupId } from "../../../src/types.ts";
import { size } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { IconKey, Key } from "../parts/Key.tsx";
import { NoticeBar } from "../parts/NoticeBar.tsx";
import { PhotoDesk } from "../photo/desk.ts";
import { PhotoSource } from "../photo/PhotoSource.tsx";
import { Stage } from "../photo/Stage.tsx";
import { Toolbar, ToolOptions } from "../photo/Tools.tsx";
import { photoTroubleId } from "../photo/trouble.ts";

/** Takes or chooses a photo, edits it, and sends it to a caucus. The picture to begin with is `Files.photo`. */
export const PhotoEditor = ({ caucus }: { readonly caucus: GroupId }) => {
  const controller = useController();
  const { router } = controller;
  const { photo: file } = controller.files;
  const dialog = useRef<HTMLDialogElement>(null);
  const desk = useMemo(() => file.value && new PhotoDesk(), [file.value]);
  const caption = useSignal("");
  const sending = useSignal(false);
  const once = useSignal(false);

  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      // While it is open, what lies under it takes no focus.
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    if (desk && file.value) void desk.open(file.value);
    return () => desk?.close();
  }, [desk]);
  useEffect(
    () => () => {
      file.value = undefined;
    },
    [],
  );

  const send = async (from: PhotoDesk): Promise<void> => {
    if (sending.peek()) return;
    sending.value = true;
    const text = caption.peek().trim();
    try {
      // A name of its own would tell the camera and the day.
      await controller.files.send(
        { caucus, name: "photo.jpg", photo: true, ...(text && { text }), ...(once.peek() && { once: true }) },
        from.source(),
      );
      router.closes("photo");
    } catch (error) {
      controller.say(photoTroubleId(error), undefined, "amber");
    }
    sending.value = false;
  };

  // What is being saved is told to go a moment later.
  const leave = (): void => {
    if (!sending.peek()) router.back();
  };
  const open = desk?.photo.value;
  return (
    <dialog
      class="editor"
      ref={dialog}
      aria-label={t("photo-title")}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <header class="bar">
        <IconKey icon="close" label={t(open ? "photo-discard" : "close")} onPress={leave} />
        <div class="bar__title" />
        {desk && open && (
          <>
            <History desk={desk} />
            <Key kind="go" disabled={sending.value} onPress={() => void send(desk)}>
              {t(sending.value ? "photo-saving" : "photo-send")}
            </Key>
          </>
        )}
      </header>
      {desk && open ? (
        <>
          <Stage desk={desk} />
          <footer class="tools">
            <Facts desk={desk} />
            <ToolOptions desk={desk} />
            <input
              class="input tools__caption"
              dir="auto"
              aria-label={t("photo-caption")}
              placeholder={t("photo-caption")}
              autocomplete="off"
              value={caption.value}
              onInput={(event) => {
                caption.value = event.currentTarget.value;
              }}
            />
            <div class="tools__line">
              <Key pressed={once.value} onPress={() => void (once.value = !once.value)}>
                {t("once")}
              </Key>
            </div>
            {once.value && <p class="facts-line">{t("once-hint")}</p>}
            <Toolbar desk={desk} />
          </footer>
        </>
      ) : (
        <div class="editor__wait">
          <p role="status">
            {desk
              ? t(desk.trouble.value ? `photo-trouble-${desk.trouble.value}` : "photo-opening")
              : t("photo-take-hint")}
          </p>
          {(!desk || desk.trouble.value) && (
            <PhotoSource
              onChoose={(chosen) => {
                file.value = chosen;
              }}
            />
          )}
        </div>
      )}
      <NoticeBar />
    </dialog>
  );
};

const History = ({ desk }: { readonly desk: PhotoDesk }) => {
  const { past, future } = desk.history.value;
  return (
    <>
      {future.length > 0 && (
        <IconKey class="editor__redo" icon="undo" label={t("photo-redo")} onPress={() => desk.do({ do: "redo" })} />
      )}
      {past.length > 0 && (
        <IconKey class="editor__undo" icon="undo" label={t("photo-undo")} onPress={() => desk.do({ do: "undo" })} />
      )}
    </>
  );
};

const REMOVED = { place: "photo-place-removed", data: "photo-data-removed", nothing: "photo-nothing-hidden" } as const;

/** What happens to the file, before it happens. */
const Facts = ({ desk }: { readonly desk: PhotoDesk }) => {
  const photo = desk.photo.value;
  const weight = desk.weight.value;
  if (!photo) return null;
  const removed = t(REMOVED[photo.hidden]);
  return (
    <div class="facts-line">
      {desk.tool.value === "black" && <span>{t("photo-black-hint")}</span>}
      <span role="status">
        {weight === undefined ? removed : t("photo-facts", { removed, before: size(photo.size), after: size(weight) })}
      </span>
      <span class="vh" id="photo-keys">
        {t("photo-keys")}
      </span>
    </div>
  );
};
