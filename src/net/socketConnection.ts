/** A WebSocket of the `ws` package as libp2p's `MultiaddrConnection`, with back-pressure both ways. */
import type { Logger } from "@libp2p/interface";
import { AbstractMultiaddrConnection } from "@libp2p/utils";
import type { Multiaddr } from "@multiformats/multiaddr";
import type { RawData, WebSocket } from "ws";

type Bytes = Parameters<AbstractMultiaddrConnection["sendData"]>[0];
type SendResult = ReturnType<AbstractMultiaddrConnection["sendData"]>;

/** Unsent bytes at which the muxer waits, and at which it goes on. */
const HIGH_WATER = 512 * 1024;
const LOW_WATER = 128 * 1024;
/** What `ws` says when a socket ends without a word. */
const ABNORMAL = 1006;

/** One accepted WebSocket. */
export class SocketConnection extends AbstractMultiaddrConnection {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, remoteAddr: Multiaddr, log: Logger) {
    super({ remoteAddr, log, direction: "inbound" });
    this.#socket = socket;
    socket.binaryType = "nodebuffer";
    socket.on("message", (data: RawData, isBinary: boolean) => {
      if (isBinary && data instanceof Buffer) this.onData(data);
      else this.abort(new Error("not binary"));
    });
    socket.once("close", (code) => {
      if (this.status !== "open" && this.status !== "closing") return;
      if (code === ABNORMAL) this.onRemoteReset();
      else this.onTransportClosed();
    });
  }

  override sendData(data: Bytes): SendResult {
    for (const part of data) this.#socket.send(part, this.#onSent);
    return { sentBytes: data.byteLength, canSendMore: this.#socket.bufferedAmount < HIGH_WATER };
  }

  override sendReset(): void {
    this.#socket.terminate();
  }

  override async sendClose(): Promise<void> {
    this.#socket.close();
  }

  override sendPause(): void {
    this.#socket.pause();
  }

  override sendResume(): void {
    this.#socket.resume();
  }

  readonly #onSent = (): void => {
    if (this.writableNeedsDrain && this.#socket.bufferedAmount <= LOW_WATER) this.safeDispatchEvent("drain");
  };
}
