/** Commands about huddles and roll calls: huddle call, move, show; roll call, again, show. */
import type { Command } from "commander";
import { usage } from "../../errors.ts";
import type { HuddleView, RollCallView, ToolView } from "../../types/tools.ts";
import type { ApiClient } from "../client.ts";
import { contextOf, wholeNumber, type Context, type Outside } from "../context.ts";
import { momentAhead } from "../momentAhead.ts";
import { pickCaucus, pickMessage } from "../pick.ts";
import { huddleLines, rollCallLines } from "../toolLines.ts";

type Named = readonly [caucus: string, message: string];

const viewNamed = async <T extends "huddle" | "rollCall">(
  daemon: ApiClient,
  [which, message]: Named,
  tool: T,
): Promise<Extract<ToolView, { readonly tool: T }>> => {
  const { caucus } = await pickCaucus(daemon, which);
  const view = await daemon.tool(caucus, await pickMessage(daemon, caucus, message));
  if (view.tool !== tool) throw usage("unknown-tool", "that is something else; couloir table shows what there is");
  return view as Extract<ToolView, { readonly tool: T }>;
};

interface PlanFlags {
  readonly place?: string;
  readonly at?: number;
  readonly minutes?: number;
  readonly topic?: string;
  readonly off?: boolean;
}

const answerHuddle = ({ answer }: Context, view: HuddleView): Promise<void> => answer(view, huddleLines(view));
const answerRollCall = ({ answer }: Context, view: RollCallView): Promise<void> => answer(view, rollCallLines(view));

const callHuddle = async (context: Context, [which, place]: readonly [string, string], flags: PlanFlags) => {
  const daemon = await context.client();
  const { caucus } = await pickCaucus(daemon, which);
  const { at: starts, minutes = 10, topic: text = "" } = flags;
  if (starts === undefined) throw usage("no-time", "say with --at when it is");
  const plan = { place, starts, minutes, off: false };
  const { message } = await daemon.sayTool(caucus, { kind: "huddle", text, plan });
  await answerHuddle(context, await viewNamed(daemon, [caucus, message], "huddle"));
};

const moveHuddle = async (context: Context, named: Named, { place, at, minutes, off }: PlanFlags) => {
  const daemon = await context.client();
  const { caucus, message: to, plan: before } = await viewNamed(daemon, named, "huddle");
  const plan = {
    place: place ?? before.place,
    starts: at ?? before.starts,
    minutes: minutes ?? before.minutes,
    off: off === true,
  };
  await daemon.sayTool(caucus, { kind: "plan", to, plan });
  await answerHuddle(context, await viewNamed(daemon, [caucus, to], "huddle"));
};

const callRoll = async (context: Context, [which, text]: readonly [string, string]) => {
  const daemon = await context.client();
  const { caucus } = await pickCaucus(daemon, which);
  const { message } = await daemon.sayTool(caucus, { kind: "rollCall", text });
  await answerRollCall(context, await viewNamed(daemon, [caucus, message], "rollCall"));
};

const callRollAgain = async (context: Context, named: Named) => {
  const daemon = await context.client();
  const { caucus, message: again, text } = await viewNamed(daemon, named, "rollCall");
  await daemon.sayTool(caucus, { kind: "rollCall", text, again });
  await answerRollCall(context, await viewNamed(daemon, [caucus, again], "rollCall"));
};

const CAUCUS = ["<caucus>", "name, id, or the beginning of an id"] as const;
const HUDDLE = ["<huddle>", "id, or its beginning"] as const;
const ROLL_CALL = ["<roll call>", "id, or its beginning"] as const;
const AT = ["--at <when>", "when it begins: 14:55, 10m, or a date", momentAhead] as const;
const MINUTES = ["--minutes <n>", "how long it lasts", wholeNumber(1, 480)] as const;

/** Adds the commands to the program. */
export const addHuddleCommands = (program: Command, outside: Outside): void => {
  const huddle = program.command("huddle").description("meet outside: where, when, who comes");
  huddle
    .command("call")
    .argument(...CAUCUS)
    .argument("<place>", "where")
    .requiredOption(...AT)
    .option(...MINUTES)
    .option("--topic <words>", "what about")
    .description("call a huddle")
    .action((which: string, place: string, flags: PlanFlags, command: Command) =>
      callHuddle(contextOf(command, outside), [which, place], flags),
    );
  huddle
    .command("move")
    .argument(...CAUCUS)
    .argument(...HUDDLE)
    .option("--place <where>", "somewhere else")
    .option(...AT)
    .option(...MINUTES)
    .option("--off", "it does not take place")
    .description("change a huddle of yours")
    .action((which: string, id: string, flags: PlanFlags, command: Command) =>
      moveHuddle(contextOf(command, outside), [which, id], flags),
    );
  huddle
    .command("show")
    .argument(...CAUCUS)
    .argument(...HUDDLE)
    .description("where and when, and who comes")
    .action(async (which: string, id: string, _: object, command: Command) => {
      const context = contextOf(command, outside);
      await answerHuddle(context, await viewNamed(await context.client(), [which, id], "huddle"));
    });
  const roll = program.command("roll").description("roll call: everybody must have read it");
  roll
    .command("call")
    .argument(...CAUCUS)
    .argument("<text>", "what everybody must have read")
    .description("call the roll")
    .action((which: string, text: string, _: object, command: Command) =>
      callRoll(contextOf(command, outside), [which, text]),
    );
  roll
    .command("again")
    .argument(...CAUCUS)
    .argument(...ROLL_CALL)
    .description("say a roll call of yours once more, for those whom it has not reached")
    .action((which: string, id: string, _: object, command: Command) =>
      callRollAgain(contextOf(command, outside), [which, id]),
    );
  roll
    .command("show")
    .argument(...CAUCUS)
    .argument(...ROLL_CALL)
    .description("whom it has reached, who has read it, who is missing")
    .action(async (which: string, id: string, _: object, command: Command) => {
      const context = contextOf(command, outside);
      await answerRollCall(context, await viewNamed(await context.client(), [which, id], "rollCall"));
    });
};
