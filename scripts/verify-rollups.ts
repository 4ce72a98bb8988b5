import { parseArgs } from "node:util";
import type { SumDifference } from "../src/domain/kept-sums.js";
import { checkSums, rebuildSums } from "../src/services/kept-sums.service.js";
import { isMigrated } from "../src/store/migration/migrations.js";
import { runCommand } from "./database.command.js";

const help = `Checks the sums that reports are made from against what they are the sums of.

Usage:
  npm run verify:rollups                   says where they differ, and by how much
  npm run verify:rollups -- --rebuild      also makes them right

Reports read sums that the database keeps of every quarter hour and day (docs/architecture.md). They differ from the
runs and calls only when somebody changed them by hand, or turned triggers off. Servers may go on meanwhile: the
check is of one moment, and nobody who writes waits for a rebuild. Both read every run, which takes
seconds per million, and every call, which takes up to a minute per million.

Environment:
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 every sum is right, or made right; 1 some are not, or it did not work, and why; 2 the command or the
environment is wrong.`;

/** Differences that are told one by one. */
const toldAtMost = 100;

function sentenceOf({ table, grain, startAt, measure, excess }: SumDifference): string {
  const amount = excess.startsWith("-") ? `${excess.slice(1)} too little` : `${excess} too much`;
  return `${table}, ${grain} of ${startAt.toISOString()}: ${measure} is ${amount}.`;
}

await runCommand(help, () => {
  const { values } = parseArgs({
    options: { help: { type: "boolean", short: "h" }, rebuild: { type: "boolean" } },
  });
  return {
    help: values.help,
    run: async (store, say) => {
      if (!(await store.read(isMigrated)))
        throw new Error("The database lacks migrations of this version: npm run db:migrate");
      const found = await checkSums(store);
      for (const difference of found.slice(0, toldAtMost)) say(sentenceOf(difference));
      if (found.length > toldAtMost) say(`And ${found.length - toldAtMost} more.`);
      if (found.length === 0) return say("Every sum is right.");
      if (!values.rebuild) throw new Error(`${found.length} sums are wrong; --rebuild makes them right.`);
      await rebuildSums(store);
      say("The sums are made right.");
    },
  };
});
