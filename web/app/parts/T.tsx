import type { Args } from "../i18n/index.ts";
import { marked } from "../i18n/index.ts";

/** A message whose important words are strong. */
export const T = ({ id, args }: { readonly id: string; readonly args?: Args }) => (
  <>{marked(id, args).map(({ text, strong }) => (strong ? <b>{text}</b> : text))}</>
);
