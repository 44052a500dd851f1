import { useSignal, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { DeviceView, LinkView } from "../../../src/types.ts";
import { useController } from "../parts/context.tsx";

export interface Devices {
  /** This device first, revoked ones last. */
  readonly devices: ReadonlySignal<readonly DeviceView[]>;
  /** The newest link of a side, whatever has become of it. */
  readonly link: ReadonlySignal<LinkView | undefined>;
  /** Takes the answer to a call, which may come before its event. */
  readonly take: (link: LinkView | undefined) => void;
}

/** This person's devices and the link of one side, for as long as a sheet shows them. */
export const useDevices = (side: LinkView["side"]): Devices => {
  const app = useController();
  const devices = useSignal<readonly DeviceView[]>([]);
  const link = useSignal<LinkView | undefined>(undefined);
  useEffect(() => {
    const { api } = app.backend;
    const stops = [
      api.on("devices", (all) => (devices.value = all)),
      api.on("link", (view) => {
        if (view.side === side) link.value = view;
      }),
    ];
    const load = async (): Promise<void> => {
      const [all, links] = await Promise.all([api.devices(), api.links()]);
      devices.value = all;
      // What is over was told when it ended.
      link.value ??= links.findLast((one) => one.side === side && one.state !== "failed" && one.state !== "linked");
    };
    void app.act(load);
    stops.push(app.backend.onMissed(() => void app.act(load)));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return {
    devices,
    link,
    take: (view) => {
      if (view && link.peek()?.link !== view.link) link.value = view;
    },
  };
};
