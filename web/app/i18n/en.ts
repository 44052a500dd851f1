/** The words in English. */
import common from "./en/common.ftl";
import conversation from "./en/conversation.ftl";
import join from "./en/join.ftl";
import caucus from "./en/caucus.ftl";
import connection from "./en/connection.ftl";
import people from "./en/people.ftl";
import photo from "./en/photo.ftl";
import settings from "./en/settings.ftl";

export const words: readonly string[] = [common, conversation, join, caucus, connection, people, photo, settings];
