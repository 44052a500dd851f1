/** The words in Arabic. */
import common from "./ar/common.ftl";
import conversation from "./ar/conversation.ftl";
import join from "./ar/join.ftl";
import caucus from "./ar/b-caucus.ftl";
import connection from "./ar/b-connection.ftl";
import people from "./ar/b-people.ftl";
import photo from "./ar/b-photo.ftl";
import settings from "./ar/b-settings.ftl";

export const words: readonly string[] = [common, conversation, join, caucus, connection, people, photo, settings];
