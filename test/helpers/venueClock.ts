/** Loaded into a program before itself: its clock is `CLOCK_AHEAD_MS` ahead of this machine's. */
const { now: machineNow } = Date;
const now = (): number => machineNow() + Number(process.env["CLOCK_AHEAD_MS"] ?? 0);

globalThis.Date = new Proxy(Date, {
  construct: (target, args: readonly unknown[], made) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, made) as Date,
  get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
});
