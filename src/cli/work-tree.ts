import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseUuid } from "../domain/uuid.js";
import { readText, writeText } from "./state-file.js";

/** In a work tree, beside nothing that is anybody else's. */
const stateFolder = ".wsm";
const pointer = join(stateFolder, "execution");

/** The run that the work tree around a folder is in; undefined when there is none. */
export async function executionOfTree(folder: string): Promise<string | undefined> {
  for (const place of upward(folder)) {
    const text = await readText(join(place, pointer));
    if (text !== undefined) return parseUuid(text.trim());
  }
  return undefined;
}

/** Makes a run that of the work tree around a folder: the top of the Git work tree, or the folder itself. */
export async function enterExecution(folder: string, executionId: string): Promise<void> {
  const top = upward(folder).find((place) => existsSync(join(place, ".git"))) ?? folder;
  await writeText(join(top, stateFolder, ".gitignore"), "*\n");
  await writeText(join(top, pointer), `${executionId}\n`);
}

/** Ends that a run is that of the work tree around a folder; another run stays. */
export async function leaveExecution(folder: string, executionId: string): Promise<void> {
  for (const place of upward(folder)) {
    const text = await readText(join(place, pointer));
    if (text === undefined) continue;
    if (parseUuid(text.trim()) === executionId) await rm(join(place, pointer), { force: true });
    return;
  }
}

/** A folder and all above it. */
function upward(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upward(above)];
}
