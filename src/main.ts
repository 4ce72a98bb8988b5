#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startApp } from "./app.js";
import { parseConfig } from "./config.js";
import { ConfigError } from "./errors.js";

const help = `ws-metrics: what a unit of AI work cost, phase by phase, and whether it passed on the first try.

Usage: npm start

It is configured by environment variables; without any it keeps its data in ./data and listens on
http://127.0.0.1:4000. The most used ones (all stand in .env.example):

  HOST, PORT      where it listens
  DATABASE_URL    a PostgreSQL server instead of the embedded one: postgres://user:password@host:5432/database
  DATA_DIR        the folder of the embedded database
  PRICING_FILE    prices of your own for LLM calls, before those of the package genai-prices (docs/pricing.md)
  LOG_LEVEL       fatal, error, warn, info, debug, trace or silent

  npm run db:migrate, npm run db:rollback    migrations by hand
  npm run keys                               makes, shows and ends the keys that callers come in with
  npm run reprice                            computes stored costs anew after prices changed
  npm run verify:rollups                     checks the sums that reports are made from
  Each has a --help of its own.
`;

/** What an operator can do about errors of the system. */
const advice: Readonly<Record<string, string>> = {
  EADDRINUSE: "That address is in use already; stop what listens there, or set PORT.",
  EACCES: "This user may not do that; set PORT above 1023, and DATA_DIR to a folder of its own.",
  EADDRNOTAVAIL: "This machine does not have that address; set HOST.",
  EEXIST: "DATA_DIR must be a folder.",
  ENOTDIR: "DATA_DIR must be a folder.",
};

function fail(error: unknown): never {
  const isUsage = error instanceof ConfigError || codeOf(error).startsWith("ERR_PARSE_ARGS");
  const sentences = error instanceof Error ? [...messagesOf(error), advice[codeOf(error)]] : [String(error)];
  process.stderr.write(`${sentences.filter(Boolean).join("\n")}\n`);
  process.exit(isUsage ? 2 : 1);
}

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");

/** The messages of an error and of what caused it; those of a failed query are about us, not about what failed. */
function messagesOf(error: Error): readonly string[] {
  const causes = error.cause instanceof Error ? messagesOf(error.cause) : [];
  return error.message.startsWith("Failed query") ? causes : [error.message, ...causes];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" } } });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const starting = startApp(parseConfig(process.env), {
    onFolderLost: () =>
      fail(new Error("Another process took over the data folder; stopping before it is harmed.")),
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    starting.then((app) => app.close()).then(() => process.exit(0), fail);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  await starting;
}

main().catch(fail);
