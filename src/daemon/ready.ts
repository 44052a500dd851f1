/** What a daemon says once it runs: one line of JSON to programs, a few lines and a QR code to a person. */
import type { MessengerApi } from "../messenger/api.ts";
import { codeOf } from "../net/shortCode.ts";
import type { Outside } from "./context.ts";
import type { HubDescriptor, SecureDescriptor } from "./hub/hubServer.ts";
import { handedOn, withVenue } from "./hub/entrance.ts";
import { styleFor, write, writeJson } from "./io.ts";
import { terminalQr } from "./qrCode.ts";
import { SECURE_WORDS } from "./hub/secureWords.ts";
import { plainLine, wrap } from "./terminal.ts";

/** What there is to say. */
export interface Ready {
  readonly messenger: MessengerApi;
  /** Where the owner opens the app, with the token. */
  readonly ui: string;
  readonly folder: string;
  readonly hub: HubDescriptor | undefined;
}

/** Without the way straight in of pages, which nobody copies: it names a certificate of this run. */
export const lasting = (addresses: readonly string[]): readonly string[] =>
  addresses.filter((address) => !address.includes("/certhash/"));

const secureLines = ({ urls, fingerprint }: SecureDescriptor, row: (label: string, value: string) => string): string =>
  urls.map((url) => row("With a lock", url)).join("") +
  row("SHA-256", fingerprint) +
  wrap(SECURE_WORDS, 68)
    .map((line) => row("", line))
    .join("");

/** Says so on stdout. */
export const sayReady = async (ready: Ready, json: boolean, { io }: Outside): Promise<void> => {
  const { messenger, ui, folder, hub } = ready;
  const { peerId, addresses } = messenger.status();
  if (json || io.stdout.isTTY !== true) {
    const { urls = [], secure } = hub ?? {};
    const { person } = messenger;
    await writeJson(io.stdout, { event: "ready", ui, hub: urls, ...(secure && { secure }), peerId, person, addresses });
    return;
  }
  const style = styleFor(io.stdout, io.env);
  const row = (label: string, value: string): string => `  ${style("dim", label.padEnd(12))}${value}\n`;
  const { name, flag } = messenger.profile();
  const [url, ...others] = hub?.urls ?? [];
  const scanned = url === undefined || hub === undefined ? "" : withVenue(url, handedOn(messenger.venue(), hub));
  const code = codeOf(hub?.urls ?? [], addresses);
  await write(
    io.stdout,
    `${style("bold", "Couloir is running.")}\n` +
      row("You are", `${plainLine(name)}${flag === "" ? "" : ` (${flag})`}`) +
      row("Your page", ui) +
      row("Your data", folder) +
      lasting(addresses)
        .map((address) => row("Reached at", address))
        .join("") +
      (code === undefined ? "" : row("Your code", `${style("bold", code)}  (others: couloir dial ${code})`)) +
      (url === undefined
        ? ""
        : `\n${terminalQr(scanned, io.stdout.columns ?? 80) ?? ""}` +
          `Phones: scan, or open ${style("bold", url)}\n` +
          (messenger.venue().keyed
            ? "        The code holds the venue's key; who types the address comes after those who have it.\n"
            : "") +
          others.map((other) => `        or ${style("bold", other)}\n`).join("") +
          (hub?.secure === undefined ? "" : secureLines(hub.secure, row)) +
          (hub === undefined || hub.words === "" ? "" : row("couloir.html", hub.words)) +
          "\n") +
      `In another terminal: couloir people, couloir caucus new NAME, couloir --help. Ctrl-C stops it.\n`,
  );
};
