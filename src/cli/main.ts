#!/usr/bin/env node
import { homedir } from "node:os";
import { callWsm } from "./call.js";
import type { Stream } from "./surroundings.js";

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
  columns: stream.columns,
});

// Whoever reads the results may stop reading: `wsm report | head`.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await callWsm(process.argv.slice(2), {
  env: process.env,
  folder: process.cwd(),
  home: homedir(),
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  in: process.stdin,
  now: () => new Date(),
});
