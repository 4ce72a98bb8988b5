import type { Cli } from "../cli.js";
import { type Paint, painter } from "./text.js";

/** How much room there is, and how it is painted. */
export interface Screen {
  readonly columns: number;
  readonly paint: Paint;
}

const leastColumns = 40;
const usualColumns = 100;

/** The screen that results go to; a file or a pipe has as much room as is usual, and no colours. */
export function screenOf(cli: Cli): Screen {
  const { out } = cli.surroundings;
  const { hasColour } = cli.settings();
  return {
    columns: Math.max(leastColumns, out.columns ?? usualColumns),
    paint: painter(hasColour && (out.isTTY || isForced(cli))),
  };
}

const isForced = ({ surroundings }: Cli) => Boolean(surroundings.env.FORCE_COLOR);
