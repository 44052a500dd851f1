/** The bundled `worker.ts` as text: a blob of it is a worker also where scripts of their own may not be loaded. */
declare module "couloir:worker" {
  export const source: string;
}
