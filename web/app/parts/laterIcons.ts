/** The icons of what is loaded apart, with it. */
import type { Shape } from "./icons.ts";

export const laterIcons = {
  edit: [
    ["path", { d: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z" }],
    ["path", { d: "M13.5 7l3.5 3.5" }],
  ],
  copy: [
    ["path", { d: "M8.5 8.5h11v11h-11z" }],
    ["path", { d: "M15.5 8.5v-4h-11v11h4" }],
  ],
  bell: [
    ["path", { d: "M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5z" }],
    ["path", { d: "M10 20.5h4" }],
  ],
  now: [
    ["path", { d: "M4.5 3.5h15v8.5h-15z" }],
    ["path", { d: "M12 12v9M8.5 7.75h7" }],
  ],
  huddle: [
    ["circle", { cx: 12, cy: 6.5, r: 2.75 }],
    ["circle", { cx: 6.5, cy: 16.5, r: 2.75 }],
    ["circle", { cx: 17.5, cy: 16.5, r: 2.75 }],
    ["path", { d: "M9.7 8.7l-2 4.7M14.3 8.7l2 4.7M9.5 17.5h5" }],
  ],
  roll: [
    ["path", { d: "M3.5 6.5l1.75 1.75L8.5 5M3.5 12.5l1.75 1.75L8.5 11M4.5 18.5h3M11.5 6.5h9M11.5 12.5h9M11.5 18.5h9" }],
  ],
  ballot: [
    ["path", { d: "M3.5 11.5h17v8.5h-17z" }],
    ["path", { d: "M7.5 11.5V4h9v7.5M10 8l1.5 1.5L14.5 6.5" }],
  ],
  floor: [
    ["path", { d: "M9 4h6v9H9z" }],
    ["path", { d: "M5.5 11.5c0 3 2.5 5 6.5 5s6.5-2 6.5-5M12 16.5v4M8.5 20.5h7" }],
  ],
  file: [
    ["path", { d: "M6 3.5h8l4.5 4.5v12.5H6z" }],
    ["path", { d: "M14 3.5V8h4.5" }],
  ],
  crop: [["path", { d: "M7 2.5V17h14.5M2.5 7H17v14.5" }]],
  pen: [
    ["path", { d: "M4 20c4 1 4-3 7-3s2 3 5 2.5" }],
    ["path", { d: "M7.5 13.5L17 4l3 3-9.5 9.5-4 1z" }],
  ],
  blackout: [
    ["path", { d: "M4 5.5h16M4 19h10" }],
    ["path", { d: "M3.5 9h17v6h-17z", fill: "currentColor" }],
  ],
  undo: [
    ["path", { d: "M8.5 4.5L4 9l4.5 4.5" }],
    ["path", { d: "M4 9h10a5.5 5.5 0 0 1 0 11H8" }],
  ],
  turn: [
    ["path", { d: "M20 5v5h-5" }],
    ["path", { d: "M19.5 9.5A8 8 0 1 0 20 14" }],
  ],
  contrast: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M12 3.5a8.5 8.5 0 0 1 0 17z", fill: "currentColor" }],
  ],
  globe: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M3.5 12h17M12 3.5c2.7 2.3 4 5 4 8.5s-1.3 6.2-4 8.5c-2.7-2.3-4-5-4-8.5s1.3-6.2 4-8.5z" }],
  ],
  letters: [
    ["path", { d: "M2.5 18.5L7.5 6l5 12.5M4.3 14h6.4" }],
    ["path", { d: "M20.5 12v6.5" }],
    ["circle", { cx: 17.5, cy: 15.25, r: 3 }],
  ],
  pocket: [
    ["path", { d: "M4.5 4.5h15V12a7.5 7.5 0 0 1-15 0z" }],
    ["path", { d: "M4.5 8.5h15" }],
  ],
} as const satisfies Record<string, readonly Shape[]>;
