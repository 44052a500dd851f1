/** A bundle carries Fluent files as text. */
declare module "*.ftl" {
  const source: string;
  export default source;
}
