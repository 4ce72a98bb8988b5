import { styleText } from "node:util";
import stringWidth from "string-width";

/** How a text is set off, where colours are wanted. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Paints, or leaves everything as it is. */
export const painter = (hasColour: boolean): Paint =>
  hasColour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;

/** How many columns a text takes. */
export const widthOf = (text: string): number => stringWidth(text);

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
/** What paints, and what stands between. */
const pieces = /\p{Cc}\[\d+m|\P{Cc}+/gu;

/** A text in at most `width` columns; what does not fit is left out at its end, where colours end all the same. */
export function fitted(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let left = width - widthOf("…");
  let isFull = false;
  return Array.from(text.matchAll(pieces), ([piece]) => {
    if (/^\p{Cc}/u.test(piece)) return piece;
    if (isFull) return "";
    const kept = beginning(piece, left);
    left -= widthOf(kept);
    isFull = kept !== piece;
    return isFull ? `${kept}…` : kept;
  }).join("");
}

function beginning(text: string, width: number): string {
  let left = width;
  for (const { segment, index } of characters.segment(text)) {
    left -= widthOf(segment);
    if (left < 0) return text.slice(0, index);
  }
  return text;
}

/** A text filled up to `width` columns, on its right or its left. */
export function padded(text: string, width: number, align: "left" | "right" = "left"): string {
  const gap = " ".repeat(Math.max(0, width - widthOf(text)));
  return align === "left" ? text + gap : gap + text;
}
