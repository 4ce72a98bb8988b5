import { type Command, Option } from "commander";
import { intervals } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { countFromOne, identifier, instantOrDay, wordOf } from "../options.js";
import type { ReportOptions } from "../show/report.js";

const examples = `
Without --from the last 30 days are shown. Cost is what was spent in the range, call by call; the figures of runs are
those of the runs that started in it.

Examples:
  wsm report
  wsm report --last 7d --by model
  wsm report --from 2026-02-01 --to 2026-03-01 --by ws --csv > february.csv
  wsm report --executions --limit 20`;

/** `wsm report`. */
export function defineReport(program: Command, cli: Cli): void {
  program
    .command("report")
    .summary("show what runs of a range came to and cost")
    .description("Shows what the runs of a range came to, and what was spent on what.")
    .option("--from <time>", "the beginning of the range: a day, or RFC 3339", instantOrDay)
    .option("--to <time>", "its end (now)", instantOrDay)
    .option("--last <duration>", "a range that ends now: 12h, 7d, 4w (30d)")
    .addOption(
      new Option("--by <what>", "one breakdown in full").choices([
        "phase",
        "model",
        "ws",
        "day",
        "document-type",
      ]),
    )
    .option("--executions", "the runs themselves, newest first")
    .option("--limit <n>", "how many of them (20)", countFromOne)
    .addOption(
      new Option("--interval <interval>", `${intervals.join(", ")} (day)`).argParser(wordOf(intervals)),
    )
    .option("--time-zone <name>", "whose days they are (UTC)", identifier)
    .option("--csv", "print the rows as CSV")
    .addHelpText("after", examples)
    .action(async (options: ReportOptions) => {
      const { showReport } = await import("../show/report.js");
      await showReport(cli, options);
    });
}
