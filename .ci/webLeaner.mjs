// What the build of the app changes in packages, so that a phone loads less. Each change fails loudly when a new version
// of its package no longer has what it changes.
import { readFileSync } from "node:fs";

/**
 * Edits of single modules: the path's end, what to find in it (each of several), what to put there.
 *
 * @type {readonly (readonly [path: string, find: string | RegExp | readonly RegExp[], put: string])[]}
 */
const EDITS = [
  // Two libraries would ask servers on the internet where they are told nothing. Couloir tells them; here their lists are
  // emptied besides, so that no mistake brings them back.
  ["@libp2p/webrtc/dist/src/constants.js", /'stuns?:[^']*',?/g, ""],
  ["@multiformats/dns/dist/src/resolvers/default.browser.js", /dnsJsonOverHttps\('[^']*'\),?/g, ""],
  // The other side closes this channel as soon as it sees it. On a busy phone that has happened before it is looked at here,
  // and what waits for it to open, or to close, would do so until the dial is given up after 12 s.
  [
    "@libp2p/webrtc/dist/src/private-to-private/initiate-connection.js",
    /channel\.readyState !== 'open'([^]*?)(await pEvent\(channel, 'close')/,
    "channel.readyState === 'connecting'$1if (channel.readyState !== 'closed') $2",
  ],
  // Statistics for a server that nobody has: the function is never called, and a tenth of the router.
  ["@libp2p/gossipsub/dist/src/metrics.js", /export function getMetrics[^]*$/, "export const getMetrics = () => null;"],
  [
    "@libp2p/gossipsub/dist/src/gossipsub.js",
    [
      /if \(options\.metricsRegister != null\) \{[^]*?\n {8}\}\n {8}else (?=\{\n {12}this\.metrics = null;)/,
      // It dials nobody on a neighbour's word: with every score at 0, none reaches what that asks.
      /(?<=async pxConnect\(peers\) \{)[^]*?(?=\n {4}\})/,
    ],
    "",
  ],
  // Nobody signs a message of the router: with these cases gone it throws where one would, and its policy never asks.
  [
    "@libp2p/gossipsub/dist/src/utils/buildRawMessage.js",
    [/case PublishConfigType\.Signing: \{[^]*?\n {8}\}/, /case StrictSign: \{[^]*?\n {8}\}/],
    "",
  ],
  // Twenty times its size in the package, which knows much more than such ranges.
  [
    "@libp2p/utils/dist/src/private-ip.js",
    "import { Netmask } from 'netmask';",
    `const numberOf = (ip) => ip.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    class Netmask {
      constructor(range) {
        const [first, bits] = range.split("/");
        this.first = numberOf(first);
        this.size = 2 ** (32 - bits);
      }
      contains(ip) {
        const at = numberOf(ip) - this.first;
        return at >= 0 && at < this.size;
      }
    }`,
  ],
  // A hub's certificate and a peer's key have one of these; the others are for the rest of the world.
  [
    "multiformats/dist/src/basics.js",
    /^import \* as (base10|base2|base256emoji|base8|identityBase|json|raw|identity|sha2) .*$|\.\.\.(identityBase|base2|base8|base10|base256emoji|sha2|identity)\b,?|(?<=codecs = \{).*(?=\})/gm,
    "",
  ],
];

/**
 * Methods that a page never calls, and which no tool can tell from those that it does.
 *
 * @type {readonly (readonly [path: string, methods: string])[]}
 */
const UNUSED = [
  // A profile is read by `getMany`, `iterator` and `keys`, and written by `batch` and `clear`; see `browserLevel.ts`.
  [
    "abstract-level/abstract-level.js",
    "get getSync _getSync has _has hasMany _hasMany put del sublevel _sublevel values _values snapshot _snapshot",
  ],
  ["browser-level/index.js", "_get _has _hasMany _put _del _batch _clear"],
  [
    "libp2p/dist/src/address-manager/index.js",
    "addDNSMapping removeDNSMapping addPublicAddressMapping removePublicAddressMapping",
  ],
  ["libp2p/dist/src/connection-manager/index.js", "setMaxConnections getConnectionsMap"],
  ["libp2p/dist/src/libp2p.js", "dialProtocol getPublicKey"],
  ["libp2p/dist/src/transport-manager.js", "removeAll"],
  ["@libp2p/peer-store/dist/src/index.js", "consumePeerRecord getInfo"],
  ["@libp2p/utils/dist/src/queue/index.js", "toGenerator onEmpty onIdle"],
  ["@libp2p/utils/dist/src/rate-limiter.js", "reward"],
  ["@libp2p/gossipsub/dist/src/gossipsub.js", "dumpPeerScoreStats onScrapeMetrics"],
  ["@libp2p/circuit-relay-v2/dist/src/transport/reservation-store.js", "getReservation reservationCount"],
  ["multiformats/dist/src/cid.js", "toV0 toV1"],
  ["uint8arraylist/dist/src/index.js", "indexOf fromUint8Arrays"],
  ["hpke/index.js", "SendExport ReceiveExport Export"],
];

const no = `() => { throw new Error("this is not used here"); }`;
const noMappings = (name) => `export const defaultValues = {};
  export class ${name} {
    has() { return false; }
    getAll() { return []; }
    add() {}
    remove() { return false; }
    removePrefixed() {}
    confirm() { return true; }
    unconfirm() { return false; }
  }`;

/** Modules of which a page uses nothing but that they are there. What stands here has all that they export. */
const REPLACED = [
  // With the weights of `gossipRouter.ts` every score is 0: there are no topics with parameters, and the rest weighs 0.
  [
    "@libp2p/gossipsub/dist/src/score/peer-score.js",
    `const nothing = () => {};
    export class PeerScore {
      score() { return 0; }
      messageFirstSeenTimestampMs() { return null; }
      dumpPeerScoreStats() { return {}; }
    }
    for (const name of ["start", "stop", "addPenalty", "addPeer", "addIP", "removeIP", "removePeer", "graft", "prune",
      "validateMessage", "deliverMessage", "rejectInvalidMessage", "rejectMessage", "duplicateMessage"])
      PeerScore.prototype[name] = nothing;`,
  ],
  [
    "@libp2p/gossipsub/dist/src/score/peer-score-params.js",
    `const same = (given = {}) => ({ topics: {}, ...given });
    export { same as createPeerScoreParams, same as createTopicScoreParams };
    export const defaultPeerScoreParams = {};
    export const defaultTopicScoreParams = {};
    export const validatePeerScoreParams = ${no};
    export const validateTopicScoreParams = ${no};`,
  ],
  [
    "@libp2p/gossipsub/dist/src/score/scoreMetrics.js",
    `export const computeScoreWeights = ${no}; export const computeAllPeersScoreWeights = ${no};`,
  ],
  // Nothing confirms to a page under which address others see it, and nobody dials it there.
  ["libp2p/dist/src/address-manager/dns-mappings.js", noMappings("DNSMappings")],
  ["libp2p/dist/src/address-manager/ip-mappings.js", noMappings("IPMappings")],
  ["libp2p/dist/src/address-manager/observed-addresses.js", noMappings("ObservedAddresses")],
  [
    "@libp2p/utils/dist/src/filters/index.js",
    `export class ScalableCuckooFilter {
      // Whole names rather than their traces; it forgets them all where the package would grow.
      #kept = new Set();
      has(item) { return this.#kept.has(String(item)); }
      add(item) {
        if (this.#kept.size >= 4096) this.#kept.clear();
        return !!this.#kept.add(String(item));
      }
      remove(item) { return this.#kept.delete(String(item)); }
    }
    export const createScalableCuckooFilter = () => new ScalableCuckooFilter();
    const no = ${no};
    export { no as BloomFilter, no as createBloomFilter, no as CuckooFilter, no as createCuckooFilter };`,
  ],
  // Tells keys to a log, where somebody has set that it may.
  [
    "@libp2p/noise/dist/src/logger.js",
    `const nothing = () => {};
    export { nothing as logLocalStaticKeys, nothing as logLocalEphemeralKeys, nothing as logRemoteStaticKey,
      nothing as logRemoteEphemeralKey, nothing as logCipherState };`,
  ],
  // There is no router, and so nobody to walk to.
  [
    "libp2p/dist/src/peer-routing.js",
    `import { NoPeerRoutersError } from "./errors.js";
    export class DefaultPeerRouting {
      async findPeer() { throw new NoPeerRoutersError("No peer routers available"); }
      async *getClosestPeers() { throw new NoPeerRoutersError("No peer routers available"); }
    }`,
  ],
  ["libp2p/dist/src/content-routing.js", "export class CompoundContentRouting {}"],
  ["libp2p/dist/src/random-walk.js", "export class RandomWalk { start() {} stop() {} async *walk() {} }"],
  // `alive.ts` and `dialPlan.ts` do what these would; one is told not to begin, the other to give up at once.
  ["libp2p/dist/src/connection-monitor.js", "export class ConnectionMonitor {}"],
  [
    "libp2p/dist/src/connection-manager/reconnect-queue.js",
    "export class ReconnectQueue { start() {} async afterStart() {} stop() {} }",
  ],
  // No name is looked up, but by the browser.
  [
    "libp2p/dist/src/connection-manager/resolvers/dnsaddr.js",
    `export const dnsaddrResolver = { canResolve: () => false, resolve: async () => [] };`,
  ],
  // A page's peer store lies in memory: what is in it needs no bytes, but a copy that nobody else changes.
  [
    "@libp2p/peer-store/dist/src/pb/peer.js",
    `const copy = (peer) => ({
      ...peer,
      addresses: peer.addresses.map((address) => ({ ...address })),
      protocols: [...peer.protocols],
      metadata: new Map(peer.metadata),
      tags: new Map(peer.tags),
      peerRecordEnvelope: peer.peerRecordEnvelope?.slice(),
    });
    export const Peer = { encode: copy, decode: copy };`,
  ],
  // Its keys are made in one place, and compared as text.
  [
    "interface-datastore/dist/src/key.js",
    `export class Key {
      #text;
      constructor(text) { this.#text = text; }
      toString() { return this.#text; }
    }`,
  ],
  // A page's database has no parts, no snapshots, no hooks and no batches that are put together step by step.
  ["abstract-level/lib/abstract-sublevel.js", "module.exports = () => ({ AbstractSublevel: class {} });"],
  ["abstract-level/lib/default-chained-batch.js", "exports.DefaultChainedBatch = class {};"],
  ["abstract-level/lib/prewrite-batch.js", "exports.PrewriteBatch = class {};"],
  ["abstract-level/abstract-chained-batch.js", "exports.AbstractChainedBatch = class {};"],
  ["abstract-level/abstract-snapshot.js", "exports.AbstractSnapshot = class {};"],
  // All keys and values are bytes.
  [
    "level-transcoder/index.js",
    `exports.Transcoder = class {
      encodings() { return [view]; }
      encoding(wanted) {
        if (wanted !== "view" && wanted !== view) throw new Error("only bytes are kept here");
        return view;
      }
    };
    const same = (data) => data;
    const view = { name: "view", commonName: "view", format: "view", encode: same, decode: same };`,
  ],
  // Relays are those that one has met: there is no walk through a network, which is most of the package's.
  [
    "@libp2p/circuit-relay-v2/dist/src/transport/discovery.js",
    `import { TypedEventEmitter } from "main-event";
    import { RELAY_V2_HOP_CODEC } from "../constants.js";
    export class RelayDiscovery extends TypedEventEmitter {
      constructor(components, init = {}) {
        super();
        Object.assign(this, { components, filter: init.filter, started: false, running: false });
      }
      isStarted() { return this.started; }
      async start() {
        const onConnect = (peer) => this.safeDispatchEvent("relay:discover", { detail: peer });
        this.topology = await this.components.registrar.register(RELAY_V2_HOP_CODEC, { filter: this.filter, onConnect });
        this.started = true;
      }
      stop() {
        if (this.topology != null) this.components.registrar.unregister(this.topology);
        this.started = this.running = false;
      }
      startDiscovery() {
        if (this.running) return;
        this.running = true;
        const isRelay = ({ protocols }) => protocols.includes(RELAY_V2_HOP_CODEC);
        const known = this.components.peerStore.all({ filters: [isRelay] });
        known.then(
          (all) => all.forEach(({ id }) => this.running && this.safeDispatchEvent("relay:discover", { detail: id })),
          () => undefined,
        );
      }
      stopDiscovery() { this.running = false; }
    }`,
  ],
];

/** Modules that a page does without; besides them, RSA and ECDSA (see `refusing`). */
const LEFT_OUT = [
  // Every identity here is Ed25519; a peer with another key is refused, as it is where the curve is there.
  {
    module: /^@noble\/curves\/secp256k1\.js$/,
    contents: `const no = () => { throw new Error("this kind of key is not used here"); };
      export const secp256k1 = { Point: { fromBytes: no }, getPublicKey: no, sign: no, verify: no, utils: {} };`,
  },
  // Of its two functions a page needs one, and that for one range.
  {
    module: /^@chainsafe\/netmask$/,
    contents: `export const cidrContains = (range, ip) => range === "2000::/3" && /^[23][\\da-f]{3}:/i.test(ip);
      export class IpNet { constructor() { throw new Error("addresses are neither allowed nor denied by ranges here"); } }`,
  },
  // One thread has the peer store to itself, and nothing in its turn waits for anything but memory.
  {
    module: /^mortice$/,
    contents: `export default () => {
      let written = Promise.resolve();
      let done = written;
      const lock = (turn, hold) => async ({ signal } = {}) => {
        const { promise, resolve } = Promise.withResolvers();
        const mine = turn();
        hold(promise);
        await mine;
        if (signal?.aborted) resolve();
        signal?.throwIfAborted();
        return resolve;
      };
      return {
        readLock: lock(() => written, (read) => void (done = Promise.all([done, read]))),
        writeLock: lock(() => done, (write) => void (written = done = Promise.all([done, write]))),
        finalize() {},
      };
    };`,
  },
  // See `withoutLogs`.
  {
    module: /^@libp2p\/logger$/,
    contents: `const logger = () => Object.assign(() => {}, { enabled: false, trace() {}, error() {}, newScope: logger });
      const defaultLogger = () => ({ forComponent: logger });
      const [peerLogger, prefixLogger] = [defaultLogger, defaultLogger];
      export { logger, defaultLogger, peerLogger, prefixLogger };`,
  },
  // And nobody listens to what happens to it.
  {
    module: /^events$/,
    contents: "exports.EventEmitter = class { on() {} emit() { return false; } listenerCount() { return 0; } };",
  },
  // The database has bytes as bytes, and does without this where it is false.
  { module: /^buffer\/?$/, contents: "module.exports = false;" },
];

/** Where a string or a template that begins here ends. */
function endOfString(text, from) {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (quote === "`" && text.startsWith("${", at)) at = endOfBraces(text, at + 2);
    else if (text[at] === quote) return at;
  }
  throw new Error("a package has a string without an end: see .ci/webLeaner.mjs");
}

/** Where the bracket is closed after which this begins. */
function endOfBraces(text, from) {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (/["'`]/.test(text[at])) at = endOfString(text, at);
    else if (/[({]/.test(text[at])) depth += 1;
    else if (/[)}]/.test(text[at]) && --depth === 0) return at;
  }
  throw new Error("a package has a bracket without an end: see .ci/webLeaner.mjs");
}

/** A statement that logs or counts. */
const LOG = /(?<=^[ \t]*|[{;] *)(?:(?:[\w$.#?]+\.)?log(?:\.\w+)?|[\w$.#]+\.metrics\?(?:\.\w+)+)\(/gm;

/** The text without statements that only log or count: nobody reads a phone's log, and they are 5 % of what it loads. */
function withoutLogs(text) {
  let kept = "";
  let from = 0;
  for (const { 0: start, index } of text.matchAll(LOG)) {
    if (index < from) continue;
    const end = endOfBraces(text, index + start.length) + 1;
    if (text[end] !== ";") continue;
    kept += text.slice(from, index);
    from = end;
  }
  return kept + text.slice(from);
}

/** The text knowing that there are no metrics, so that what would count them falls away. */
const withoutMetrics = (text) => text.replaceAll(/\b(?:this\.)?components\.metrics\b(?! =)/g, "undefined");

/** An error of a kind of its own, which says by its name what happened. */
const NAMED_ERROR = /\bnew (?!Type|Range|Syntax|Aggregate)\w+Error\((?=["'`])/g;

/** The text without what such errors say besides: on a phone nobody reads it, and their names are what is acted on. */
function withoutTexts(text) {
  let kept = "";
  let from = 0;
  for (const { 0: start, index } of text.matchAll(NAMED_ERROR)) {
    const said = index + start.length;
    const end = endOfString(text, said) + 1;
    if (text[end] !== ")") continue;
    kept += text.slice(from, said);
    from = end;
  }
  return kept + text.slice(from);
}

/** Thrown by what computes: whoever calls it acts on that it threw. */
const THROWN = /\bthrow new \w*Error\((?=["'`\w])/g;

/** The same for packages that throw for callers who made a mistake, and of which no error is asked what it says. */
function withoutReasons(text) {
  let kept = "";
  let from = 0;
  for (const { 0: start, index } of text.matchAll(THROWN)) {
    if (index < from) continue;
    const said = index + start.length;
    kept += text.slice(from, said);
    from = endOfBraces(text, said);
  }
  return kept + text.slice(from);
}

/** The text without these methods of its classes; `path` for the error where one of them is not there. */
const withoutMethods = (text, path) =>
  UNUSED.filter(([module]) => lastPart(`/${module}`).test(path))
    .flatMap(([, methods]) => methods.split(" "))
    .reduce((before, method) => {
      const head = `( {2}| {4})(?:(?:static|async|get|\\*) ?)*${method} ?\\((?:[^)]*|.*)\\) +\\{`;
      const whole = new RegExp(`^${head}(?:\\n[^]*?\\n\\1)?\\}$`, "gm");
      const after = before.replace(whole, "");
      if (after === before) throw new Error(`${path} has no ${method} any more: see .ci/webLeaner.mjs`);
      return after;
    }, text);

/** Every name that a module exports. */
const exportsOf = (text) => {
  const declared = Array.from(
    text.matchAll(/(?:^|;)\s*export (?:async )?(?:function|const|class) (\w+)/gm),
    ([, name]) => name,
  );
  const listed = Array.from(text.matchAll(/(?:^|;)\s*export \{([^}]*)\}/gm), ([, names]) => names.split(","))
    .flat()
    .map((name) => name.trim().split(" as ").at(-1));
  const common = Array.from(text.matchAll(/^exports\.(\w+) =/gm), ([, name]) => name);
  const named = text.includes("export default") ? ["default"] : [];
  return [...named, ...common, ...declared, ...listed].filter((name) => name !== "");
};

/** The same names, as functions that throw. */
const refusing = (text) => {
  const no = `const no = () => { throw new Error("this kind of key is not used here"); };`;
  return [no, ...exportsOf(text).map((name) => `export const ${name} = no;`)].join("\n");
};

/** The text of generated codecs without the third way to read, in pieces, which nobody here takes: a third of them. */
function withoutStreams(text) {
  let kept = "";
  let from = 0;
  const pieces = /^( *)\}(?=, function\* \(reader, length, prefix, opts = \{\}\) \{$)/gm;
  for (const { 0: before, 1: indent, index } of text.matchAll(pieces)) {
    const end = text.indexOf(`\n${indent}});`, index);
    if (end < 0) throw new Error("generated codecs are not what they were: see .ci/webLeaner.mjs");
    kept += text.slice(from, index + before.length);
    from = end + `\n${indent}}`.length;
  }
  return kept + text.slice(from);
}

const LIBP2P = /[\\/]node_modules[\\/](@libp2p|libp2p)[\\/]/;
const COMPUTING =
  /[\\/]node_modules[\\/](@noble[\\/](curves|hashes|ciphers)|hpke|@panva[\\/]hpke-noble|@scure[\\/]base|cborg|multiformats|protons-runtime|uint8\w+|@multiformats)[\\/].*\.js$/;

const lastPart = (path) => new RegExp(`${path.replaceAll(".", "\\.").replaceAll("/", "[\\\\/]")}$`);

/** The text with the edits that are for its module. */
const withEdits = (text, path) =>
  EDITS.filter(([module]) => lastPart(`/${module}`).test(path))
    .flatMap(([module, find, put]) => [find].flat().map((one) => ({ module, one, put })))
    .reduce((before, { module, one, put }) => {
      const after = before.replace(one, put);
      if (after === before) throw new Error(`${module} is not what it was: see .ci/webLeaner.mjs`);
      return after;
    }, text);

/** What a page loads of a module of a package. */
function lean(path, whole) {
  const text = withoutMethods(withEdits(whole, path), path);
  if (LIBP2P.test(path)) return withoutMetrics(withoutStreams(withoutTexts(withoutLogs(text))));
  return COMPUTING.test(path) ? withoutReasons(text) : text;
}

/** For every build of the app. */
export const leaner = {
  name: "leaner",
  setup: (build) => {
    for (const [path, contents] of REPLACED)
      build.onLoad({ filter: lastPart(`/${path}`) }, (args) => {
        const stands = new Set(exportsOf(contents));
        const missing = exportsOf(readFileSync(args.path, "utf8")).filter((name) => !stands.has(name));
        if (missing.length > 0) throw new Error(`${path} also exports ${missing.join()}: see .ci/webLeaner.mjs`);
        return { contents, loader: "js" };
      });
    build.onLoad(
      { filter: /[\\/]@libp2p[\\/]crypto[\\/].*[\\/](rsa|ecdsa)[\\/](utils|der|index\.browser)\.js$/ },
      (args) => ({
        contents: refusing(readFileSync(args.path, "utf8")),
        loader: "js",
      }),
    );
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.js$/ }, ({ path }) => ({
      contents: lean(path, readFileSync(path, "utf8")),
      loader: "js",
    }));
    for (const { module, contents } of LEFT_OUT) {
      const namespace = `left-out ${module}`;
      build.onResolve({ filter: module }, ({ path }) => ({ path, namespace }));
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents, loader: "js" }));
    }
  },
};
