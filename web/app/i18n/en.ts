/** The words in English. */
import common from "./en/common.ftl";
import conversation from "./en/conversation.ftl";
import join from "./en/join.ftl";
import caucus from "./en/b-caucus.ftl";
import connection from "./en/b-connection.ftl";
import people from "./en/b-people.ftl";
import photo from "./en/b-photo.ftl";
import settings from "./en/b-settings.ftl";

export const words: readonly string[] = [common, conversation, join, caucus, connection, people, photo, settings];
