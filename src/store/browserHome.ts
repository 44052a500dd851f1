/**
 * A profile's database in a browser: the sealed records of the store, and beside them two things that the store itself
 * cannot hold: the key box (see `keyBox.ts`) and the lease. One IndexedDB, so that a write can look at the lease in its
 * own transaction.
 *
 * The lease is a number that only grows. Whoever opens the profile to write raises it; a tab whose number is no longer
 * the newest cannot write any more, however long it slept and whatever it believes.
 */
import { CouloirError } from "../errors.ts";
import { storageError } from "./levelError.ts";

/** The object store that `browser-level` keeps its records in. */
export const recordsStore = "records";
/** The object store of the key box and the lease. */
export const aboutStore = "about";
/** The lease's key in it. */
export const leaseKey = "lease";
const boxKey = "key";

/** How the database of a profile begins; `recordsStore` follows, as `browser-level` composes it. */
export const databasePrefix = (profile: string): string => `couloir/${profile}/`;
const databaseName = (profile: string): string => databasePrefix(profile) + recordsStore;

/** The newest lease in `about`; 0 before the first. */
export const leaseOf = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) ? value : 0;

/** What a tab learns whose lease another one has overtaken. */
export const leaseLost = (): CouloirError =>
  new CouloirError("storage", "lease-lost", "another tab has taken over this profile; go on there, or reload this one");

/** Opens the database as it has to be, with both object stores. */
export const openDatabase = (profile: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    // Absent in some mini browsers; refused in some private windows, by throwing or by an error.
    const request = indexedDB.open(databaseName(profile), 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(recordsStore);
      request.result.createObjectStore(aboutStore);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
    request.onsuccess = () => {
      const database = request.result;
      // Another tab wipes: nobody may stand in its way.
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    // A tab that sleeps holds it open; it is emptied already, and goes when that tab does.
    request.onblocked = () => resolve();
    request.onerror = () => reject(request.error ?? new Error("IndexedDB refused"));
  });

const emptied = (database: IDBDatabase): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction([recordsStore], "readwrite", { durability: "strict" });
    transaction.objectStore(recordsStore).clear();
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB gave up"));
  });

/** The key box and the lease of one profile. */
export class BrowserHome {
  readonly profile: string;
  readonly #database: IDBDatabase;

  private constructor(profile: string, database: IDBDatabase) {
    this.profile = profile;
    this.#database = database;
  }

  /** Opens or makes the database; `storage` "no-storage" where this browser keeps nothing for this page. */
  static async open(profile: string): Promise<BrowserHome> {
    try {
      return new BrowserHome(profile, await openDatabase(profile));
    } catch (cause) {
      throw new CouloirError(
        "storage",
        "no-storage",
        "this browser keeps nothing for this page (a private window, or a browser inside another app?); open it in an ordinary window",
        { cause },
      );
    }
  }

  /** The bytes of the key box; `undefined` before there is a profile. */
  async keyBox(): Promise<Uint8Array | undefined> {
    const found = await this.#about("readonly", (about) => about.get(boxKey));
    return found instanceof Uint8Array ? found : undefined;
  }

  /** Puts a key box where none is. Gives the one that lies there then: of two tabs at once, one is the first. */
  async addKeyBox(box: Uint8Array): Promise<Uint8Array> {
    const found = await this.#about("readwrite", (about, done) => {
      const before = about.get(boxKey);
      before.onsuccess = () => {
        if (before.result instanceof Uint8Array) done(before.result);
        else about.put(box, boxKey).onsuccess = () => done(box);
      };
      return undefined;
    });
    return found as Uint8Array;
  }

  /** Puts another key box in the place of the one that is there. */
  async replaceKeyBox(box: Uint8Array): Promise<void> {
    await this.#about("readwrite", (about) => about.put(box, boxKey));
  }

  /** The newest lease; 0 before the first. */
  async lease(): Promise<number> {
    return leaseOf(await this.#about("readonly", (about) => about.get(leaseKey)));
  }

  /** Takes the lease, if nobody has taken it since it was `seen`; then all writes under an older one fail. */
  async takeLease(seen: number): Promise<number | undefined> {
    const taken = await this.#about("readwrite", (about, done) => {
      const before = about.get(leaseKey);
      before.onsuccess = () => {
        if (leaseOf(before.result) !== seen) done(undefined);
        else about.put(seen + 1, leaseKey).onsuccess = () => done(seen + 1);
      };
      return undefined;
    });
    return taken as number | undefined;
  }

  close(): void {
    this.#database.close();
  }

  /**
   * Destroys the key, then the data: without the first, what a disk may still hold of the second is noise. Works, too, after
   * `close`, which it implies.
   */
  async wipe(): Promise<void> {
    this.#database.close();
    const { profile } = this;
    try {
      const home = new BrowserHome(profile, await openDatabase(profile));
      await home.#about("readwrite", (about) => about.delete(boxKey));
      // Whoever still writes, stops.
      await home.#about("readwrite", (about) => about.put(Number.MAX_SAFE_INTEGER, leaseKey));
      await emptied(home.#database);
      home.close();
      await deleteDatabase(databaseName(profile));
    } catch (error) {
      throw storageError(error, "this browser");
    }
  }

  async #about(
    mode: IDBTransactionMode,
    work: (about: IDBObjectStore, done: (value: unknown) => void) => IDBRequest | undefined,
  ): Promise<unknown> {
    try {
      return await new Promise((resolve, reject) => {
        const options = mode === "readwrite" ? ({ durability: "strict" } as const) : {};
        const transaction = this.#database.transaction([aboutStore], mode, options);
        let value: unknown;
        const request = work(transaction.objectStore(aboutStore), (found) => {
          value = found;
        });
        transaction.oncomplete = () => resolve(request === undefined ? value : request.result);
        transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB gave up"));
      });
    } catch (error) {
      throw storageError(error, "this browser");
    }
  }
}
