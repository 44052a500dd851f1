/** Loaded into a daemon before itself: it lies to whoever's doctor asks, of the time, of others, and that it cannot come back. */
import { lookMessage } from "../../src/net/look.ts";

const honest = { ...lookMessage };
const NOBODY = [201, 202, 203, 204].map((host) => `/ip4/10.77.0.${host}/tcp/4001`);

Object.assign(lookMessage, {
  encode: (answer: Parameters<typeof honest.encode>[0]) =>
    honest.encode({ ...answer, now: answer.now + 3_600_000, back: "silent", others: NOBODY }),
});
