import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/index.ts";
import { useController } from "./context.tsx";
import { IconKey } from "./Key.tsx";
import { NoticeBar } from "./NoticeBar.tsx";

interface SheetProps {
  readonly title: ComponentChildren;
  readonly wide?: boolean;
  /** What it shows just now, where that changes by itself or with its keys: what is new is read out. */
  readonly phase?: string | undefined;
  /** Classes of the body besides its own, such as `stack`. */
  readonly body?: string;
  readonly foot?: ComponentChildren;
  readonly footBody?: string;
  readonly children: ComponentChildren;
}

/**
 * A sheet over the screen. The browser's own modal dialog keeps the focus inside, makes the rest inert and gives the focus
 * back; Esc, the scrim, the key and the browser's back all close it.
 */
export const Sheet = ({ title, wide, phase, body = "", foot, footBody = "keys keys--even", children }: SheetProps) => {
  const { router } = useController();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    // The key that had the focus is gone.
    const lost = document.activeElement === document.body || document.activeElement === dialog.current;
    if (lost) dialog.current?.querySelector<HTMLElement>(".sheet__body")?.focus();
  }, [phase]);
  return (
    <dialog
      class="scrim"
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        router.back();
      }}
      onPointerDown={(event) => event.target === event.currentTarget && router.back()}
    >
      <section class={`sheet${wide ? " sheet--wide" : ""}`}>
        <div class="bar">
          <div class="bar__title">
            <h1 class="small" id={id}>
              {title}
            </h1>
          </div>
          <IconKey icon="close" label={t("close")} onPress={() => router.back()} />
        </div>
        <div class={`sheet__body ${body}`.trim()} tabIndex={0}>
          {children}
        </div>
        <NoticeBar />
        {/* Keys of another phase are others: a second press must not say yes to what has just come. */}
        {foot && (
          <div class={`sheet__foot ${footBody}`} key={phase}>
            {foot}
          </div>
        )}
      </section>
    </dialog>
  );
};
