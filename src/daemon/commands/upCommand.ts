/** The command that runs the daemon. */
import { InvalidArgumentError, type Command } from "commander";
import { usage } from "../../errors.ts";
import type { HubOptions } from "../hub/hub.ts";
import { askPassphrase } from "../passphrase.ts";
import { contextOf, gather, wholeNumber, type Outside } from "../context.ts";
import { isVenueCode, MAX_VENUE_NAME } from "../../protocol/venue.ts";
import { isRegion } from "../region.ts";

interface UpFlags {
  readonly name?: string;
  readonly flag?: string;
  readonly delegation?: string;
  readonly port?: number;
  readonly hub?: boolean;
  readonly hubPort?: number;
  readonly room?: string;
  readonly webrtc?: boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly secure?: boolean;
  readonly securePort?: number;
  readonly listen?: readonly string[];
  readonly venue?: string;
  readonly buckets?: number;
  readonly venueKey?: "new" | "none";
  readonly carry?: number;
  readonly peer?: readonly string[];
  readonly mdns: boolean;
  readonly hidden?: boolean;
  readonly ask?: boolean;
  readonly link?: boolean;
  readonly passphraseFile?: string;
}

const flagOf = (text: string): string => {
  const flag = text.toUpperCase();
  if (flag !== "" && !isRegion(flag))
    throw new InvalidArgumentError("It must be the two letters of a country, like CH.");
  return flag;
};

const nameOf = (text: string): string => {
  if (text.trim() === "" || text.length > 200) throw new InvalidArgumentError("It must have 1 to 200 characters.");
  return text;
};

const venueOf = (text: string): string => {
  if (text.trim() === "" || (!isVenueCode(text) && Buffer.byteLength(text) > MAX_VENUE_NAME))
    throw new InvalidArgumentError(`It must be a name of 1 to ${MAX_VENUE_NAME} bytes, or a whole venue code.`);
  return text;
};

const bucketsOf = (text: string): number => {
  if (text !== "1" && text !== "8") throw new InvalidArgumentError("It must be 1 or 8.");
  return Number(text);
};

const keyOf = (text: string): "new" | "none" => {
  if (text !== "new" && text !== "none") throw new InvalidArgumentError("It must be new or none.");
  return text;
};

const LEAST_CARRY = 1024 * 1024;
const sizeOf = (text: string): number => {
  const [, digits, unit = "M"] = /^(\d{1,6})([KMG])?B?$/iu.exec(text) ?? [];
  const bytes = Number(digits) * 1024 ** " KMG".indexOf(unit.toUpperCase());
  if (!(bytes >= LEAST_CARRY)) throw new InvalidArgumentError("It must be a size from 1M on, like 500M or 2G.");
  return bytes;
};

const roomOf = (text: string): string => {
  if (text.length > 200) throw new InvalidArgumentError("It must have 200 characters at most.");
  return text;
};

const hubOf = (flags: UpFlags): HubOptions | undefined => {
  const { hub = false, hubPort, room, cert, key, secure, securePort, webrtc } = flags;
  if (!hub) {
    if ([hubPort, room, cert, key, secure, securePort, webrtc].some((flag) => flag !== undefined))
      throw usage(
        "no-hub",
        "--hub-port, --room, --cert, --key, --secure, --secure-port and --webrtc are for a hub: add --hub",
      );
    return undefined;
  }
  if (securePort !== undefined && secure === undefined)
    throw usage("no-secure", "--secure-port is for the port that --secure opens: add --secure");
  if (secure === true && (cert !== undefined || key !== undefined))
    throw usage("certificate", "with --cert and --key the hub speaks https already: leave --secure away");
  if (hubPort !== undefined && hubPort !== 0 && hubPort === securePort)
    throw usage("same-port", "--hub-port and --secure-port are two ports: choose another one for either");
  if ((cert === undefined) !== (key === undefined)) throw usage("certificate", "--cert and --key go together");
  return {
    room: room ?? "",
    ...(webrtc === undefined ? {} : { webRtc: webrtc }),
    ...(hubPort === undefined ? {} : { port: hubPort }),
    ...(cert === undefined || key === undefined ? {} : { certificate: { cert, key } }),
    ...(secure === true && { secure: securePort === undefined ? {} : { port: securePort } }),
  };
};

