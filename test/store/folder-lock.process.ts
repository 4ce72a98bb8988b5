/**
 * A process that does what its standard input says, a word per line: `lock` takes the folder named on the
 * command line and answers `locked` or why not; `release` gives it back and answers `released`.
 */
import { createInterface } from "node:readline";
import { type FolderLock, lockFolder } from "../../src/store/engine/folder-lock.js";

const folder = process.argv[2] ?? "";
let held: FolderLock | undefined;

async function answer(word: string): Promise<string> {
  if (word === "release") {
    await held?.release();
    return "released";
  }
  try {
    held = await lockFolder(folder);
    return "locked";
  } catch (error) {
    return String(error);
  }
}

console.log("ready");
for await (const word of createInterface({ input: process.stdin })) console.log(await answer(word));
