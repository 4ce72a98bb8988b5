#!/usr/bin/env node
import { homedir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { callWsm } from "./call.js";
import { standardStream } from "./standard-stream.js";
import type { SignalSource } from "./surroundings.js";

const signals: SignalSource = {
  hold: (names, handle) => {
    for (const name of names) process.on(name, handle);
    return () => {
      for (const name of names) process.off(name, handle);
    };
  },
};

const end = await callWsm(process.argv.slice(2), {
  env: process.env,
  folder: process.cwd(),
  home: homedir(),
  out: standardStream(1, () => process.stdout),
  err: standardStream(2, () => process.stderr),
  hasTerminal: isatty(0),
  get in() {
    return process.stdin; // opened only by who reads it: a tool that is run here has it to itself
  },
  self: [process.execPath, fileURLToPath(import.meta.url)],
  now: () => new Date(),
  signals,
  pause: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
});

if (typeof end === "number") process.exitCode = end;
else process.kill(process.pid, end);
