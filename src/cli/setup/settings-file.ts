import { randomUUID } from "node:crypto";
import { chmod, mkdir, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readText } from "../state-file.js";

/** A file of somebody's own; `text` is undefined where there is none yet. */
export interface SettingsFile {
  /** Behind symbolic links, which stay. */
  readonly path: string;
  readonly text: string | undefined;
}

/** Reads a settings file. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const real = await behindLinks(path);
  return { path: real, text: await readText(real) };
}

/** More links than this in a row are a circle to the system as well. */
const maxLinks = 40;

/** Where a path leads, also when there is nothing yet at the end of its links. */
async function behindLinks(path: string): Promise<string> {
  let place = path;
  for (let links = 0; links < maxLinks; links += 1) {
    const target = await readlink(place).catch(() => undefined); // no link, or nothing there
    if (target === undefined) break;
    place = resolve(dirname(place), target);
  }
  return await realpath(place).catch(() => place);
}

/** Writes it whole or not at all, with the mode it had; undefined takes it away. */
export async function writeSettingsFile(path: string, text: string | undefined): Promise<void> {
  if (text === undefined) return await rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  const mode = (await stat(path).catch(() => undefined))?.mode ?? 0o600;
  const draft = join(dirname(path), `.wsm-${randomUUID()}`);
  await writeFile(draft, text, { mode: mode & 0o777 });
  await chmod(draft, mode & 0o777); // whatever the umask takes away
  await rename(draft, path);
}
