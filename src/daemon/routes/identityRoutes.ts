/** Routes by which a person moves to another device, or from one, as an encrypted file. */
import type { Hono } from "hono";
import { usage } from "../../errors.ts";
import { MAX_IDENTITY_FILE } from "../../messenger/identityFile.ts";
import type { ApiHost } from "../api.ts";
import { isBytes, readHead } from "../headedBody.ts";
import * as shape from "../schemas.ts";
import { body, type Served } from "./request.ts";

const MAX_HEAD = 8192;

const whole = async (rest: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of rest) {
    size += part.length;
    if (size > MAX_IDENTITY_FILE) throw usage("identity-too-large", "this is no identity file: it is too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
};

/** Moving in; to be added before the route that reads JSON from every body. */
export const importRoutes = (app: Hono<Served>, importIdentity: ApiHost["importIdentity"]): void => {
  app.post("/api/identity/import", async (c) => {
    isBytes(c.req.header("content-type"));
    const { head, rest } = await readHead(c.req.raw.body, MAX_HEAD);
    const { passphrase } = shape.parse(shape.passphraseBody, head);
    const begin = await importIdentity(await whole(rest), passphrase);
    setImmediate(begin);
    return c.json({});
  });
};

/** Moving out; whoever moves stays here as well. */
export const exportRoutes = (app: Hono<Served>, exportIdentity: ApiHost["exportIdentity"]): void => {
  app.post("/api/identity/export", async (c) => {
    const file = await exportIdentity(body(c, shape.passphraseBody).passphrase);
    return c.body(new Uint8Array(file), 200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": 'attachment; filename="couloir-identity"',
    });
  });
};
