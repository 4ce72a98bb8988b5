import { executionDocument } from "../../client/documents.js";
import type { Cli } from "../cli.js";
import { csv } from "../csv.js";
import { runScreen } from "../screen/run.screen.js";
import { phaseRows } from "../screen/run-summary.js";
import { screenOf } from "../screen/screen.js";
import { UsageError } from "../usage-error.js";

/** Shows one run. @throws UsageError when the server knows none of this id */
export async function showRun(cli: Cli, id: string, isCsv: boolean): Promise<void> {
  const { execution } = await cli.client().request(executionDocument, { id });
  if (!execution)
    throw new UsageError(`There is no run ${id}; what waits on disk is delivered by \`wsm sync\`.`);
  const text = isCsv
    ? csv(
        phaseRows(execution).map(({ name, seconds, result, usd }) => ({
          ...{ phase: name, duration_seconds: seconds, result, cost_usd: usd },
        })),
        ["phase", "duration_seconds", "result", "cost_usd"],
        cli.surroundings.out,
      )
    : runScreen(execution, screenOf(cli));
  cli.result({ execution }, text);
}
