import type { Cli } from "../cli.js";
import type { Settings } from "../settings.js";
import type { Stream } from "../surroundings.js";
import { type Paint, painter } from "./text.js";

/** How much room there is, and how it is painted. */
export interface Screen {
  readonly columns: number;
  readonly paint: Paint;
}

const leastColumns = 40;
const usualColumns = 100;

/** The screen that results go to. */
export const screenOf = (cli: Cli): Screen => screenOn(cli.surroundings.out, cli.settings());

/** What stands on a stream: a file, a pipe and a terminal that does not say how wide it is have as much room as usual. */
export function screenOn(stream: Stream, { hasColour }: Pick<Settings, "hasColour">): Screen {
  return {
    columns: Math.max(leastColumns, stream.columns || usualColumns),
    paint: painter(hasColour(stream)),
  };
}
