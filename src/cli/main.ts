#!/usr/bin/env node
import { homedir } from "node:os";
import { openCli } from "./cli.js";
import { explain } from "./explain.js";
import { programOf } from "./program.js";
import { allowsFailure } from "./settings.js";
import type { Stream } from "./surroundings.js";

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
  columns: stream.columns,
});

const cli = openCli({
  env: process.env,
  folder: process.cwd(),
  home: homedir(),
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  in: process.stdin,
  now: () => new Date(),
});

// Whoever reads the results may stop reading: `wsm report | head`.
process.stdout.on("error", () => process.exit(0));

async function run(): Promise<number> {
  try {
    await programOf(cli).parseAsync(process.argv);
    return cli.exitStatus();
  } catch (error) {
    const { exitStatus, lines } = explain(error);
    for (const line of lines) cli.say(line);
    return exitStatus;
  } finally {
    cli.close();
  }
}

const exitStatus = await run();
process.exitCode = allowsFailure(process.env) ? 0 : exitStatus;
