import { useSignal } from "@preact/signals";
import { Key } from "../parts/Key.tsx";
import { t } from "../i18n/index.ts";
import { cut, pieces, plainText } from "../text.ts";

/** Characters shown of a long text before the reader asks for the rest. */
const SHOWN = 2_000;

/** What somebody wrote. Addresses are links that say where they lead; everything else is text. */
export const Words = ({ text }: { readonly text: string }) => {
  const whole = useSignal(false);
  const plain = plainText(text);
  const shown = whole.value ? plain : cut(plain, SHOWN);
  return (
    <>
      <p dir="auto">
        {pieces(shown).map((piece) =>
          piece.href ? (
            <a class="address" href={piece.href} target="_blank" rel="noopener noreferrer" title={piece.href}>
              <bdi>{piece.text}</bdi>
              {piece.host && <span class="address__host"> ({piece.host})</span>}
            </a>
          ) : (
            piece.text
          ),
        )}
      </p>
      {shown !== plain && (
        <Key
          kind="plain"
          onPress={() => {
            whole.value = true;
          }}
        >
          {t("show-all")}
        </Key>
      )}
    </>
  );
};
