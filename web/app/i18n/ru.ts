/** The words in Russian of what is seen first. */
import common from "./ru/common.ftl";
import conversation from "./ru/conversation.ftl";
import join from "./ru/join.ftl";
import people from "./ru/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
