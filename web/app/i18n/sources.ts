/** The words, as a bundle carries them. */
import arCommon from "./ar/common.ftl";
import arConversation from "./ar/conversation.ftl";
import arJoin from "./ar/join.ftl";
import enCommon from "./en/common.ftl";
import enConversation from "./en/conversation.ftl";
import enJoin from "./en/join.ftl";
import type { Sources } from "./index.ts";

export const sources: Sources = {
  en: [enCommon, enConversation, enJoin],
  ar: [arCommon, arConversation, arJoin],
};
