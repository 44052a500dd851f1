/** One direction of a TCP connection: in order, sent again until it arrives or the connection is given up. */
import type { Millis } from "../../src/types.ts";
import type { Place, Radio } from "./radio.ts";

interface Segment {
  readonly bytes: number;
  readonly arrive: () => void;
}

/** Linux's shortest and longest time before something unacknowledged is sent again. */
const RETRY: Millis = 200;
const LONGEST_RETRY: Millis = 120_000;
/** Headers of TCP, IP and the radio. */
const HEADERS = 60;

/** Carries messages one way. */
export class Pipe {
  /** Bytes that wait for what was lost before them. */
  unsent = 0;
  readonly #radio: Radio;
  readonly #from: Place;
  readonly #to: Place;
  readonly #waiting: Segment[] = [];
  #closed = false;
  #stalled = false;
  #lastArrival: Millis = 0;

  constructor(radio: Radio, from: Place, to: Place) {
    this.#radio = radio;
    this.#from = from;
    this.#to = to;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#closed) return;
    const segment = { bytes, arrive };
    if (!this.#stalled) this.#try(segment, 0);
    else {
      this.#waiting.push(segment);
      this.unsent += bytes;
    }
  }

  /** Nothing more is sent; what is in the air still arrives. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.unsent = 0;
  }

  #try(segment: Segment, times: number): void {
    const { clock } = this.#radio;
    const at = this.#radio.unicast(this.#from, this.#to, segment.bytes + HEADERS);
    if (at !== undefined) {
      this.#lastArrival = Math.max(this.#lastArrival, at);
      clock.after(this.#lastArrival - clock.now(), segment.arrive);
      return;
    }
    this.#stalled = true;
    clock.after(Math.min(LONGEST_RETRY, RETRY * 2 ** times), () => {
      if (this.#closed) return;
      this.#stalled = false;
      this.#try(segment, times + 1);
      while (!this.#stalled && this.#waiting.length > 0) {
        const next = this.#waiting.shift() as Segment;
        this.unsent -= next.bytes;
        this.#try(next, 0);
      }
    });
  }
}