/** Adds the command to the program. */
export const addUpCommand = (program: Command, outside: Outside): void => {
  program
    .command("up")
    .description("run the daemon in the foreground")
    .option("--name <name>", "what others see; kept for later", nameOf)
    .option("--flag <cc>", "two letters of your country; kept for later", flagOf)
    .option("--delegation <delegation>", "kept for later")
    .option(
      "--port <port>",
      "of your own page and the local API; the one of last time by default",
      wholeNumber(0, 65_535),
    )
    .option("--hub", "serve the app to phones and browsers on this network, and relay for them")
    .option("--hub-port <port>", "of the hub; the one of last time, or 8020 and up, by default", wholeNumber(0, 65_535))
    .option("--room <text>", "where the hub stands, for those who open it", roomOf)
    .option("--cert <file>", "certificate of the hub, PEM: it then speaks https")
    .option("--key <file>", "the certificate's key, PEM")
    .option("--secure", "a second port, https, with a certificate that the hub makes itself: browsers warn of it")
    .option("--secure-port <port>", "of that; the one of last time, or 8443 and up, by default", wholeNumber(0, 65_535))
    .option("--webrtc", "the hub takes browsers by WebRTC too (UDP, same number), where no WebSocket comes through")
    .option("--listen <address>", "multiaddr to listen on; may be repeated", gather)
    .option("--venue <name>", "keep apart from other venues on the same network: a name, or a venue's code", venueOf)
    .option(
      "--buckets <number>",
      "cut the venue into 1 or 8 parts: 8 above about 150 devices; for all the same",
      bucketsOf,
    )
    .option("--venue-key <what>", "new: make a key for the venue, whose holders come first; none: do without", keyOf)
    .option("--carry <size>", "how much of others' mail to keep, like 500M; 256M, or 1G on a hub, by default", sizeOf)
    .option(
      "--peer <address>",
      "somebody to reach: a short code, host:port, a hub's address, a multiaddr; may be repeated",
      gather,
    )
    .option("--no-mdns", "find nobody by multicast, and be found by nobody")
    .option("--hidden", "say nothing of yourself to the venue")
    .option("--ask", "leave invitations waiting instead of accepting them")
    .option("--link", "a new profile becomes a device of somebody: see couloir device link")
    .option("--passphrase-file <file>", "its first line locks a new profile, or opens a locked one")
    .action(async (flags: UpFlags, command: Command) => {
      // Every command reads this file, and only this one serves.
      const { runUp } = await import("../up.ts");
      const { folder, json, io } = contextOf(command, outside);
      const { name, flag, delegation, passphraseFile } = flags;
      const hub = hubOf(flags);
      await runUp(
        {
          folder,
          json,
          profile: {
            ...(name === undefined ? {} : { name }),
            ...(flag === undefined ? {} : { flag }),
            ...(delegation === undefined ? {} : { delegation }),
          },
          ...(flags.port === undefined ? {} : { port: flags.port }),
          ...(hub === undefined ? {} : { hub }),
          listen: flags.listen ?? [],
          ...(flags.venue === undefined ? {} : { venue: flags.venue }),
          ...(flags.buckets === undefined ? {} : { buckets: flags.buckets }),
          ...(flags.venueKey === undefined ? {} : { venueKey: flags.venueKey }),
          ...(flags.carry === undefined ? {} : { carry: flags.carry }),
          peers: flags.peer ?? [],
          mdns: flags.mdns,
          hidden: flags.hidden ?? false,
          link: flags.link ?? false,
          waitForConsent: flags.ask ?? false,
          ...(io.env["COULOIR_LOG"] === undefined ? {} : { logLevel: io.env["COULOIR_LOG"] }),
          ...(passphraseFile === undefined ? {} : { passphraseFile }),
          ...(io.stdin.isTTY === true ? { ask: () => askPassphrase(io, "Passphrase: ") } : {}),
        },
        outside,
      );
    });
};
