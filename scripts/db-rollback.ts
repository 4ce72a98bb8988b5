import { parseArgs } from "node:util";
import { noMigration, rollback } from "../src/store/migration/migrations.js";
import { runCommand } from "./database.command.js";

const help = `Takes the schema of the database back.

Usage:
  npm run db:rollback                   one step: undoes the newest migration
  npm run db:rollback -- --to TAG       undoes all that are newer than TAG, which stays
  npm run db:rollback -- --to ${noMigration}      undoes all of them; nothing of ours is left in the database

TAG is the name of a migration in drizzle/, e.g. 0000_baseline. What a migration added is dropped with the data
in it, so make a backup first. Each step is a transaction of its own: one that fails changes nothing, and the
ones before it stay undone.

Stop every server of this version first: one that starts applies its migrations again.

Environment:
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 done, also when there was nothing to undo; 1 it did not work, and why; 2 the command or the
environment is wrong.

The way forward is npm run db:migrate.`;

await runCommand(help, () => {
  const { values } = parseArgs({
    options: { help: { type: "boolean", short: "h" }, to: { type: "string" } },
  });
  return { help: values.help, run: (store, say) => rollback(store.database, { to: values.to }, say) };
});
