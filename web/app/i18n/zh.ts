/** The words in Chinese of what is seen first. */
import common from "./zh/common.ftl";
import conversation from "./zh/conversation.ftl";
import join from "./zh/join.ftl";
import people from "./zh/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
