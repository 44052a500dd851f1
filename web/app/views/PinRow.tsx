import type { MessageView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { usePins } from "../pins.ts";

interface PinRowProps {
  readonly line: MessageView;
  readonly conversation: Conversation;
}

/** Pins an entry for everybody, or takes the pin off. */
export const PinRow = ({ line: { message }, conversation }: PinRowProps) => {
  const app = useController();
  const pinned = usePins(conversation).some(({ line }) => line.message === message);
  const press = (): void => {
    app.router.back();
    void app.act(() => conversation.pin(message, !pinned));
  };
  return (
    <button type="button" class="set" onClick={press}>
      <Icon name="pin" />
      <span class="grow">{t(pinned ? "pin-take" : "pin-put")}</span>
    </button>
  );
};
