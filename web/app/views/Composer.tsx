import { useRef, useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { CaucusView } from "../../../src/types.ts";
import type { Conversation } from "../conversation.ts";
import { attachFiles } from "../attach.ts";
import { apart, loadApart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";
import { T } from "../parts/T.tsx";
import { t } from "../i18n/index.ts";
import { partnerOf, readersOf } from "../reading.ts";
import { plainName } from "../text.ts";
import { fine } from "../pointer.ts";

interface ComposerProps {
  readonly conversation: Conversation;
  readonly caucus: CaucusView;
}

/** To whom it goes, in place of "write a message". */
const audience = (caucus: CaucusView, me: CaucusView["members"][number]["person"], reach: boolean): string => {
  const readers = readersOf(caucus, me);
  const partner = partnerOf(caucus, me);
  const [held, ...others] = caucus.heldFor ?? [];
  if (held) {
    const name = plainName(caucus.members.find(({ person }) => person === held)?.name ?? "") || t("nameless");
    return t(others.length > 0 ? "to-held-many" : "to-held", { name, others: others.length });
  }
  if (partner) return t("to-one", { name: plainName(partner.name) || t("nameless") });
  if (readers.length === 0) return t("to-nobody");
  if (!reach) return t("to-later");
  return t("to-many", { all: readers.length, here: readers.filter((one) => one.online).length });
};

/** Guests read along: their keys were where whoever runs the Wi-Fi could have read them. */
const GuestNote = ({ caucus }: Pick<ComposerProps, "caucus">) => {
  const app = useController();
  const guests = readersOf(caucus, app.me).filter((one) => one.guest);
  if (guests.length === 0) return null;
  const names = guests.slice(0, 3).map((one) => plainName(one.name) || t("nameless"));
  return (
    <button
      type="button"
      class="reading-along"
      onClick={() => app.router.open({ over: "readers", caucus: caucus.caucus })}
    >
      <Icon name="door" size="s" />
      <span>
        <T id={guests.length > 3 ? "guests-read-many" : "guests-read"} args={{ names, count: guests.length }} />
      </span>
    </button>
  );
};

/** Where one writes. Enter sends where there is a keyboard, and makes a line on a phone; never while a word is composed. */
export const Composer = ({ conversation, caucus }: ComposerProps) => {
  const app = useController();
  const field = useRef<HTMLTextAreaElement>(null);
  const pick = useRef<HTMLInputElement>(null);
  const faces = useSignal(false);
  const id = caucus.caucus;
  const draft = app.drafts.of(id);
  const alone = app.reach.value.people === 0;
  const waiting = alone || caucus.heldFor !== undefined;
  const answering = conversation.answering.value;
  const screens = apart.value;

  useEffect(() => {
    if (fine()) field.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (answering) field.current?.focus();
  }, [answering]);

  const send = () => {
    const sending = app.drafts.take(id, conversation.answering.peek()?.message);
    if (!sending) return;
    faces.value = false;
    void app
      .act(async () => {
        await conversation.send(sending.text, sending.nonce);
        return true;
      })
      .then((done) => (done ? app.drafts.sent(sending) : app.drafts.failed(sending)));
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey && (event.ctrlKey || event.metaKey || fine())) {
      event.preventDefault();
      send();
    }
    const up = event.key === "ArrowUp" && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (up && draft === "" && screens?.changeLast(app, conversation)) event.preventDefault();
    if (event.key === "Escape" && (conversation.answering.peek() || faces.peek())) {
      event.preventDefault();
      conversation.answer(undefined);
      faces.value = false;
    }
  };
  const attach = (files: readonly File[]) => {
    loadApart();
    void attachFiles(app, id, files);
  };
  const choose = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = "";
    attach(files);
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    attach(files);
  };

  return (
    <div class="pane__foot">
      <GuestNote caucus={caucus} />
      {screens && <screens.FadingNote caucus={caucus} />}
      {screens && <screens.Answering conversation={conversation} />}
      {screens && <screens.NameChoice caucus={caucus} draft={draft} field={field} />}
      {faces.value && screens && <screens.Faces caucus={id} field={field} />}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <input
          ref={pick}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label={t("photo")}
          onChange={(event) => choose(event.currentTarget)}
        />
        <IconKey icon="plus" label={t("tools")} onPress={() => app.router.open({ over: "tools", caucus: id })} />
        <IconKey icon="photo" class="second" label={t("photo")} onPress={() => pick.current?.click()} />
        <div class="composer__field">
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            aria-label={t("write")}
            placeholder={audience(caucus, app.me, !alone)}
            value={draft}
            enterkeyhint={fine() ? "send" : "enter"}
            onInput={(event) => app.drafts.set(id, event.currentTarget.value)}
            onKeyDown={press}
            onPaste={paste}
          />
          <IconKey
            icon="face"
            label={t("emoji")}
            expanded={faces.value}
            onPress={() => {
              faces.value = !faces.value;
            }}
          />
        </div>
        <button
          type="submit"
          class="key key--go"
          data-state={waiting ? "waiting" : undefined}
          aria-label={t(waiting ? "send-later" : "send")}
        >
          <Icon name={waiting ? "clock" : "send"} />
        </button>
      </form>
    </div>
  );
};
