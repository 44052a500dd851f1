import type { GroupId, MessageId } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { when } from "../i18n/format.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Sheet } from "../parts/Sheet.tsx";
import { usePins } from "../pins.ts";
import { plainName } from "../text.ts";
import { gist } from "./Entry.tsx";

/** The newest pin, and how many there are; pressed, it shows all. */
export const PinnedStrip = ({ conversation }: { readonly conversation: Conversation }) => {
  const app = useController();
  const pins = usePins(conversation);
  const [first] = pins;
  if (!first) return null;
  return (
    <button type="button" class="strip" onClick={() => app.router.open({ over: "pins", caucus: conversation.caucus })}>
      <Icon name="pin" size="m" />
      <span class="vh">{t("pinned-title")}: </span>
      <span class="grow cut" dir="auto">
        {gist(first.line)}
      </span>
      {pins.length > 1 && <span class="num">{t("pinned-count", { count: pins.length })}</span>}
      <Icon name="onward" size="s" />
    </button>
  );
};

const Pins = ({ conversation }: { readonly conversation: Conversation }) => {
  const app = useController();
  const pins = usePins(conversation);
  const find = async (message: MessageId): Promise<void> => {
    app.router.back();
    if ((await app.act(() => conversation.find(message))) === false) app.say("quote-not-here");
  };
  if (pins.length === 0) return <p class="quiet">{t("pinned-none")}</p>;
  return (
    <ul class="rows rows--open">
      {pins.map(({ line, by, name, at }) => (
        <li key={line.message}>
          <button type="button" class="set" onClick={() => void find(line.message)}>
            <span class="grow">
              <b class="person__name">
                <bdi>{line.sender === app.me ? t("you") : plainName(line.name) || t("nameless")}</bdi>
              </b>
              <span dir="auto">{gist(line)}</span>
              <small>
                {by === app.me
                  ? t("pinned-by-you", { time: when(at, Date.now()) })
                  : t("pinned-by", { name: plainName(name) || t("nameless"), time: when(at, Date.now()) })}
              </small>
            </span>
            <Icon name="onward" size="s" />
          </button>
        </li>
      ))}
    </ul>
  );
};

/** All that is pinned; each leads to where it was said. */
export const PinsSheet = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  const conversation = app.conversation.value;
  return (
    <Sheet title={t("pinned-title")}>
      {conversation?.caucus === caucus ? <Pins conversation={conversation} /> : t("not-there-hint")}
    </Sheet>
  );
};
