import { Fragment } from "preact";
import { t } from "../i18n/index.ts";
import { DOT } from "../text.ts";

/** Names of people or caucuses in a row, each in its own direction. */
export const Titles = ({ names }: { readonly names: readonly string[] }) => (
  <>
    {names.map((name, at) => (
      <Fragment key={at}>
        {at > 0 && DOT}
        <bdi>{name || t("nameless")}</bdi>
      </Fragment>
    ))}
  </>
);
