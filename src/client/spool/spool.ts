import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ReportFailure } from "../failure.js";
import { type Entry, type EntryKind, entryOf, nameOf } from "./entry.js";

/** What waits on disk for one server. */
export interface Spool {
  readonly folder: string;
  readonly maxBytes: number;
  /**
   * Puts an entry on disk for good: whatever dies afterwards, it is there.
   * @throws ReportFailure `SPOOL_FULL`, `SPOOL_UNWRITABLE`
   */
  keep(kind: EntryKind, content: string | Uint8Array, count: number): Promise<Entry>;
  /** What waits, in the order it is delivered in. */
  entries(): Promise<readonly Entry[]>;
  /** Undefined when somebody else removed it in the meantime. */
  read(entry: Entry): Promise<Buffer | undefined>;
  remove(entry: Entry): Promise<void>;
  /** Remembers, for other processes as well, that the server keeps who asks waiting; or that it does so no more. */
  noteSilence(isSilent: boolean): Promise<void>;
  /** Whether that was noted a moment ago: then nobody else need wait for it. */
  isSilent(): Promise<boolean>;
  /** Keeps what the server refuses for good, with the reason, where it waits no longer. */
  refuse(content: string, reason: string): Promise<void>;
  /** The files of what was refused. */
  refused(): Promise<readonly string[]>;
}

/** In it stands which server the entries are for. */
const addressFile = "server";

/** It is there for as long as the server is believed to be silent. */
const silenceFile = "silent";
/** After this long a silent server is asked again. */
const silenceMs = 30_000;

/** How long a count of what waits is good enough: others add to it and take from it. */
const lookAgainMs = 1_000;

/** Files of it are for nobody else to read. */
const fileMode = 0o600;
const folderMode = 0o700;

/**
 * Entries are files that are written once: under another name, on disk, then renamed. So any number of processes can
 * add to it and take from it, none ever sees half an entry, and a process that dies leaves nothing that is read.
 */
export function openSpool(folder: string, url: string, maxBytes: number): Spool {
  const pathOf = ({ name }: Entry) => join(folder, name);
  const refusedFolder = join(folder, "refused");

  async function entries(): Promise<readonly Entry[]> {
    const names = await namesIn(folder);
    return names
      .map(entryOf)
      .filter((entry) => entry !== undefined)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** What was there when somebody last looked, and what was added since. */
  let seen = { atMs: Number.NEGATIVE_INFINITY, bytes: 0, order: 0, isEmpty: true };

  async function look(): Promise<void> {
    const waiting = await entries();
    const bytes = waiting.reduce((sum, entry) => sum + entry.bytes, 0);
    const order = Math.max(seen.order, waiting.at(-1)?.order ?? 0);
    seen = { atMs: Date.now(), bytes, order, isEmpty: waiting.length === 0 };
  }

  async function keep(kind: EntryKind, content: string | Uint8Array, count: number): Promise<Entry> {
    if (Date.now() - seen.atMs > lookAgainMs) await look();
    const bytes = Buffer.byteLength(content);
    if (seen.bytes + bytes > maxBytes) throw full(folder, maxBytes);
    const order = Math.max(Date.now() * 1000, seen.order + 1);
    const isFirst = seen.isEmpty;
    seen = { ...seen, bytes: seen.bytes + bytes, order, isEmpty: false };
    const entry = { kind, order, count, bytes };
    const name = nameOf(entry);
    try {
      if (isFirst) await writeSafely(folder, addressFile, url);
      await writeSafely(folder, name, content);
    } catch (error) {
      throw unwritable(folder, error);
    }
    return { ...entry, name };
  }

  return {
    folder,
    maxBytes,
    keep,
    entries,
    read: (entry) => unlessGone(readFile(pathOf(entry))),
    remove: (entry) => rm(pathOf(entry), { force: true }),
    noteSilence: (isSilent) =>
      isSilent ? writeSafely(folder, silenceFile, "") : rm(join(folder, silenceFile), { force: true }),
    isSilent: async () => ((await untouchedMs(join(folder, silenceFile))) ?? silenceMs) < silenceMs,
    refuse: (content, reason) =>
      writeSafely(
        refusedFolder,
        `${Date.now()}-${randomUUID()}.json`,
        `${JSON.stringify({ reason, content })}\n`,
      ),
    refused: async () => (await namesIn(refusedFolder)).map((name) => join(refusedFolder, name)),
  };
}

/** Writes a file so that it is there whole or not at all, and stays. */
async function writeSafely(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: folderMode });
  const draft = join(folder, `.${randomUUID()}`); // of its own: several may write the same name at once
  const file = await open(draft, "wx", fileMode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
  await syncFolder(folder);
}

/** What waits in a folder that holds a spool for each server. */
export async function spoolsIn(
  folder: string,
): Promise<readonly { readonly url: string; readonly waiting: number }[]> {
  const names = await namesIn(folder);
  return await Promise.all(
    names.map(async (name) => {
      const url = (await unlessGone(readFile(join(folder, name, addressFile), "utf8"))) ?? name;
      const entries = (await namesIn(join(folder, name))).map(entryOf);
      return { url, waiting: entries.reduce((sum, entry) => sum + (entry?.count ?? 0), 0) };
    }),
  );
}

/** Makes a rename last; systems on which a folder cannot be opened do so by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

const namesIn = async (folder: string) => (await unlessGone(readdir(folder))) ?? [];

const goneCodes: readonly string[] = ["ENOENT", "ENOTDIR"];

/** What a file operation gives; undefined when there is no such file. */
async function unlessGone<Value>(found: Promise<Value>): Promise<Value | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && "code" in error && goneCodes.includes(String(error.code))) return undefined;
    throw error;
  }
}

const full = (folder: string, maxBytes: number) =>
  new ReportFailure(`${folder} is full (${maxBytes} bytes); deliver what waits with \`wsm sync\``, {
    kind: "unavailable",
    code: "SPOOL_FULL",
  });

const unwritable = (folder: string, cause: unknown) =>
  new ReportFailure(
    `${folder} cannot be written (${cause instanceof Error ? cause.message : String(cause)}); set WSM_STATE_DIR to a folder that can`,
    { kind: "unavailable", code: "SPOOL_UNWRITABLE", cause },
  );

/** Since when a file was not touched, in milliseconds; undefined when it is not there. */
export async function untouchedMs(path: string): Promise<number | undefined> {
  const found = await unlessGone(stat(path));
  return found && Date.now() - found.mtimeMs;
}
