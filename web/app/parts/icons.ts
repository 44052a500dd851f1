/** The icons, on a 24 grid: one weight, mitred, cut ends. Two carry a mark in the colour of the paper. */

import type { laterIcons } from "./laterIcons.ts";

/** `[element, attributes]`, drawn in this order. */
export type Shape = readonly ["path" | "circle", Readonly<Record<string, string | number>>];

export const icons = {
  back: [["path", { d: "M15 5l-7 7 7 7" }]],
  onward: [["path", { d: "M9 5l7 7-7 7" }]],
  down: [["path", { d: "M5 9l7 7 7-7" }]],
  close: [["path", { d: "M6 6l12 12M18 6L6 18" }]],
  plus: [["path", { d: "M12 4.5v15M4.5 12h15" }]],
  check: [["path", { d: "M4.5 12.5l5 5L19.5 7" }]],
  more: [
    [
      "path",
      { d: "M4.5 11h2.5v2.5H4.5zM10.75 11h2.5v2.5h-2.5zM17 11h2.5v2.5H17z", fill: "currentColor", stroke: "none" },
    ],
  ],
  search: [
    ["circle", { cx: 10.5, cy: 10.5, r: 6 }],
    ["path", { d: "M15 15l5.5 5.5" }],
  ],
  photo: [
    ["path", { d: "M3.5 7.5h4.25l1.5-3h5.5l1.5 3h4.25v12h-17z" }],
    ["circle", { cx: 12, cy: 13, r: 3.5 }],
  ],
  face: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M8 14c.8 1.7 2.2 2.5 4 2.5s3.2-.8 4-2.5" }],
    ["path", { d: "M9 8.5v2M15 8.5v2" }],
  ],
  send: [["path", { d: "M12 19.5V5.5M5.5 12L12 5.5l6.5 6.5" }]],
  reply: [
    ["path", { d: "M9.5 5L4 10.5 9.5 16" }],
    ["path", { d: "M4 10.5h9c4 0 7 2.5 7 7.5v1" }],
  ],
  link: [["path", { d: "M10 8H6.5a4 4 0 0 0 0 8H10M14 8h3.5a4 4 0 0 1 0 8H14M8.5 12h7" }]],
  qr: [
    ["path", { d: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4z" }],
    [
      "path",
      {
        d: "M14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM18 14h2v2h-2zM14 18.5h2V20h-2z",
        fill: "currentColor",
        stroke: "none",
      },
    ],
  ],
  pin: [["path", { d: "M8 4h8M9.5 4v6L6.5 13.5h11L14.5 10V4M12 13.5V20.5" }]],
  mute: [
    ["path", { d: "M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5z" }],
    ["path", { d: "M10 20.5h4M4 4l16 16" }],
  ],
  lock: [
    ["path", { d: "M5.5 10.5h13v9.5h-13z" }],
    ["path", { d: "M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14v3" }],
  ],
  clock: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M12 7v5.5l3.5 2" }],
  ],
  table: [
    ["path", { d: "M6.5 8.5h11v7h-11z" }],
    ["path", { d: "M8 5h3M13 5h3M8 19h3M13 19h3M3 10.5v3M21 10.5v3" }],
  ],
  people: [
    ["circle", { cx: 9, cy: 8.5, r: 3.5 }],
    ["path", { d: "M3 20c0-4 2.5-6 6-6s6 2 6 6" }],
    ["path", { d: "M15.5 5.5a3.2 3.2 0 0 1 0 6M17.5 14.5c2.3.7 3.5 2.5 3.5 5.5" }],
  ],
  sliders: [
    ["path", { d: "M3.5 7h9M17 7h3.5M3.5 17H7M11.5 17h9" }],
    ["path", { d: "M12.5 4.5H17v5h-4.5zM7 14.5h4.5v5H7z" }],
  ],
  tally: [["path", { d: "M5.5 5v14M9.5 5v14M13.5 5v14M17.5 5v14M3 15.5L21 8.5" }]],
  clause: [
    ["path", { d: "M5.5 3.5h9.5l3.5 3.5v13.5h-13z" }],
    ["path", { d: "M8.5 9.5h2M12 9.5h3.5M8.5 13h2M12 13h3.5M8.5 16.5h2M12 16.5h3.5" }],
  ],
  hub: [
    ["path", { d: "M9 9h6v6H9z" }],
    ["circle", { cx: 4.5, cy: 5, r: 1.75 }],
    ["circle", { cx: 19.5, cy: 5, r: 1.75 }],
    ["circle", { cx: 12, cy: 20.25, r: 1.75 }],
    ["path", { d: "M5.9 6.2L9 9M18.1 6.2L15 9M12 15v3.5" }],
  ],
  direct: [
    ["circle", { cx: 4.75, cy: 12, r: 2.25 }],
    ["circle", { cx: 19.25, cy: 12, r: 2.25 }],
    ["path", { d: "M7 12h10" }],
  ],
  none: [
    ["circle", { cx: 4.75, cy: 12, r: 2.25 }],
    ["circle", { cx: 19.25, cy: 12, r: 2.25 }],
    ["path", { d: "M7 12h2.5M14.5 12H17M10.5 15.5l3-7" }],
  ],
  seal: [
    ["path", { d: "M8 2h8l6 6v8l-6 6H8l-6-6V8z", fill: "currentColor", stroke: "none" }],
    ["path", { d: "M6.75 12.25l3.75 3.75 7-7.5", stroke: "var(--sheet, #fff)", "stroke-width": 2.6 }],
  ],
  unsealed: [
    ["path", { d: "M8.5 3h7L21 8.5v7L15.5 21h-7L3 15.5v-7z" }],
    ["path", { d: "M9.2 9.7c.2-1.7 1.3-2.7 2.9-2.7s2.8 1 2.8 2.5c0 2.2-2.9 2.3-2.9 4.7M12 15.8v2" }],
  ],
  broken: [
    ["path", { d: "M8 2h8l6 6v8l-6 6H8l-6-6V8z", fill: "currentColor", stroke: "none" }],
    ["path", { d: "M12 6v7.5M12 15.5v2.7", stroke: "var(--sheet, #fff)", "stroke-width": 2.8 }],
  ],
  door: [["path", { d: "M6 20.5v-17h12v17M3 20.5h18M14.5 11v3" }]],
  warn: [
    ["path", { d: "M12 4L21 20H3z" }],
    ["path", { d: "M12 10v5M12 16.2v2" }],
  ],
  info: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M12 11v5.5M12 7v2" }],
  ],
  stop: [
    ["circle", { cx: 12, cy: 12, r: 8.5 }],
    ["path", { d: "M6 6l12 12" }],
  ],
  place: [
    ["path", { d: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11z" }],
    ["path", { d: "M10.5 8.5h3v3h-3z" }],
  ],
  move: [
    ["path", { d: "M3.5 4h8v16h-8z" }],
    ["path", { d: "M14 12h7M17.5 8.5L21 12l-3.5 3.5" }],
  ],
  wipe: [["path", { d: "M3.5 6.5h17M9 6.5v-3h6v3M5.5 6.5l1 14h11l1-14M10 10.5v6M14 10.5v6" }]],
  keep: [["path", { d: "M12 3.5V14M7 9.5l5 5 5-5M4 15v5.5h16V15" }]],
  key: [
    ["circle", { cx: 7.5, cy: 12, r: 4 }],
    ["path", { d: "M11.5 12H21v4M17 12v3" }],
  ],
  again: [
    ["path", { d: "M20 4.5V10h-5.5M4 19.5V14h5.5" }],
    ["path", { d: "M19.5 9.5a8 8 0 0 0-14-2.5M4.5 14.5a8 8 0 0 0 14 2.5" }],
  ],
} as const satisfies Record<string, readonly Shape[]>;

export type IconName = keyof typeof icons | keyof typeof laterIcons;
