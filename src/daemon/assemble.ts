/** What the command line was told, checked, as a folder that is open. */
import { isIP } from "node:net";
import { multiaddr } from "@multiformats/multiaddr";
import { pino } from "pino";
import { usage } from "../errors.ts";
import { silentLog, type NetLog } from "../net/netLog.ts";
import { typedAddresses } from "../net/typedAddress.ts";
import { openFolder } from "../node.ts";
import { profileLock, wipeProfile, type Passphrase } from "../store/openNode.ts";
import { dialable } from "./dialable.ts";
import type { Assemble, NodeOptions } from "./node.ts";
import { passphraseFromFile } from "./passphrase.ts";
import { plainLine } from "./terminal.ts";

const isMultiaddr = (address: string): boolean => {
  try {
    multiaddr(address);
    return true;
  } catch {
    return false;
  }
};

const checkAddresses = ({ listen, peers }: NodeOptions): void => {
  for (const address of peers) dialable(address, `--peer ${plainLine(address)}: `);
  for (const address of listen)
    if (isIP(address) === 0 && !isMultiaddr(address))
      throw usage(
        "bad-address",
        `--listen ${plainLine(address)}: an address looks like /ip4/192.168.1.7/tcp/4001, or like 192.168.1.7`,
      );
};

const passphraseOf = async (options: NodeOptions): Promise<Passphrase | undefined> => {
  const { folder, passphraseFile, passphrase, ask } = options;
  if (passphrase !== undefined) return () => passphrase;
  if (passphraseFile !== undefined) return () => passphraseFromFile(passphraseFile);
  // Nobody is asked for a new folder: a passphrase is a choice, and a lost one is a lost profile.
  return ask !== undefined && (await profileLock(folder)) === "locked" ? ask : undefined;
};

const netLog = (level: string | undefined): NetLog => {
  if (level === undefined || level === "") return silentLog;
  if (!["debug", "info", "warn"].includes(level)) throw usage("bad-log", "COULOIR_LOG is debug, info or warn");
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
};

/** Opens the profile; `start` joins the network with it. */
export const assemble: Assemble = async (options) => {
  checkAddresses(options);
  const log = netLog(options.logLevel);
  const key = await passphraseOf(options);
  const { folder, venue, buckets, venueKey, carry, listen, peers, mdns, hidden, waitForConsent } = options;
  const open = await openFolder({
    folder,
    ...(venue === undefined ? {} : { venue }),
    ...(buckets === undefined ? {} : { buckets }),
    ...(venueKey === undefined ? {} : { venueKey }),
    ...(carry === undefined ? {} : { carry }),
    listen,
    peers: peers.flatMap((typed) => typedAddresses(typed)),
    mdns,
    hidden,
    log,
    ask: waitForConsent,
    ...(key === undefined ? {} : { passphrase: key }),
    onDamaged: (error) => options.log(`couloir: ${plainLine(error.message)}`),
  });
  return { ...open, wipe: () => wipeProfile(folder) };
};
