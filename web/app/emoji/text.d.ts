/** A bundle carries the data of the picker as text, and the font of the flags as bytes. */
declare module "*.txt" {
  const text: string;
  export default text;
}
declare module "*.woff2" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
