/** The words in Arabic of what is seen first. */
import common from "./ar/common.ftl";
import conversation from "./ar/conversation.ftl";
import join from "./ar/join.ftl";
import people from "./ar/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
