/** Row 12 of the attacks, and row 11: the smallest cases in which one rule alone decides. What was before: ../told.ts. */
import assert from "node:assert/strict";
import { outcome } from "../told.ts";

/** What it comes to, and what was done, by the rule that decides it; and after how many lines of what was before, if not all. */
const RULES: Readonly<Record<string, readonly [outcome: string, story: string, until?: number]>> = {
  "whom two have taken down one removes, as any member: that two made them one was before that": [
    "Ana*, Bo b, Bo*, Dee 2*, Dee*, Eve, Fay",
    `15 Ana moves Cy member on 11
     16 Bo makes Cy member on 15
     17 Bo removes Cy, Cy 2 on 16`,
  ],
  "a raise that falls with the device that made it is no word against who has heard so": [
    "Bo*, Dee, Dee 2, Eve, Fay; revoked: Ana",
    `15 Ana revokes Ana on 8
     16 Bo removes Cy on 15`,
  ],
  "who says of their other device that it is an admin takes it down by no word beside that": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Dee 2 makes Dee admin on 14
     16 Dee 2 makes Dee member on 14`,
  ],
  "a word of a device that is revoked stays where another had done what it said, and had not heard": [
    "Cy, Cy 2, Dee, Dee 2, Eve, Fay; moved: 8; revoked: Ana, Bo",
    `15 Ana revokes Ana on 7
     16 Bo revokes Bo on 15`,
  ],
  "a withdrawal by a device that never came in keeps nobody out": [
    "Ana b, Ana*, Bo b, Bo*, Cy 2*, Cy*, Eve, Fay; revoked: Dee",
    `15 Ana b joins 1 as Ana on 12
     16 Dee revokes Dee on 11
     17 Dee 2 withdraws 1 on 14`,
  ],
  "a removal by a device that never came in takes nobody out, for whom another was or not": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Eve, Fay; moved: 15; revoked: Dee",
    `15 Bo moves Cy out on 14
     16 Dee 2 removes Cy, Cy 2 on 15
     17 Dee revokes Dee on 10`,
  ],
  "a list revokes a device also where the seat that it names was kept out beside it": [
    "Ana*, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay; revoked: Bo b",
    `15 Dee 2 withdraws 1 on 13
     16 Bo revokes Bo b on 14`,
  ],
  "a list of devices binds who knew of it: beside it somebody comes in with a card that it revokes": [
    "Ana*, Bo b, Bo*, Cy b, Cy*, Dee 2*, Dee*, Eve, Fay; revoked: Cy 2",
    `15 Cy b joins 1 as Cy 2 on 14
     16 Cy 2 revokes Cy 2 on 13`,
  ],
  "who is an admin already is made one once more, and that ends what was moved": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy b, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Cy b joins 1 as Cy on 11
     16 Bo moves Dee admin on 15
     17 Bo makes Dee admin on 16`,
  ],
  "whom a removal takes the word from that made them one is none, though a list spares that word": [
    "Bo b, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay; revoked: Ana",
    `15 Dee 2 moves Bo out on 13
     16 Cy removes Bo on 15
     17 Bo moves Bo b admin on 14
     18 Cy 2 makes Bo b admin on 17
     19 Ana revokes Ana on 17`,
  ],
  "two who remove each other by a third one's word both go": [
    "Bo*, Dee 2*, Dee*, Eve, Fay",
    `15 Dee moves Cy out on 12
     16 Ana removes Cy, Cy 2 on 15
     17 Dee moves Ana out on 12
     18 Cy removes Ana on 17`,
  ],
  "who comes in beside a member's withdrawal is in": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    "15 Eve withdraws 1 on 11",
  ],
  "what somebody signed before they were an admin tells what they knew as well": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Dee 2 makes Dee 2 member on 14
     16 Dee rekeys on 10
     17 Bo makes Dee admin on 11`,
  ],
  "who takes an admin down by what evades removes a member all the same": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve",
    `15 Ana makes Bo member on 8
     16 Ana removes Fay on 15`,
  ],
  "a removal of a member is no worse for what its author does to that one's other seat elsewhere": [
    "Ana, Bo*, Dee 2*, Dee*, Eve, Fay",
    `15 Dee removes Bo b on 14
     16 Dee moves Cy out on 14
     17 Ana removes Cy, Cy 2 on 16
     18 Ana moves Ana member on 17
     19 Dee makes Ana member on 18
     20 Dee makes Bo member on 19`,
  ],
  "who hears of a list on top of what they did had not heard of it when they did it": [
    "Bo 3*, Bo*, Cy 2*, Dee 2*, Dee*, Eve, Fay; revoked: Cy",
    `15 Cy moves Ana out on 12
     16 Bo removes Ana on 15
     17 Cy 2 revokes Cy on 12
     18 Bo seats Bo 3 as Bo on 16 17`,
  ],
  "a removal by a device that never came in takes nobody along": [
    "Ana*, Bo b, Bo*, Dee 2*, Dee*, Eve, Fay, Fay b; moved: 15; revoked: Cy",
    `15 Ana moves Ana out on 14
     16 Cy 2 removes Ana on 15
     17 Cy revokes Cy on 9
     18 Fay b joins 1 on 17`,
  ],
  "a device that its own line has revoked is raised by nobody beside that, and the word for it waits": [
    "Ana*, Bo b, Bo*, Cy 2*, Dee 2*, Dee*, Eve, Fay; moved: 18; revoked: Cy",
    `15 Cy 2 revokes Cy on 13
     16 Cy moves Cy member on 11
     17 Ana makes Cy 2 member on 16
     18 Bo moves Cy admin on 17
     19 Ana makes Cy admin on 18`,
  ],
  "of two words of which one is done already the other still counts": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee, Dee 2, Eve, Fay",
    `31 Dee moves Dee member on 13
     17 Ana makes Dee member on 31
     20 Cy 2 moves Dee member on 31
     24 Ana makes Dee member on 20`,
  ],
  "a word that is not needed is no second: what one of two does alone falls with nobody's": [
    "Bo b, Bo*, Cy 2, Dee, Dee 2, Eve, Fay; revoked: Cy",
    `15 Dee moves Dee member on 13
     16 Cy 2 makes Dee member on 15
     17 Ana leaves on 16
     18 Cy revokes Cy on 16
     19 Cy moves Cy member on 17
     20 Bo makes Cy 2 member on 19`,
  ],
  "a word that was said again is spent with the ROLE that it seconded: nobody raises by it whom two took down since": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Bo moves Fay admin on 14
     24 Bo moves Fay admin on 15
     25 Ana makes Fay admin on 15
     50 Ana moves Fay member on 25
     51 Bo makes Fay member on 50
     20 Cy rekeys on 15
     21 Cy rekeys on 20
     22 Cy rekeys on 21
     23 Dee makes Fay admin on 22`,
  ],
  "a word about a seat that came in with the same card makes a spent one no better": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay, Fay b; moved: 20",
    `15 Fay b joins 1 as Fay on 14
     16 Bo moves Fay admin on 15
     17 Ana makes Fay admin on 16
     18 Ana moves Fay member on 17
     19 Bo makes Fay member on 18
     20 Bo moves Fay b admin on 16
     21 Cy rekeys on 20
     22 Cy rekeys on 21
     23 Cy rekeys on 22
     24 Dee makes Fay admin on 23`,
  ],
  "who removes somebody saves no device of theirs by having raised them beside that": [
    "Ana*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay 2; moved: 16",
    `15 Fay seats Fay 2 on 14
     16 Ana moves Fay admin on 15
     17 Bo makes Fay admin on 16
     24 Bo removes Fay on 15
     25 Fay 2 seats Fay 3 on 15
     19 Ana moves Bo out on 24
     20 Cy removes Bo, Bo b on 19`,
  ],
  "a removal that names no seat is against none that was taken down before, and keeps out who comes in beside": [
    "Ana*, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Ana makes Bo member on 8
     16 Ana bars Bo on 15`,
  ],
  "a key that comes in by itself and, beside that, as a device is of both lines: whoever raises either raises it": [
    "Ana*, Bo b, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay; moved: 15; revoked: Bo",
    `15 Cy moves Bo b admin on 14
     16 Ana makes Cy admin on 8
     17 Bo revokes Bo on 16
     18 Cy 2 joins 1 on 17
     19 Cy makes Cy 2 member on 14`,
  ],
  "who has heard of a list by another seat of theirs that is an admin has heard of it": [
    "Bo b*, Bo*, Cy 2*, Cy*, Dee, Dee 2, Eve, Fay; moved: 20; revoked: Ana",
    `15 Cy moves Bo b admin on 14
     16 Dee makes Bo b admin on 15
     17 Ana revokes Ana on 16
     18 Dee 2 moves Dee member on 17
     19 Bo b makes Dee member on 18
     20 Bo moves Fay admin on 12
     21 Ana makes Fay admin on 20`,
  ],
  "who has heard of a list as a member has heard of it": [
    "Bo, Bo 3, Cy, Cy 2, Dee, Dee 2, Eve, Fay; moved: 8; revoked: Ana",
    `15 Ana revokes Ana on 2
     16 Bo seats Bo 3 as Bo on 15`,
  ],
  "what was void in the past of an operation makes nobody an admin there": [
    "Bo*, Dee 2*, Dee*, Eve, Fay; revoked: Ana",
    `15 Ana revokes Ana on 8
     16 Ana makes Bo admin on 14
     17 Ana moves Cy out on 16
     18 Bo removes Cy, Cy 2 on 17
     19 Cy moves Dee member on 14
     20 Ana makes Dee member on 19
     21 Dee removes Bo b on 18 20`,
  ],
  "an invitation by card that its device has used is not withdrawn, though that one had come and gone another way": [
    "Ana*, Bo b, Bo*, Cy 2*, Cy*, Dee 2*, Dee*, Eve, Fay",
    `15 Ana calls Gus on 14
     16 Gus joins 1 on 14
     17 Gus leaves on 16
     18 Cy rekeys on 15
     19 Gus joins 15 on 18
     20 Eve withdraws 15 on 18`,
  ],
  "who takes others out as if there were no admin is not rid of their own words by what that takes along": [
    "Ana, Bo*, Cy*, Dee, Eve, Fay",
    `15 Ana makes Ana member on 2
     16 Bo removes Ana on 15`,
    9,
  ],
  "what rests on what somebody did tells nothing of what they knew when they did it": [
    "Ana, Ana b, Cy, Dee, Eve, Fay",
    `15 Ana removes Bo on 7
     16 Ana makes Ana member on 7
     17 Ana b joins 1 as Ana on 15 16
     18 Ana makes Ana member on 15`,
    7,
  ],
  "where what made them many is struck, nobody had known of many": [
    "Cy, Dee, Eve, Fay",
    `15 Ana removes Bo on 2
     16 Bo removes Ana on 8`,
    9,
  ],
  "whom two raised who came in beside the removal of who let them in is an admin": [
    "Ana*, Bo*, Cy*, Eve, Fay, Fay b*",
    `15 Dee calls Fay b on 8
     16 Fay b joins 15 on 15
     17 Ana moves Fay b admin on 16
     18 Bo makes Fay b admin on 17
     19 Bo removes Dee on 8`,
    9,
  ],
  "who came in beyond the reach of a removal has their say on top of both, whatever else is struck there": [
    "Ana*, Bo*, Cy*, Gus*",
    `15 Dee calls Gus on 8
     16 Gus joins 15 on 15
     17 Ana moves Gus admin on 16
     18 Bo makes Gus admin on 17
     19 Bo removes Dee on 8
     20 Eve rekeys on 9
     21 Gus removes Fay on 18 19 20
     22 Ana removes Eve on 18`,
    9,
  ],
  "who withdraws another's invitation where nobody is an admin, as what is void would have it, keeps nobody out": [
    "Ana*, Cy*, Dee, Eve, Fay, Gus",
    `15 Ana invites member 5 on 7
     16 Gus joins 15 on 15
     17 Bo moves Cy admin on 16
     18 Ana makes Cy admin on 17
     19 Bo rekeys on 18
     20 Ana moves Bo out on 19
     21 Cy removes Bo on 20
     22 Bo makes Ana member on 15
     23 Bo leaves on 22
     24 Eve withdraws 15 on 23`,
    7,
  ],
};

describe("attack 12: one rule alone decides", () => {
  for (const [rule, [is, story, until]] of Object.entries(RULES))
    it(rule, () => assert.equal(outcome(story, until), is));
});
