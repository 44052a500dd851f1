import { useSignal } from "@preact/signals";
import { namedPieces } from "../../../src/content/mentions.ts";
import type { MessageView } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";
import { Key } from "../parts/Key.tsx";
import { t } from "../i18n/index.ts";
import { cut, pieces, plainName, plainText } from "../text.ts";

/** Characters shown of a long text before the reader asks for the rest. */
const SHOWN = 2_000;

interface WordsProps {
  readonly line: Pick<MessageView, "text" | "mentions" | "caucus">;
}

/** Words that name somebody. Whoever is not in the caucus is nobody that they could name. */
const Naming = ({ text, line }: WordsProps & { readonly text: string }) => {
  const app = useController();
  return (
    <>
      {namedPieces(text, line.mentions).map((piece) => {
        const self = piece.person === app.me;
        const who = self ? app.profile.value : piece.person && app.member(line.caucus, piece.person);
        if (!who) return piece.text;
        return (
          <b class="named" data-own={self ? "" : undefined}>
            @<bdi>{plainName(who.name) || t("nameless")}</bdi>
          </b>
        );
      })}
    </>
  );
};

/** What somebody wrote. Addresses are links that say where they lead; everything else is text. */
export const Words = ({ line }: WordsProps) => {
  const app = useController();
  const whole = useSignal(false);
  const plain = plainText(line.text);
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
            <Naming text={piece.text} line={line} />
          ),
        )}
      </p>
      {shown !== plain && (
        <Key
          kind="plain"
          onPress={() => {
            app.conversation.peek()?.follow(false);
            whole.value = true;
          }}
        >
          {t("show-all")}
        </Key>
      )}
    </>
  );
};
