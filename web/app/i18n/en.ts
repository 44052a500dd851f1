/** The words in English of what is seen first. */
import common from "./en/common.ftl";
import conversation from "./en/conversation.ftl";
import join from "./en/join.ftl";
import people from "./en/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
