/** A device is lost and goes on talking, and its person says so from another one that nobody hears for a while. */
import assert from "node:assert/strict";
import { outcome } from "./told.ts";

/** Dee's phone is lost: `Dee`. The laptop is `Dee 2`, and `Dee 3` is the new phone. */
const STORIES: Readonly<Record<string, readonly [outcome: string, story: string]>> = {
  "talks and lets a stranger in: what others did meanwhile stands, and its person is there with the new one": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee 3*, Eve, Fay*; revoked: Dee",
    `15 Dee rekeys on 14
     16 Dee invites member 2 on 15
     17 Gus joins 16 on 16
     18 Dee 2 revokes Dee on 13
     19 Dee 2 seats Dee 3 on 18
     20 Ana moves Fay admin on 14
     21 Bo makes Fay admin on 20
     22 Ana rekeys on 17 19 21`,
  ],
  "is the second of who had not heard: whom the two raised is an admin": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee 3*, Eve, Fay*; revoked: Dee",
    `15 Dee moves Fay admin on 14
     16 Ana makes Fay admin on 15
     17 Dee 2 revokes Dee on 13
     18 Dee 2 seats Dee 3 on 17
     19 Ana rekeys on 16 18`,
  ],
  "is for putting an admin out, whom nobody removes with it: its word is gone": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee 3*, Eve, Fay; revoked: Dee",
    `15 Dee moves Cy out on 14
     16 Dee 2 revokes Dee on 13
     17 Dee 2 seats Dee 3 on 16
     18 Cy rekeys on 14
     19 Cy rekeys on 15 17 18`,
  ],
  "removes a member, who is in again once it is told; whom others let in meanwhile is in as well": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee 3*, Eve, Fay, Gus; revoked: Dee",
    `15 Dee removes Eve on 14
     16 Ana invites member 2 on 14
     17 Gus joins 16 on 16
     18 Dee 2 revokes Dee on 13
     19 Dee 2 seats Dee 3 on 18
     20 Ana rekeys on 15 17 19`,
  ],
  "was the second for whom another raised, who has seated a device since: both stay": [
    "Ana*, Bo 3*, Bo b*, Bo*, Cy 2*, Cy*, Dee 2*, Dee 3*, Eve, Fay; revoked: Dee",
    `15 Dee moves Bo b admin on 14
     16 Cy makes Bo b admin on 15
     17 Bo b seats Bo 3 on 16
     18 Dee 2 revokes Dee on 13
     19 Dee 2 seats Dee 3 on 18
     20 Ana rekeys on 17 19`,
  ],
};

describe("a lost device", () => {
  for (const [story, [is, lines]] of Object.entries(STORIES)) it(story, () => assert.equal(outcome(lines), is));
});
