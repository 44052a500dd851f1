/** A lost device is taken out however many seats bear its card, which is public, and whatever they said. */
import assert from "node:assert/strict";
import { unseatings } from "../../src/messenger/devices/unseating.ts";
import { hex } from "../../src/protocol/codec.ts";
import { deviceLists } from "../../src/protocol/devices.ts";
import { fromOps, newSeat, unseatDevices } from "../../src/protocol/group.ts";
import { MAX_LIST_BYTES, MAX_OP_PARENTS } from "../../src/protocol/limits.ts";
import type { ReceiveChain } from "../../src/protocol/senderKey.ts";
import type { ChainId, DeviceId } from "../../src/types.ts";
import { forge } from "../protocol/replicas.ts";
import { graphOf, meet, NOW, Person, room, seeded } from "../protocol/room.ts";
import { another, revoking, seat } from "../protocol/siblings.ts";

describe("the seats of a lost device", () => {
  for (const count of [0, 4, 15, 20])
    it(`go, with ${count} more that bear its card, many chains and a wide view`, () => {
      const [ana, mal] = room(["Ana", "Mal"]) as unknown as readonly [Person, Person];
      const phone = another(ana, "Ana's phone");
      seat(ana, phone);
      meet(ana, mal, phone);
      const code = mal.invite();
      const seats = [phone];
      for (let i = 0; i < count; i++) {
        const puppet = new Person(`Puppet ${i}`, seeded(`Puppet ${i}`), phone.self);
        const place = newSeat(puppet.random);
        puppet.state = fromOps(graphOf(mal.ops), place)!;
        mal.learn([puppet.act(phone.joinBody(code, place))]);
        seats.push(puppet);
      }
      const { heads } = mal.view;
      for (let i = 0; i < MAX_OP_PARENTS; i++) mal.learn([forge(mal, { kind: "rekey" }, heads, { at: NOW + i })]);
      meet(ana, mal);
      assert.equal(ana.view.heads.length, MAX_OP_PARENTS);
      const chains = seats.flatMap(({ member: sender }) =>
        Array.from({ length: 8 }, () => {
          const chain = hex(ana.random(16)) as ChainId;
          return [chain, { chain, sender, index: 128, openedAt: NOW }] as const;
        }),
      ) as unknown as readonly (readonly [ChainId, ReceiveChain])[];
      ana.state = { ...ana.state, receive: new Map(chains) };
      const device = hex(phone.self.device.public) as DeviceId;
      // As long as a list can be.
      const long = deviceLists.open(revoking(ana, phone))!.body;
      const revoked = [device, ...Array.from({ length: 15 }, () => hex(ana.random(32)) as DeviceId)];
      const others = Array.from({ length: 16 }, () => ({
        ...long.devices[0]!,
        device: hex(ana.random(32)) as DeviceId,
      }));
      const devices = deviceLists.sign({ ...long, devices: others, revoked }, ana.self.person.secret!).bytes;
      assert.ok(devices.length > 1700 && devices.length <= MAX_LIST_BYTES);
      const said = new Set<ChainId>();
      for (const one of unseatings(ana.state, { device, devices })) {
        const done = unseatDevices(ana.state, { devices, ...one }, { root: ana.self.person.secret!, now: NOW });
        assert.ok(done);
        ana.state = done.state;
        for (const { chain } of one.cut) said.add(chain);
      }
      assert.ok(seats.every(({ member }) => !ana.view.members.has(member)));
      assert.equal(said.size, chains.length);
    });
});
