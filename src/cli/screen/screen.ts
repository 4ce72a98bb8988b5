import type { Screen } from "../../screen/screen.js";
import { painter } from "../../screen/text.js";
import type { Cli } from "../cli.js";
import type { Settings } from "../settings.js";
import type { Stream } from "../surroundings.js";

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
