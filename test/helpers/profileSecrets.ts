/** What lies in a profile: everything decrypted, and by name what nobody but its person may read. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Level } from "level";
import { loadGroup } from "../../src/messenger/parts.ts";
import { loadSelf } from "../../src/messenger/selfRecord.ts";
import { unwrapKey } from "../../src/store/keyBox.ts";
import { openProfile } from "../../src/store/openNode.ts";
import { Vault } from "../../src/store/vault.ts";
import type { GroupId } from "../../src/types.ts";

/** The key of a profile that is not in use. */
export const profileKey = async (folder: string, passphrase?: string): Promise<Buffer> =>
  Buffer.from(await unwrapKey(await readFile(join(folder, "key")), passphrase));

/** Opens every record of a profile that is not in use, and writes each into a file; how many there were. */
export const dumpRecords = async (folder: string, into: string, passphrase?: string): Promise<number> => {
  await mkdir(into);
  const vault = new Vault(await profileKey(folder, passphrase));
  const level = new Level<Uint8Array, Uint8Array>(join(folder, "db"), {
    keyEncoding: "view",
    valueEncoding: "view",
    createIfMissing: false,
  });
  let count = 0;
  try {
    for await (const [key, sealed] of level.iterator()) {
      const plain = vault.open(key, sealed);
      // The one record that is not sealed is the version of the database.
      if (plain === undefined && key.length > 1) throw new Error(`a record of ${folder} does not open`);
      await writeFile(join(into, `${(count += 1)}.record`), Buffer.concat([key, plain ?? sealed]));
    }
  } finally {
    await level.close();
  }
  return count;
};

const bytes = (hex: string): Buffer => Buffer.from(hex, "hex");

/**
 * Names, keys and ids of a caucus as one member's profile has them. Left out is what everybody on the network sees by
 * design: tags, envelopes, and the transport's own ids.
 */
export const secretsOf = async (
  folder: string,
  caucus: GroupId,
  passphrase?: string,
): Promise<Readonly<Record<string, Buffer>>> => {
  const { store, vault } = await openProfile(folder, passphrase === undefined ? {} : { passphrase: () => passphrase });
  const secrets: Record<string, Buffer> = {};
  const add = (name: string, secret: Uint8Array): void => void (secrets[name] = Buffer.from(secret));
  try {
    const { self, profile } = await loadSelf(store, () => {
      throw new Error(`there is no person in ${folder}`);
    });
    add("the name", Buffer.from(profile.name));
    for (const pair of ["person", "device", "agreement"] as const) {
      add(`the ${pair} key`, self[pair].public);
      add(`the secret ${pair} key`, self[pair].secret as Uint8Array);
    }
    for (const { number, key, secret } of self.prekeys) {
      add(`prekey ${number}`, key);
      add(`the secret of prekey ${number}`, secret);
    }
    const held = await loadGroup(store, caucus);
    if (held === undefined) throw new Error(`${folder} does not hold that caucus`);
    const { view, seat, send, sent, receive, dag } = held.state;
    add("the caucus's name", Buffer.from(view.name));
    add("the group id", bytes(caucus));
    add("the view", bytes(view.view));
    add("the bucket's secret", view.bucket);
    add("the secret member key", seat.secret);
    for (const { number, key } of seat.prekeys) add(`member prekey ${number}`, key);
    for (const [at, member] of [...view.members.values()].entries()) {
      add(`member key ${at}`, bytes(member.member));
      add(`member ${at}'s person key`, bytes(member.person));
      add(`member ${at}'s name`, Buffer.from(member.card.name));
      add(`member ${at}'s agreement key`, member.card.agreement);
    }
    for (const [at, op] of dag.all().entries()) add(`operation ${at}`, bytes(op.id));
    for (const [at, chain] of [...(send === undefined ? [] : [send]), ...receive.values()].entries()) {
      add(`chain ${at}`, bytes(chain.chain));
      add(`the key of chain ${at}`, chain.key);
      add(`the signer of chain ${at}`, chain.signer);
      add(`the meta key of chain ${at}`, chain.meta);
    }
    for (const [at, chain] of [...sent.values()].entries()) add(`the secret of sent chain ${at}`, chain.secret);
    for await (const { key } of store.range({ space: "message", group: caucus }))
      add(`message ${key.message.slice(0, 6)}`, bytes(key.message));
  } finally {
    await store.close();
    vault.forget();
  }
  return secrets;
};
