/** Where a page connects to, and where not. */
import assert from "node:assert/strict";
import { hostOf } from "../../src/net/addresses.ts";
import { Dialable } from "../../src/net/dialable.ts";
import { FollowingLink } from "../../src/net/followingLink.ts";

const FOREIGN = ["203.0.113.5", "2001:db8::5", "hub.example.org"];

describe("what a page dials", () => {
  it("is on local networks", () => {
    const dialable = new Dialable();
    for (const host of ["192.168.8.20", "10.1.2.3", "fe80::1", "hub.local", "hub"]) assert.ok(dialable.may(host), host);
    for (const host of FOREIGN) assert.ok(!dialable.may(host), host);
  });

  it("is what a person typed as well, by whatever name", () => {
    const dialable = new Dialable(["203.0.113.5", "[2001:db8::5]"]);
    dialable.name("hub.example.org");
    for (const host of FOREIGN) assert.ok(dialable.may(host), host);
    assert.ok(!dialable.may("203.0.113.6"));
  });

  it("is nothing whose host is none, whatever a person typed", () => {
    const dialable = new Dialable([""]);
    dialable.nameAll(["/ip4/10.0.0.1/tcp/443/tls/sni/hub.example.org/ws"]);
    assert.ok(!dialable.may(hostOf("/ip4/10.0.0.1/tcp/443/tls/sni/tracker.example/ws")));
  });

  it("is what stands in a code that a person follows, unless a name would have to be looked up outside", () => {
    const dialable = new Dialable();
    const link = new FollowingLink({ host: () => Promise.reject(new Error("it is not started")) }, dialable);
    link.hear(["/ip4/203.0.113.5/tcp/4700/ws", "/ip6/2001:db8::5/tcp/4700/ws"]);
    for (const host of FOREIGN) assert.ok(!dialable.may(host), `${host}, by a hub's word`);
    link.hint(["/ip4/203.0.113.5/tcp/4700/ws", "/ip6/2001:db8::5/tcp/4700/ws", "/dns4/hub.example.org/tcp/80/ws", "?"]);
    assert.deepEqual(
      FOREIGN.map((host) => dialable.may(host)),
      [true, true, false],
    );
  });

  it("is remembered with the code, but for what ends with the hub's run or is no hub", () => {
    const followed: string[] = [];
    const host = (): never => assert.fail("it is not started");
    const link = new FollowingLink({ host }, new Dialable(), (addresses) => void followed.push(...addresses));
    link.hear(["/ip4/10.0.0.1/tcp/8020/ws"]);
    const certificate = "/ip4/10.0.0.2/udp/8020/webrtc-direct/certhash/uEiDikp5KVUgkLta1EjUN-IKbHk-dUBg8VzKgf5nXxLK46w";
    link.hint(["/ip4/10.0.0.2/tcp/8020/ws", certificate, "/ip4/10.0.0.3/tcp/8020/ws"]);
    assert.deepEqual(followed, ["/ip4/10.0.0.2/tcp/8020/ws", "/ip4/10.0.0.3/tcp/8020/ws"]);
  });

  it("is bounded", () => {
    const dialable = new Dialable();
    dialable.follow(Array.from({ length: 1000 }, (_, at) => `/ip4/203.0.${at >> 8}.${at & 255}/tcp/1`));
    assert.ok(dialable.may("203.0.0.255") && !dialable.may("203.0.3.231"));
  });
});
