/** The words in Arabic. */
import common from "./ar/common.ftl";
import conversation from "./ar/conversation.ftl";
import join from "./ar/join.ftl";
import caucus from "./ar/caucus.ftl";
import connection from "./ar/connection.ftl";
import people from "./ar/people.ftl";
import photo from "./ar/photo.ftl";
import settings from "./ar/settings.ftl";

export const words: readonly string[] = [common, conversation, join, caucus, connection, people, photo, settings];
