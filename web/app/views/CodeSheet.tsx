import { useSignal } from "@preact/signals";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Field } from "../parts/Field.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { PhotoSource } from "../photo/PhotoSource.tsx";

/** Longest link that is read; a code with four addresses is under half of it. */
const MAX_LINK = 4_000;

/** Joins by a link or a code: pasted, typed, photographed, or brought by the address of the page. */
export const CodeSheet = () => {
  const app = useController();
  const brought = app.pending.value;
  const code = useSignal(brought ?? "");
  const joining = useSignal(false);
  const scan = useSignal<"reading" | "none" | undefined>(undefined);

  const join = async (): Promise<void> => {
    if (joining.peek() || code.peek().trim() === "") return;
    // Somebody's own code, scanned by the wrong sheet.
    if (code.peek().includes("couloir-verify:")) return app.verification.bring(code.peek());
    // A device that wants to be one of this person's.
    if (code.peek().includes("couloir-link:")) {
      const read = await app.act(() => app.backend.api.readLink(code.peek().trim()));
      if (read) app.router.open({ over: "devices" });
      return;
    }
    joining.value = true;
    const joined = await app.membership.join(code.peek());
    joining.value = false;
    if (!joined) return;
    app.pending.value = undefined;
    // Joined: its caucus is open already, and this sheet gone. Waiting for a member: nothing more to do here.
    app.router.closes("code");
  };
  const read = async (photo: File): Promise<void> => {
    scan.value = "reading";
    const { readQr } = await import("../qr/readQr.ts");
    const found = await readQr(photo).catch(() => undefined);
    scan.value = found ? undefined : "none";
    if (!found) return;
    code.value = found;
    await join();
  };

  return (
    <Sheet
      title={t("code-title")}
      foot={
        <Key kind="go" tall wide disabled={joining.value || code.value.trim() === ""} onPress={() => void join()}>
          {t(joining.value ? "code-joining" : "code-join")}
        </Key>
      }
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        {brought && <p>{t("code-brought")}</p>}
        <Field
          label={t("code-field")}
          hint={t("code-field-hint")}
          value={code.value}
          maxLength={MAX_LINK}
          onInput={(value) => {
            code.value = value;
          }}
        />
        <div class="stack stack--tight">
          <p class="quiet t-side">{t("code-scan-hint")}</p>
          <PhotoSource onChoose={(photo) => void read(photo)} />
          <p class="hint" role="status">
            {scan.value && t(scan.value === "reading" ? "code-reading" : "code-none")}
          </p>
        </div>
      </form>
    </Sheet>
  );
};
