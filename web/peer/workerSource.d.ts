/** The bundled `worker.ts` and `verifier.ts` as text: a blob of it is a worker also where scripts of their own may not be loaded. */
declare module "couloir:worker" {
  export const source: string;
}
declare module "couloir:verifier" {
  export const source: string;
}
