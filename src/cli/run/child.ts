import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { SignalSource } from "../surroundings.js";

/** How a command ended: by itself, or by a signal. */
export type ChildEnd = { readonly code: number } | { readonly signal: NodeJS.Signals };

/** What a shell says of a command that is not there, or may not be run. */
export const notFound = 127;
export const notRunnable = 126;

/** Signals that a terminal sends to everybody in the foreground: those who run in it have had them already. */
const ofTerminal: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];
const passed: readonly NodeJS.Signals[] = [...ofTerminal, "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];

/** Where a command is: `command` itself if it names a place, else the first of that name in `path`. */
export function findCommand(command: string, path: string | undefined, folder: string): string | undefined {
  const places = command.includes("/")
    ? [resolve(folder, command)]
    : (path ?? "").split(delimiter).map((place) => join(place || ".", command));
  return places.find((place) => isThere(place));
}

/** Whether a file can be run. */
export function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isThere = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * Runs a command as if it had been called itself: the terminal, standard input and output are its own, and so are the
 * signals that are sent to this process.
 * @param hasTerminal whether it runs in one
 */
export async function runChild(
  command: string,
  {
    args,
    env,
  }: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> },
  signals: SignalSource,
  hasTerminal: boolean,
): Promise<ChildEnd> {
  const child = spawn(command, args, { stdio: "inherit", env: { ...env } });
  const release = signals.hold(passed, (signal) => {
    if (!hasTerminal || !ofTerminal.includes(signal)) child.kill(signal);
  });
  try {
    return await new Promise<ChildEnd>((resolveEnd) => {
      child.once("error", () => resolveEnd({ code: notRunnable }));
      child.once("exit", (code, signal) => resolveEnd(signal === null ? { code: code ?? 1 } : { signal }));
    });
  } finally {
    release();
  }
}
