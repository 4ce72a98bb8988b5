import { unknown } from "../screen/figures.js";
import { fontFamily } from "./drawing.js";
import type { Palette } from "./theme.js";

/** Where a text stands: its left end, and the middle of its line. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** What it may take; it is set smaller where it would take more. */
  readonly width: number;
}

interface Look {
  readonly size: number;
  readonly fill: string;
  readonly isBold?: boolean;
}

/** How wide a letter of a wide font is, in hundredths of its size: nothing measures what a viewer will use. */
const letterWidth = { bold: 72, regular: 62 } as const;

/** A line of text that stays within its place. */
export function line(text: string, { x, y, width }: Place, { size, fill, isBold = false }: Look) {
  const widest = letterWidth[isBold ? "bold" : "regular"] * Math.max(text.length, 1);
  const fontSize = Math.min(size, Math.floor((width * 100) / widest));
  const fontWeight = isBold ? ("bold" as const) : ("normal" as const);
  const style = { text, fill, fontSize, fontWeight, fontFamily, verticalAlign: "middle" as const };
  return { type: "text" as const, x, y, style };
}

/** A patch of a colour, in the middle of a line of text. */
export function swatch(x: number, y: number, fill: string, height = 14) {
  const shape = { x, y: y - height / 2, width: 14, height, r: 2 };
  return { type: "rect" as const, shape, style: { fill } };
}

/** A text or a shape at a place of its own. */
export type Mark = ReturnType<typeof line> | ReturnType<typeof swatch>;

/** Room around everything. */
export const margin = 24;
export const pictureWidth = 800;
export const room = pictureWidth - 2 * margin;

/** What a picture is of. */
export const heading = (title: string, range: string, { ink, quiet }: Palette): readonly Mark[] => [
  line(title, { x: margin, y: 34, width: room }, { size: 24, fill: ink, isBold: true }),
  line(range, { x: margin, y: 64, width: room }, { size: 16, fill: quiet }),
];

/** A figure and what it is. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

/** How far the names of two figures are apart that stand above each other. */
export const tileHeight = 74;
const tileGap = 16;

/** Figures beside each other, each below its name. */
export function tiles(
  figures: readonly Figure[],
  { top, across }: { readonly top: number; readonly across: number },
  { ink, quiet }: Palette,
): readonly Mark[] {
  const each = Math.floor(room / across);
  return figures.flatMap(({ name, value }, index) => {
    const x = margin + (index % across) * each;
    const y = top + Math.floor(index / across) * tileHeight;
    const width = each - tileGap;
    return [
      line(name, { x, y, width }, { size: 16, fill: quiet }),
      line(value, { x, y: y + 30, width }, { size: 28, fill: ink, isBold: true }),
    ];
  });
}

/** Figures in a sentence. */
export const inWords = (figures: readonly Figure[]): string =>
  figures.map(({ name, value }) => `${name}: ${value === unknown ? "unknown" : value}`).join("; ");

/** What has to be known to read averages and rates rightly. */
export const smallSample = "Small sample: fewer than 30 completed runs, so averages and rates may be chance.";
