/** The words, as a bundle carries them. */
import arCommon from "./ar/common.ftl";
import arConversation from "./ar/conversation.ftl";
import arJoin from "./ar/join.ftl";
import enCommon from "./en/common.ftl";
import enConversation from "./en/conversation.ftl";
import enJoin from "./en/join.ftl";
import arCaucus from "./ar/b-caucus.ftl";
import arConnection from "./ar/b-connection.ftl";
import arPeople from "./ar/b-people.ftl";
import arPhoto from "./ar/b-photo.ftl";
import arSettings from "./ar/b-settings.ftl";
import enCaucus from "./en/b-caucus.ftl";
import enConnection from "./en/b-connection.ftl";
import enPeople from "./en/b-people.ftl";
import enPhoto from "./en/b-photo.ftl";
import enSettings from "./en/b-settings.ftl";
import type { Sources } from "./index.ts";

export const sources: Sources = {
  en: [enCommon, enConversation, enJoin, enCaucus, enConnection, enPeople, enPhoto, enSettings],
  ar: [arCommon, arConversation, arJoin, arCaucus, arConnection, arPeople, arPhoto, arSettings],
};
