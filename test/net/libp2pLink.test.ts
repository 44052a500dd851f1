import { Libp2pLink } from "../../src/net/libp2pLink.ts";
import { nodeHost } from "../../src/net/nodeHost.ts";
import { linkContract } from "./linkContract.ts";
import { until } from "./mailbox.ts";

linkContract("libp2p over TCP", () => ({
  link: () => new Libp2pLink({ host: nodeHost({ listen: ["127.0.0.1"] }) }),
  until,
  close: async () => {},
}));
