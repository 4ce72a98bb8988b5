import { parseArgs } from "node:util";
import { migrate } from "../src/store/migration/migrations.js";
import { runCommand } from "./database.command.js";

const help = `Brings the database to the schema of this build.

Usage:
  npm run db:migrate

Applies each migration of drizzle/ that the database lacks, oldest first, each in a transaction of its own: one
that fails leaves nothing behind, and the ones before it stay. The server does the same when it starts. Running
this twice, or on several machines at once, is safe.

Environment:
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 the database has every migration; 1 it has not, and why; 2 the command or the environment is wrong.

The way back is npm run db:rollback.`;

await runCommand(help, () => {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  return { help: values.help, run: (store, say) => migrate(store.database, say) };
});
