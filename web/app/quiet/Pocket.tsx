import { useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";

/** Milliseconds that the key is held: longer than a touch by chance. */
const HELD = 900;
/** Felt in a pocket, where the device does that. */
const FELT = [200, 100, 200];

/**
 * A plain page over everything: the browser's own modal dialog keeps all else from being seen, found or read aloud. It
 * goes when its key is held, or by Enter or Esc on a keyboard.
 */
export const Pocket = ({ called }: { readonly called: boolean }) => {
  const { preferences } = useController();
  const { quiet } = preferences;
  const title = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const held = useSignal<ReturnType<typeof setTimeout> | undefined>(undefined);
  const open = () => quiet.set({ pocket: false });
  const letGo = () => {
    clearTimeout(held.peek());
    held.value = undefined;
  };
  const hold = () => {
    letGo();
    held.value = setTimeout(open, HELD);
  };
  useLayoutEffect(() => {
    dialog.current?.showModal();
    return () => {
      letGo();
      dialog.current?.close();
    };
  }, []);
  useEffect(() => {
    if (called && !quiet.plenary) navigator.vibrate?.(FELT);
  }, [called]);
  return (
    <dialog
      class="pocket"
      ref={dialog}
      aria-labelledby={title}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        open();
      }}
      // A phone's gesture to go back is no key: it comes by chance.
      onCancel={(event) => event.preventDefault()}
      onClose={() => {
        if (quiet.now.pocket && dialog.current?.isConnected) dialog.current.showModal();
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      <p class="wordmark" id={title}>
        {t("app-name")}
      </p>
      <p role="status">{called && !quiet.plenary && t("notify-call")}</p>
      <button
        type="button"
        class="key key--tall pocket__key"
        data-held={held.value === undefined ? undefined : ""}
        aria-describedby={`${title}-keys`}
        onPointerDown={hold}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        // From a keyboard or a screen reader: nothing was pointed at.
        onClick={(event) => {
          if (event.detail === 0) open();
        }}
      >
        <span>{t("pocket-hold")}</span>
      </button>
      <p class="t-meta" id={`${title}-keys`}>
        {t("pocket-keys")}
      </p>
    </dialog>
  );
};
