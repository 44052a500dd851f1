/** Devices that are being linked, on either side: what a person does about it, and one clock for what is said. SPEC.md §11. */
import { usage } from "../../errors.ts";
import { utf8 } from "../../protocol/codec.ts";
import { openEnvelope } from "../../protocol/envelope.ts";
import { LINK_CONTEXT, LINK_FRAME, linkFrames } from "../../protocol/link.ts";
import type { DeviceId, DeviceView, LinkId, LinkView, Millis } from "../../types.ts";
import type { LinkOptions } from "../api.ts";
import type { Links } from "../own.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { Place } from "../tagBook.ts";
import { beginNew, confirmNew, expectHello, takeHello, takeNew } from "./linkNew.ts";
import { beginOld, confirmOld, expectReply, takeOld, takeReply } from "./linkOld.ts";
import { endLink, frameAt, isOver, type Link, linkView, sayLink, shoutLink, tellLink } from "./linkState.ts";
import { revokeDevice } from "./revoking.ts";

/** A link's own clock: what is due is said at its ticks, less and less often, and never because a frame came. */
const TICK: Millis = 400;
const LONGEST = 20;
/** Words at the end are said a few times: nobody answers them. */
const FAREWELLS = 3;
/** Links that are remembered; those that are over go first. */
const MOST = 16;

const EXPIRED = { code: "link-expired", text: "The link has expired; begin again with a new code." } as const;
const CANCELLED = { code: "link-cancelled", text: "It was cancelled on this device." } as const;

/** A device that was seated has spoken: its last word on the link may have gone astray. */
const isThere = ({ own }: Session, link: Link): boolean =>
  link.side === "old" && link.seated !== undefined && own?.lastHeard(link.code.device) !== undefined;

export class Linking implements Links {
  readonly #session: Session;
  readonly #links = new Map<LinkId, Link>();

  constructor(session: Session) {
    this.#session = session;
  }

  get offering(): boolean {
    return [...this.#links.values()].some((one) => one.side === "new" && !isOver(one));
  }
  views(): readonly LinkView[] {
    return [...this.#links.values()].map(linkView);
  }

  async offer(name: string): Promise<LinkView> {
    if (utf8(name).length > 128 || !name.isWellFormed())
      throw usage("name-too-long", "a device's name has at most 128 bytes");
    const open = [...this.#links.values()].find((one) => one.side === "new" && !isOver(one));
    if (open?.side === "new") {
      // Until somebody has answered it may still be called otherwise.
      if (!open.session) open.called = name;
      return linkView(open);
    }
    const link = beginNew(this.#session, name);
    await this.#session.step(async (step) => expectHello(step, link));
    return this.#begin(link);
  }

  async read(code: string): Promise<LinkView> {
    const link = beginOld(this.#session, code);
    const known = this.#links.get(link.link);
    if (known) return linkView(known);
    this.#session.link.hint(link.code.addresses);
    await this.#session.step(async (step) => expectReply(step, link));
    return this.#begin(link);
  }

  #begin(link: Link): LinkView {
    const over = [...this.#links.values()].find(isOver);
    if (this.#links.size >= MOST && !over) throw usage("too-many", "too many devices are being linked; cancel some");
    if (this.#links.size >= MOST && over) this.#links.delete(over.link);
    this.#links.set(link.link, link);
    tellLink(this.#session, link);
    this.#tick(link, FAREWELLS);
    return linkView(link);
  }

  #open(id: LinkId): Link {
    const link = this.#links.get(id);
    if (!link) throw usage("unknown-link", "no such link is under way here");
    return link;
  }

  async confirm(id: LinkId, options: LinkOptions): Promise<LinkView> {
    const link = this.#open(id);
    if (link.state !== "compare") {
      if (link.state === "waiting") throw usage("link-early", "the other device has not answered yet");
      return linkView(link);
    }
    await this.#session.step(async (step) => {
      if (link.side === "new") confirmNew(link);
      else await confirmOld(step, link, options);
    });
    tellLink(this.#session, link);
    return linkView(link);
  }

  async cancel(id: LinkId): Promise<LinkView> {
    const link = this.#open(id);
    if (link.session && !isOver(link)) sayLink(link, [frameAt(link, LINK_FRAME.refused, { kind: "refused" })]);
    endLink(this.#session, link, CANCELLED);
    return linkView(link);
  }

  /** Says what is due, as long as there is something to say. */
  #tick(link: Link, farewells: number): void {
    const { clock, options } = this.#session;
    const [jitter] = options.random(1) as unknown as [number];
    clock.after(TICK * (0.75 + jitter / 512), () => {
      if (this.#session.closed || (isOver(link) && farewells === 0)) return;
      if (!isOver(link) && isThere(this.#session, link)) endLink(this.#session, link);
      if (!isOver(link) && link.code.expires < clock.now()) endLink(this.#session, link, EXPIRED);
      const said = this.#speak(link);
      this.#tick(link, isOver(link) && said ? farewells - 1 : farewells);
    });
  }

  /** Whether it said something, or had nothing to say. */
  #speak(link: Link): boolean {
    if (link.saying.length === 0 || link.problem === EXPIRED) return true;
    if (this.#session.link.status().peers === 0 || link.wait-- > 0) return false;
    link.wait = link.patience;
    link.patience = Math.min(LONGEST, link.patience * 2);
    const { saying } = link;
    this.#session.track(this.#session.step(async (step) => shoutLink(step, saying)).catch(() => undefined));
    return true;
  }

  async take(step: Step, place: Extract<Place, { readonly kind: "link" }>, bytes: Uint8Array): Promise<void> {
    const link = this.#links.get(place.link);
    const plain = link && !isOver(link) && openEnvelope(place.key, bytes, LINK_CONTEXT);
    if (!link || !plain) return;
    if (place.part === "hello") return link.side === "new" ? takeHello(step, link, plain) : undefined;
    if (place.part === "reply") return link.side === "old" ? takeReply(step, link, plain) : undefined;
    const frame = linkFrames.decode(plain);
    if (!frame) return;
    await (link.side === "new" ? takeNew(step, link, frame) : takeOld(step, link, frame));
  }

  revoke(device: DeviceId): Promise<readonly DeviceView[]> {
    return revokeDevice(this.#session, device);
  }
}
