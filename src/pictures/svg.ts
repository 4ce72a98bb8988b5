import { type Drawing, draw, type Size } from "./drawing.js";
import { followingStyle, type Palette, paletteOf, type Theme } from "./theme.js";

/** A picture before it is coloured. */
export interface Picture {
  readonly size: Size;
  /** What it is, in a few words. */
  readonly title: string;
  /** Everything that it shows, in words. */
  readonly description: string;
  readonly drawing: (colours: Palette) => Drawing;
}

/** A picture as an SVG document that needs nothing else: no script, no font, no other file. */
export async function svgOf({ size, title, description, drawing }: Picture, theme: Theme): Promise<string> {
  const colours = paletteOf(theme);
  const svg = await draw({ backgroundColor: colours.page, ...drawing(colours) }, size);
  const head = [
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    ...(theme === "auto" ? [`<style>\n${followingStyle}\n</style>`] : []),
  ];
  return svg.replace(
    /^<svg ([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-labelledby="title description" ${attributes}>\n${head.join("\n")}`,
  );
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string) => text.replaceAll(/[&<>]/g, (character) => entities[character] ?? "");
