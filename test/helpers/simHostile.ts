/** A member who says what no messenger of ours would: a session on the simulated network, with its frames at hand. */
import { contents } from "../../src/content/message.ts";
import { freshChain, sayAnew, topicOf } from "../../src/messenger/chains.ts";
import { openSession, startSession } from "../../src/messenger/opening.ts";
import { enqueue } from "../../src/messenger/outboxBook.ts";
import { flush } from "../../src/messenger/outbox.ts";
import { putProfile } from "../../src/messenger/selfRecord.ts";
import type { Session } from "../../src/messenger/session.ts";
import * as verification from "../../src/messenger/verification.ts";
import type { Control, PairWord } from "../../src/protocol/control.ts";
import { type Draft, sealMessage, sealPairwise } from "../../src/protocol/sending.ts";
import type { GroupId, MemberId, MessageId, PersonId } from "../../src/types.ts";
import { ProgramClock } from "./simClock.ts";
import { SimDisk } from "./simDisk.ts";
import { openDisk } from "./simProgram.ts";
import type { World } from "./simWorld.ts";

type Content = Parameters<typeof contents.encode>[0];

export class SimHostile {
  readonly session: Session;
  /** Words of others who compare emoji with them; nothing answers by itself. */
  readonly heard: { readonly session: string; readonly say: PairWord }[] = [];
  readonly #world: World;

  private constructor(session: Session, world: World) {
    this.session = session;
    this.#world = world;
    const { heard } = this;
    session.verification.load = async () => ({
      ...verification,
      takePairWord: async (_step, _from, { session: id, say }) => void heard.push({ session: id, say }),
    });
  }

  /** Comes into the venue; everybody who is up has heard of them after a while. */
  static async comes(world: World, name: string): Promise<SimHostile> {
    const random = world.random.fork(name);
    const { network } = world;
    const store = await openDisk(name, new SimDisk(), random);
    const options = {
      store,
      link: network.link(name),
      clock: new ProgramClock(network.clock, 0),
      random: random.bytes,
    };
    const session = await openSession(options);
    network.clock.watch({ idle: () => session.idle() });
    session.changeSelf(session.self, { name, flag: "", delegation: "" });
    await store.commit([putProfile(session.profile)]);
    await startSession(session);
    await world.settles();
    return new SimHostile(session, world);
  }

  get id(): PersonId {
    return this.session.person;
  }
  /** Their own pseudonym in a caucus. */
  member(group: GroupId): MemberId {
    return this.#state(group).seat.member;
  }
  /** Somebody's pseudonym in a caucus. */
  memberOf(group: GroupId, person: PersonId): MemberId {
    const found = [...this.#state(group).view.members.values()].find((one) => one.person === person);
    if (!found) throw new Error("they are not in it");
    return found.member;
  }

  /** Says something that people read, with whatever they like about it. */
  async places(
    group: GroupId,
    draft: Pick<Draft, "content"> & Partial<Pick<Draft, "nonce" | "time" | "lasts">>,
  ): Promise<void> {
    await this.#does(
      this.session.step(async (step) => {
        await freshChain(step, group);
        const { state } = step.held(group) ?? this.#held(group);
        const said = { nonce: step.context.random(16), parents: [], ...draft };
        const sealed = sealMessage(state, said, [], step.context);
        step.hold(sealed.state);
        step.publish(topicOf(step, state), [sealed.frame]);
      }),
    );
  }

  /** Says something that people read, whatever it is; its name. */
  async utters(group: GroupId, content: Content, nonce?: Uint8Array): Promise<MessageId> {
    const bytes = contents.encode(content);
    const { message } = await this.#does(
      this.session.step((step) => enqueue(step, step.held(group)!, { content: bytes, nonce })),
    );
    await this.#does(flush(this.session, group));
    return message;
  }

  /** Says something to all members. */
  async says(group: GroupId, control: Control): Promise<void> {
    await this.#does(this.session.step((step) => sayAnew(step, group, control)));
  }

  /** Says something to one member's device. */
  async tells(group: GroupId, person: PersonId, control: Control): Promise<void> {
    await this.#does(
      this.session.step(async (step) => {
        const state = this.#state(group);
        const card = state.view.members.get(this.memberOf(group, person))?.card;
        if (!card) throw new Error("they have no card");
        const sealed = sealPairwise(state, card.agreement, control, step.context);
        step.hold(sealed.state);
        step.publish(topicOf(step, state), sealed.frames);
      }),
    );
  }

  #held(group: GroupId) {
    const held = this.session.groups.get(group);
    if (!held) throw new Error("they are in no such caucus");
    return held;
  }
  #state(group: GroupId) {
    return this.#held(group).state;
  }

  async #does<T>(work: Promise<T>): Promise<T> {
    const done = await this.#world.clock.wait(work, 60_000);
    await this.#world.settles(5_000);
    return done;
  }
}
