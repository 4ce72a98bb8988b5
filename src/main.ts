#!/usr/bin/env node
import { startApp } from "./app.js";
import { ConfigError, parseConfig } from "./config.js";

const help = `ws-metrics: what a unit of AI work cost, phase by phase, and whether it passed on the first try.

Usage: npm start

It is configured by environment variables; without any it keeps its data in ./data and listens on
http://127.0.0.1:4000. The most used ones (all stand in .env.example):

  HOST, PORT      where it listens
  DATABASE_URL    a PostgreSQL server instead of the embedded one: postgres://user:password@host:5432/database
  DATA_DIR        the folder of the embedded database
  LOG_LEVEL       fatal, error, warn, info, debug, trace or silent

  npm run db:migrate, npm run db:rollback    migrations by hand; each has a --help of its own
`;

function fail(error: unknown): never {
  const isExpected = error instanceof ConfigError;
  process.stderr.write(`${error instanceof Error ? reasons(error) : String(error)}\n`);
  process.exit(isExpected ? 2 : 1);
}

/** The messages of an error and of what caused it, once each. */
function reasons(error: Error): string {
  const cause = error.cause instanceof Error ? reasons(error.cause) : "";
  return cause === "" || error.message.includes(cause) ? error.message : `${error.message}\n${cause}`;
}

async function main(): Promise<void> {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(help);
    return;
  }
  const app = await startApp(parseConfig(process.env), {
    onFolderLost: () =>
      fail(new Error("Another process took over the data folder; stopping before it is harmed.")),
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    app.close().then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch(fail);
