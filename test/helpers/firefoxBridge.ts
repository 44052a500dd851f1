/**
 * Firefox with what leads to it: `firefoxBridge.ts SOCKET PORT ARGUMENTS…` starts Firefox with these arguments and carries
 * WebDriver BiDi between its loopback and a socket in the file system. It says that Firefox listens at `PORT`, from where
 * who asks is led to that socket. A command that this Firefox does not know yet, and Playwright sends to every browser, is
 * answered here.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";
import { FIREFOX } from "./firefox.ts";

/** Colours are chosen by a preference instead. */
const UNKNOWN = "emulation.setMediaFeaturesOverride";

const [path = "", port = "", ...args] = process.argv.slice(2);
const browser = spawn(FIREFOX, args, { stdio: ["ignore", "inherit", "pipe"] });

const carry = (outer: WebSocket, address: string): void => {
  const inner = new WebSocket(`${address}/session`, { perMessageDeflate: false });
  const waiting: string[] = [];
  inner.once("open", () => {
    for (const text of waiting.splice(0)) inner.send(text);
  });
  outer.on("message", (data: Buffer) => {
    const text = data.toString();
    const { id, method } = JSON.parse(text) as { readonly id: number; readonly method: string };
    if (method === UNKNOWN) outer.send(JSON.stringify({ type: "success", id, result: {} }));
    else if (inner.readyState === WebSocket.CONNECTING) waiting.push(text);
    else inner.send(text);
  });
  inner.on("message", (data: Buffer) => outer.send(data.toString()));
  inner.on("close", () => outer.close());
  outer.on("close", () => inner.close());
  // Its end says all that there is to say.
  for (const one of [inner, outer]) one.on("error", () => undefined);
};

createInterface(browser.stderr).on("line", (line) => {
  const address = /WebDriver BiDi listening on (ws:\/\/.*)$/u.exec(line)?.[1];
  if (address === undefined) return void process.stderr.write(`${line}\n`);
  const server = createServer();
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (outer) => carry(outer, address));
  server.listen(path, () => void process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${port}\n`));
});
browser.on("exit", (code) => process.exit(code ?? 1));
