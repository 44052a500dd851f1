/** The words in Spanish of what is seen first. */
import common from "./es/common.ftl";
import conversation from "./es/conversation.ftl";
import join from "./es/join.ftl";
import people from "./es/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
