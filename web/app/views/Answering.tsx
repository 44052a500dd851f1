import type { Conversation } from "../conversation.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";
import { plainName } from "../text.ts";
import { gist } from "./Entry.tsx";

/** What the next entry answers. */
export const Answering = ({ conversation }: { readonly conversation: Conversation }) => {
  const app = useController();
  const line = conversation.answering.value;
  if (!line) return null;
  const name = line.sender === app.me ? t("you") : plainName(line.name) || t("nameless");
  return (
    <div class="answering">
      <div class="reply">
        <Icon name="reply" size="s" />
        <b>
          <span class="vh">{t("in-answer-to")} </span>
          <bdi>{name}</bdi>
        </b>
        <span class="cut" dir="auto">
          {gist(line)}
        </span>
      </div>
      <IconKey icon="close" label={t("answer-not")} onPress={() => conversation.answer(undefined)} />
    </div>
  );
};
