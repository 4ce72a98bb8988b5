import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readText, writeText } from "../state-file.js";

/** Where the key for a server is kept for helpers that are called without an environment; mode 0600. */
const keyFile = (stateFolder: string, url: string) =>
  join(stateFolder, "keys", createHash("sha256").update(url).digest("hex").slice(0, 16));

export const keepKey = (stateFolder: string, url: string, key: string): Promise<void> =>
  writeText(keyFile(stateFolder, url), `${key}\n`);

export const forgetKey = (stateFolder: string, url: string): Promise<void> =>
  rm(keyFile(stateFolder, url), { force: true });

/** The key that is kept for a server; undefined when none is. */
export async function keptKey(stateFolder: string, url: string): Promise<string | undefined> {
  return (await readText(keyFile(stateFolder, url)))?.trim();
}
