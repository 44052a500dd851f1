/** Runs in the page of the photo tests: opens, edits and finishes a photo there, and looks at what came out. */
import { edit, UNTOUCHED, type EditAction } from "../../web/app/photo/edit.ts";
import { finishPhoto } from "../../web/app/photo/finish.ts";
import { openPhoto } from "../../web/app/photo/open.ts";
import { PhotoTrouble } from "../../web/app/photo/trouble.ts";

export interface Worked {
  readonly trouble?: string;
  /** How many times a decoder was asked. */
  readonly decodes: number;
  readonly hidden?: string;
  readonly width?: number;
  readonly height?: number;
  /** Base64. */
  readonly bytes?: string;
  readonly thumbnail?: string;
  readonly looked?: readonly (readonly number[])[];
  readonly census?: Census;
  readonly blackIsUniform?: boolean;
  readonly thumbnailSaturated?: number;
}
interface Census {
  readonly pixels: number;
  readonly black: number;
  /** Pixels of a strong colour. */
  readonly saturated: number;
}

const toBytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const toBase64 = async (blob: Blob): Promise<string> =>
  btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(""));

const pixelsOf = async (blob: Blob): Promise<ImageData> => {
  const bitmap = await createImageBitmap(blob);
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(bitmap, 0, 0);
  return pen.getImageData(0, 0, bitmap.width, bitmap.height);
};

const count = ({ data }: ImageData): Census => {
  let [black, saturated] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(i, i + 3);
    if (Math.max(r, g, b) <= 8) black += 1;
    if (Math.max(r, g, b) - Math.min(r, g, b) > 48) saturated += 1;
  }
  return { pixels: data.length / 4, black, saturated };
};

/** Whether the middle of the black is one colour: the box of all black pixels, without what JPEG does to its edge. */
const uniform = ({ data, width, height }: ImageData): boolean => {
  const isBlack = (x: number, y: number): boolean => [0, 1, 2].every((i) => (data[4 * (y * width + x) + i] ?? 99) <= 8);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isBlack(x, y)) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  const range = (values: readonly number[]): [number, number] => [
    values.reduce((a, b) => Math.min(a, b)) + 16,
    values.reduce((a, b) => Math.max(a, b)) - 16,
  ];
  const [[left, right], [top, bottom]] = [range(xs), range(ys)];
  for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) if (!isBlack(x, y)) return false;
  return right > left && bottom > top;
};

/** Puts a function in another's place; the result puts the old one back. */
const replace = <A extends unknown[], R>(
  where: object,
  name: string,
  by: (old: (self: unknown, given: A) => R) => (self: unknown, given: A) => R,
) => {
  const old: (...given: A) => R = Reflect.get(where, name);
  const now = by((self, given) => Reflect.apply(old, self, given));
  Reflect.set(where, name, function replaced(this: unknown, ...given: A) {
    return now(this, given);
  });
  return () => Reflect.set(where, name, old);
};

/** Takes something away that browsers may lack, while `task` runs. */
const lacking = async <T>(what: string | undefined, decoded: () => void, task: () => Promise<T>): Promise<T> => {
  const back = [
    replace<[unknown, unknown?], Promise<unknown>>(globalThis, "createImageBitmap", (old) => (_, given) => {
      if (what === "options" && given[1] !== undefined) return Promise.reject(new TypeError("no such option"));
      decoded();
      return old(globalThis, given);
    }),
    replace(Image.prototype, "decode", (old) => (self, given) => {
      decoded();
      return old(self, given);
    }),
    replace<number[], ImageData>(CanvasRenderingContext2D.prototype, "getImageData", (old) => (self, given) => {
      const pixels = old(self, given);
      if (what === "true pixels") pixels.data[0] = (pixels.data[0] ?? 0) ^ 1;
      return pixels;
    }),
  ];
  if (what === "createImageBitmap") Object.assign(globalThis, { createImageBitmap: undefined });
  try {
    return await task();
  } finally {
    for (const undo of back) undo();
  }
};

/** Opens, edits and finishes. `look` names pixels of the result whose colour is wanted. */
export const work = async (request: {
  readonly file: string;
  readonly actions?: readonly EditAction[];
  readonly look?: readonly (readonly [number, number])[];
  readonly census?: boolean;
  readonly without?: "createImageBitmap" | "options" | "true pixels";
}): Promise<Worked> => {
  let decodes = 0;
  const ready = await lacking(
    request.without,
    () => (decodes += 1),
    async () => {
      const photo = await openPhoto(new Blob([toBytes(request.file)]));
      const { now } = (request.actions ?? []).reduce(edit, UNTOUCHED);
      return { photo, finished: await finishPhoto(photo, now) };
    },
  ).catch((error: unknown) => {
    if (error instanceof PhotoTrouble) return error;
    throw error;
  });
  if (ready instanceof PhotoTrouble) return { trouble: ready.code, decodes };
  const { blob, picture } = ready.finished;
  const pixels = await pixelsOf(blob);
  const { data, width } = pixels;
  return {
    decodes,
    hidden: ready.photo.hidden,
    width: picture.width,
    height: picture.height,
    bytes: await toBase64(blob),
    thumbnail: picture.thumbnail,
    looked: (request.look ?? []).map(([x, y]) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3)]),
    ...(request.census === true && {
      census: count(pixels),
      blackIsUniform: request.actions !== undefined && uniform(pixels),
      thumbnailSaturated: count(await pixelsOf(new Blob([toBytes(picture.thumbnail)]))).saturated,
    }),
  };
};
