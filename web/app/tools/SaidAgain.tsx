import type { MessageView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { nameIn } from "../views/nameIn.ts";
import { ToolCard } from "./ToolCard.tsx";

interface SaidAgainProps {
  readonly line: MessageView;
  readonly conversation: Conversation;
}

/** A roll call that was said once more: a word where the first one is here, and the whole of it elsewhere. */
export const SaidAgain = ({ line, conversation }: SaidAgainProps) => {
  const app = useController();
  const { caucus, tool, sender } = line;
  const first = tool?.kind === "rollCall" && tool.again !== undefined ? conversation.line(tool.again) : undefined;
  const own = sender === app.me;
  return (
    <li class="note">
      <Icon name="roll" size="m" />
      <div class="stack stack--tight">
        {first ? (
          <button
            type="button"
            class="note__key"
            onClick={() => app.router.open({ over: "tool", caucus, message: first.message })}
          >
            {t(own ? "roll-repeated-own" : "roll-repeated", { name: nameIn(app, caucus, sender) })}
          </button>
        ) : (
          <>
            <span>{t(own ? "roll-repeated-own" : "roll-repeated", { name: nameIn(app, caucus, sender) })}</span>
            <ToolCard line={line} />
          </>
        )}
      </div>
    </li>
  );
};
