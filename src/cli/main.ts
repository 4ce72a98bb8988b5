#!/usr/bin/env node
import { homedir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { callWsm } from "./call.js";
import type { SignalSource, Stream } from "./surroundings.js";

const streamOf = (stream: NodeJS.WriteStream): Stream => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
  columns: stream.columns,
});

const signals: SignalSource = {
  hold: (names, handle) => {
    for (const name of names) process.on(name, handle);
    return () => {
      for (const name of names) process.off(name, handle);
    };
  },
};

// Whoever reads the results may stop reading: `wsm report | head`.
process.stdout.on("error", () => process.exit(0));

const end = await callWsm(process.argv.slice(2), {
  env: process.env,
  folder: process.cwd(),
  home: homedir(),
  out: streamOf(process.stdout),
  err: streamOf(process.stderr),
  in: process.stdin,
  self: [process.execPath, fileURLToPath(import.meta.url)],
  now: () => new Date(),
  signals,
  pause: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
});

if (typeof end === "number") process.exitCode = end;
else process.kill(process.pid, end);
