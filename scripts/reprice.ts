import { parseArgs } from "node:util";
import type { Repricing } from "../src/domain/repricing.js";
import { openPriceBook } from "../src/pricing/price-book.js";
import { type RepricingReport, reprice } from "../src/services/repricing.service.js";
import { isMigrated } from "../src/store/migration/migrations.js";
import { runCommand } from "./database.command.js";

const help = `Computes costs anew by the prices of now.

Usage:
  npm run reprice                   changes what is stored
  npm run reprice -- --dry-run      says what would change, and changes nothing

A call is priced when it is recorded, and keeps its cost when prices change. This goes over all calls and all
executions and computes what each costs by the prices that PRICE_SOURCE and PRICING_FILE name now, each by the price of
its own time (docs/pricing.md). Reported costs never change. A cost whose price is not known any more stays, and is
counted. The reports change by the difference that is said at the end.

Restart the servers with the new prices first: they price what is recorded meanwhile, and may go on while this runs.
It works in batches, each a transaction of its own. When it is interrupted, run it again with the same prices, and it
goes on from there; several at once share the work. Run once more, it finds nothing to change.

Environment:
  PRICE_SOURCE  genai-prices or none
  PRICING_FILE  a file of your own prices, which wins
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 everything is priced by the prices of now; 1 it is not, and why; 2 the command, the environment or the
pricing file is wrong.`;

/** Batches between two sentences about how far it got. */
const sentenceEvery = 20;
/** Models whose changes are told one by one. */
const largestChanges = 10;

const count = (number: number, noun: string) =>
  `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

function usd(amount: number): string {
  const digits = Math.abs(amount).toLocaleString("en", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  });
  return `${amount < 0 ? "-" : "+"}${digits} USD`;
}

const looked = ({ callCount, executionCount }: Repricing) =>
  `${count(callCount, "call")} and ${count(executionCount, "execution")} that name a model`;

/** Tells every now and then how far a pass got, and at first from where it goes on. */
function progressTold(say: (sentence: string) => void): (pass: Repricing) => void {
  let batches = 0;
  return (pass) => {
    const isBegun = pass.callCount + pass.executionCount > 0;
    if (batches === 0 && isBegun) say(`Going on after ${looked(pass)}, where it was interrupted.`);
    else if (batches > 0 && batches % sentenceEvery === 0 && pass.finishedAt === null)
      say(
        `Looked at ${looked(pass)}; ${count(pass.changedCallCount + pass.changedExecutionCount, "cost")} changed.`,
      );
    batches += 1;
  };
}

function sentencesOf({ pass, differences }: RepricingReport, isDryRun: boolean): readonly string[] {
  const largest = [...differences]
    .filter(([, amount]) => amount !== 0)
    .toSorted(([, one], [, other]) => Math.abs(other) - Math.abs(one));
  return [
    `Looked at ${looked(pass)}, by ${pass.priceVersion}.`,
    `Changed: ${count(pass.changedCallCount, "call")}, of which ${pass.newlyPricedCallCount.toLocaleString("en")} had no computed cost before; ${count(pass.changedExecutionCount, "estimate")}.`,
    `Kept because their price is not known any more: ${count(pass.unknownPriceCount, "cost")}.`,
    `Difference in the cost that counts: ${usd(pass.differenceUsd)}.`,
    ...(largest.length > 0 ? ["The largest changes that this process made:"] : []),
    ...largest
      .slice(0, largestChanges)
      .map(
        ([model, amount]) =>
          `  ${usd(amount)}  ${model ?? "totals of executions, which their calls replace"}`,
      ),
    ...(isDryRun ? ["This was a dry run: nothing was changed."] : []),
  ];
}

await runCommand(help, () => {
  const { values } = parseArgs({
    options: { help: { type: "boolean", short: "h" }, "dry-run": { type: "boolean" } },
  });
  const isDryRun = values["dry-run"] ?? false;
  return {
    help: values.help,
    run: async (store, say, config) => {
      const prices = await openPriceBook(config);
      if (!(await store.read(isMigrated)))
        throw new Error("The database lacks migrations of this build; run npm run db:migrate first.");
      const clock = () => new Date();
      const report = await reprice({ store, prices, clock, isDryRun, onProgress: progressTold(say) });
      for (const sentence of sentencesOf(report, isDryRun)) say(sentence);
    },
  };
});
