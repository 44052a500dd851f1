import type { GroupId } from "../../../src/types.ts";
import { t } from "../i18n/index.ts";
import { useController } from "../parts/context.tsx";
import { Icon } from "../parts/Icon.tsx";
import { IconKey } from "../parts/Key.tsx";

/** In the bar of a conversation where there is room; elsewhere it is in the menu. */
export const SearchKey = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  return (
    <IconKey
      class="only-wide"
      icon="search"
      label={t("search-here")}
      onPress={() => app.router.open({ over: "search", caucus })}
    />
  );
};

/** In the menu of a conversation. */
export const FindRows = ({ caucus }: { readonly caucus: GroupId }) => {
  const app = useController();
  return (
    <>
      <button type="button" class="set" onClick={() => app.router.open({ over: "search", caucus })}>
        <Icon name="search" />
        <span class="grow">{t("search-here")}</span>
        <Icon name="onward" size="s" />
      </button>
      <button type="button" class="set" onClick={() => app.router.open({ over: "date", caucus })}>
        <Icon name="clock" />
        <span class="grow">
          {t("date-go")}
          <small>{t("date-go-hint")}</small>
        </span>
        <Icon name="onward" size="s" />
      </button>
    </>
  );
};

/** Below the caucuses that a word was found in: the same word in what was said. */
export const SearchSaid = ({ words }: { readonly words: string }) => {
  const app = useController();
  const sought = words.trim();
  return (
    <div class="inset">
      <button
        type="button"
        class="set"
        onClick={() => app.router.open({ over: "search", ...(sought !== "" && { words: sought }) })}
      >
        <Icon name="search" />
        <span class="grow">{sought === "" ? t("search-everywhere") : t("search-said", { words: sought })}</span>
        <Icon name="onward" size="s" />
      </button>
    </div>
  );
};
