import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MailHeld, MailImport } from "../../../src/messenger/api.ts";
import { bytesOf } from "../bytesOf.ts";
import { offer } from "../download.ts";
import { sentences } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { troubleId } from "../trouble.ts";

/** What became of a file, as sentences. */
const results = ({ known, expired, elsewhere, refused, whole, ...rest }: MailImport): readonly string[] => [
  t("mail-new", { envelopes: rest.new }),
  ...(known > 0 ? [t("mail-known", { envelopes: known })] : []),
  ...(expired > 0 ? [t("mail-expired", { envelopes: expired })] : []),
  ...(elsewhere > 0 ? [t("mail-elsewhere", { envelopes: elsewhere })] : []),
  ...(refused > 0 ? [t("mail-refused", { envelopes: refused })] : []),
  ...(whole ? [] : [t("mail-broken")]),
];

/** Sealed mail on a stick: all that this device carries into a file, and what a file holds into this device. */
export const MailByFile = () => {
  const { api } = useController().backend;
  const held = useSignal<MailHeld | undefined>(undefined);
  const busy = useSignal(false);
  const said = useSignal<readonly string[]>([]);

  const look = async (): Promise<void> => {
    held.value = await api.mail().catch(() => undefined);
  };
  useEffect(() => void look(), []);

  const run = async (work: () => Promise<readonly string[]>): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    said.value = [];
    try {
      said.value = await work();
    } catch (error) {
      said.value = [t(troubleId(error))];
    }
    await look();
    busy.value = false;
  };
  const save = async (): Promise<readonly string[]> => {
    const parts: BlobPart[] = [];
    for await (const part of api.exportMail()) parts.push(new Uint8Array(part));
    offer(new Blob(parts, { type: "application/octet-stream" }), "mail.couloir");
    return [t("mail-saved")];
  };
  const take = async (file: File): Promise<readonly string[]> => results(await api.importMail(bytesOf(file)));
  const { envelopes = 0, unsealed = 0 } = held.value ?? {};
  return (
    <Sheet title={t("mail-title")} body="stack">
      <p>{t("mail-hint")}</p>
      <Key
        kind="go"
        tall
        wide
        icon="keep"
        disabled={busy.value || held.value === undefined}
        onPress={() => void run(save)}
      >
        {t("mail-save")}
      </Key>
      <p class="hint">
        {sentences(
          t("mail-held", { envelopes }),
          ...(unsealed > 0 ? [t("mail-unsealed", { messages: unsealed })] : []),
        )}
      </p>
      <label class="key">
        <span class="cut">{t("mail-take")}</span>
        <input
          class="vh"
          type="file"
          disabled={busy.value}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = "";
            if (file) void run(() => take(file));
          }}
        />
      </label>
      <div role="status" class="stack stack--tight">
        {busy.value && <p>{t("mail-busy")}</p>}
        {said.value.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </Sheet>
  );
};
