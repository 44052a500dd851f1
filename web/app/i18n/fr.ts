/** The words in French of what is seen first. */
import common from "./fr/common.ftl";
import conversation from "./fr/conversation.ftl";
import join from "./fr/join.ftl";
import people from "./fr/people.ftl";

export const words: readonly string[] = [common, conversation, join, people];
