import type { GroupId } from "../../../src/types.ts";
import { apart } from "../parts/apart.ts";
import { useController } from "../parts/context.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";
import { MainPane } from "../parts/Pane.tsx";
import { Mark, Name } from "../parts/Placard.tsx";
import { GuestStrip, Strip } from "../parts/Strip.tsx";
import { AskStrip, HeldStrip } from "../parts/TrustStrips.tsx";
import { t } from "../i18n/index.ts";
import { partnerOf } from "../reading.ts";
import { AwayNote } from "./AwayNote.tsx";
import { HereTally } from "./CaucusLine.tsx";
import { Composer } from "./Composer.tsx";
import { Record } from "./Record.tsx";

/** A caucus that is open: who, what was said, what is being written. */
export const Conversation = ({ caucus: id }: { readonly caucus: GroupId }) => {
  const app = useController();
  const caucus = app.caucus(id);
  const open = app.conversation.value;
  if (!caucus || !open || open.caucus !== id) {
    return (
      <MainPane title="">{app.ready.value && <Empty title={t("not-there")}>{t("not-there-hint")}</Empty>}</MainPane>
    );
  }
  const partner = partnerOf(caucus, app.me);
  const screens = apart.value;
  return (
    <section class="pane pane--main" aria-label={app.title(caucus) || t("nameless")}>
      <header class="pane__head">
        <div class="bar bar--ruled">
          <IconKey class="only-phone" icon="back" label={t("back")} onPress={() => app.router.back()} />
          <button
            type="button"
            class="bar__title bar__title--key"
            onClick={() => app.router.open({ over: "readers", caucus: id })}
          >
            <h1 class="small row" tabIndex={-1}>
              <Name name={app.title(caucus)} />
              {partner && <Mark trust={partner.trust} />}
            </h1>
            <span class="line__state line__state--bare">
              {caucus.state === "gone" ? t("list-gone") : <HereTally caucus={caucus} />}
            </span>
          </button>
          {caucus.mayInvite && caucus.state === "joined" && !caucus.direct && (
            <IconKey
              icon="qr"
              label={t("menu-invite")}
              onPress={() => app.router.open({ over: "invite", caucus: id })}
            />
          )}
          {screens && <screens.SearchKey caucus={id} />}
          <IconKey icon="more" label={t("more")} onPress={() => app.router.open({ over: "menu", caucus: id })} />
        </div>
        <div class="only-phone">
          <AskStrip />
        </div>
        <HeldStrip caucus={caucus} />
        {screens && <screens.PinnedStrip key={id} conversation={open} />}
        <GuestStrip />
        {app.reach.value.path === "none" && !app.backend.guest && (
          <div class="only-phone">
            <Strip />
          </div>
        )}
        <div class="only-phone">
          <AwayNote />
        </div>
      </header>
      <Record key={id} conversation={open} caucus={caucus} />
      {caucus.state === "joined" ? (
        <Composer key={id} conversation={open} caucus={caucus} />
      ) : (
        <p class="pane__foot pane__act row quiet">
          <Icon name="door" size="m" />
          {t("gone-hint")}
        </p>
      )}
    </section>
  );
};
