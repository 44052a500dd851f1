/**
 * What a page has to do before there is a backend, by where it came from: the daemon, a hub, or a file that somebody
 * carried here.
 */
import { BrowserHome, browserKey, browserLock } from "../../src/browser.ts";
import { CouloirError, usage } from "../../src/errors.ts";
import type { Backend, Beginning, Opening, Origin } from "./backend.ts";
import { daemonHere } from "./daemonHere.ts";
import type { Environment } from "./environment.ts";
import { isVenueCode } from "../../src/protocol/venue.ts";
import { askHub, carriedVenue, hubUrl, type HubCard } from "./hubs.ts";
import { PageBackend } from "./pageBackend.ts";
import { toCouloirError } from "./problem.ts";
import { isForgetful, isGuest, isLoopback } from "./whence.ts";

const PROFILE = "couloir";

const decoded = (fragment: string): string => {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
};

/** An invite code, a code to verify somebody by, or an identity that the address carried. */
const carried = (fragment: string): Pick<Origin, "invite" | "verify" | "move" | "venue"> => {
  if (fragment.startsWith("move=")) return { move: fragment };
  if (fragment === "" || fragment.startsWith("token=")) return {};
  const code = decoded(fragment);
  if (isVenueCode(code)) return { venue: code };
  return code.startsWith("couloir-verify:") ? { verify: code } : { invite: code };
};

const pageOrigin = (environment: Environment, card: HubCard | undefined): Origin => {
  const { protocol, hostname, fragment, userAgent } = environment;
  const isFile = protocol === "file:";
  return {
    kind: isFile ? "file" : "hub",
    guest: isGuest(protocol, hostname),
    ...(card === undefined ? {} : { hub: card.info }),
    hubAnswers: card !== undefined,
    passphrase: isFile ? "required" : "optional",
    forgetful: isForgetful(userAgent),
    ...carried(fragment),
  };
};

/** What is missing for a messenger, by the name of a browser's feature. */
const tooOld = (): string | undefined => {
  const wanted = { indexedDB: "IndexedDB", BroadcastChannel: "BroadcastChannel", WebAssembly: "WebAssembly" };
  for (const [name, what] of Object.entries(wanted)) if (!(name in globalThis)) return what;
  return typeof Promise.withResolvers === "function" ? undefined : "Promise.withResolvers";
};

/** Opens the page. Never rejects. */
export const openIn = async (environment: Environment): Promise<Opening> => {
  const isFile = environment.protocol === "file:";
  if (!isFile && isLoopback(environment.hostname) && (await daemonHere(environment)))
    return (await import("./daemonBackend.ts")).openDaemon(environment);
  const card = isFile ? undefined : await askHub(environment.origin, environment.fetch);
  const origin = pageOrigin(environment, card);
  if (environment.fragment !== "") environment.clearFragment();
  const old = tooOld();
  if (old !== undefined)
    return {
      state: "impossible",
      origin,
      code: "old-browser",
      message: `this browser is too old for Couloir (it has no ${old}); use a newer one`,
    };
  try {
    return await openProfile(environment, origin, card);
  } catch (error) {
    const { code, message } = toCouloirError(error);
    return { state: "impossible", origin, code, message };
  }
};

const openProfile = async (environment: Environment, origin: Origin, card: HubCard | undefined): Promise<Opening> => {
  const home = await BrowserHome.open(PROFILE);
  const hubs = new Map<string, HubCard | undefined>();
  if (origin.kind === "hub") hubs.set(environment.origin, card);
  let typedVenue: string | undefined;
  const open = async (key: Uint8Array, locked: boolean, fresh = false): Promise<Backend> => {
    const { guest } = origin;
    const venue = origin.venue ?? typedVenue;
    const given = venue === undefined ? {} : { venueCode: venue };
    const parts = { environment, home: await BrowserHome.open(PROFILE), key, locked, guest, hubs, fresh };
    const backend = await PageBackend.open({ ...parts, ...given });
    // Where another tab holds the keys, or this is another venue's code: the page is of use without.
    if (venue !== undefined) await backend.api.joinVenue(venue).catch(() => undefined);
    return backend;
  };

  switch (await browserLock(home)) {
    case "open": {
      // No secret of its own may lie where every local file can read it: such a profile is not ours.
      if (origin.passphrase === "required")
        throw new CouloirError("storage", "unlocked-profile", "the profile in this browser has no passphrase; wipe it");
      const key = await browserKey(home);
      try {
        return { state: "ready", origin, backend: await open(key, false) };
      } catch (error) {
        // Another tab is wiping the profile: there is nothing wrong with this device's storage.
        const now = await BrowserHome.open(PROFILE);
        const lock = await browserLock(now);
        now.close();
        if (lock !== "none") throw error;
        return await openProfile(environment, origin, card);
      } finally {
        home.close();
      }
    }
    case "locked":
      return {
        state: "locked",
        origin,
        unlock: async (passphrase) => {
          const key = await browserKey(home, passphrase, environment.heavy);
          const backend = await open(key, true);
          home.close();
          return backend;
        },
        wipe: async () => {
          await home.wipe();
          await environment.sweep();
        },
      };
    case "none":
      return {
        state: "new",
        origin,
        begin: async (how) => {
          const key = await begun(environment, home, { origin, how, hubs });
          typedVenue = how.hubs?.flatMap((typed) => carriedVenue(typed) ?? [])[0];
          const backend = await open(key, how.passphrase !== undefined, true);
          home.close();
          const before = await backend.api.profile();
          if (before.name === "") await backend.api.setProfile(how.profile);
          return backend;
        },
        restore: async (from, passphrase, keep) => {
          const { openMoved, plant } = await import("./moving.ts");
          const moved = await openMoved(from, passphrase, environment.heavy);
          const locked = keep || origin.passphrase === "required";
          if ((await browserLock(home)) !== "none")
            throw usage("not-empty", "another tab has made a profile here meanwhile; reload the page");
          await plant(PROFILE, moved, { heavy: environment.heavy, ...(locked ? { passphrase } : {}) });
          const key = await browserKey(home, locked ? passphrase : undefined, environment.heavy);
          home.close();
          return open(key, locked, true);
        },
      };
  }
};

/** The key of a profile that begins, or of the one that another tab has begun a moment ago. */
const begun = async (
  environment: Environment,
  home: BrowserHome,
  {
    origin,
    how,
    hubs,
  }: { readonly origin: Origin; readonly how: Beginning; readonly hubs: Map<string, HubCard | undefined> },
): Promise<Uint8Array> => {
  if (origin.passphrase === "required" && how.passphrase === undefined)
    throw usage(
      "passphrase-needed",
      "a passphrase is needed here: every file on this computer can read this browser's data",
    );
  const typed = (how.hubs ?? []).map(hubUrl);
  const cards = await Promise.all(typed.map((url) => askHub(url, environment.fetch)));
  typed.forEach((url, at) => hubs.set(url, cards[at]));
  return browserKey(home, how.passphrase, environment.heavy);
};
