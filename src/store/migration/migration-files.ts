import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** One step of the schema: the statements that make it and the ones that take it back. */
export interface Migration {
  /** `0000_baseline`: also the name of its files. */
  readonly tag: string;
  /** SHA-256 of the up file, which shows whether what was applied is what is known. */
  readonly hash: string;
  readonly up: readonly string[];
  /** Missing where nobody has written the way back yet. */
  readonly down: readonly string[] | undefined;
}

/** The package's own `drizzle/`, two folders above this file both in `src/` and in `dist/`. */
const shippedFolder = fileURLToPath(new URL("../../../drizzle/", import.meta.url));

const journal = z.object({ entries: z.array(z.object({ idx: z.int(), tag: z.string() })) });

/** A checkout may rewrite line ends; a migration stays the same migration. */
async function readText(path: string): Promise<string> {
  return (await readFile(path, "utf8")).replaceAll("\r\n", "\n");
}

function statementsOf(text: string): readonly string[] {
  return text
    .split("--> statement-breakpoint")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

async function readMigration(folder: string, tag: string): Promise<Migration> {
  const up = await readText(join(folder, `${tag}.sql`));
  const down = await readText(join(folder, `${tag}.down.sql`)).catch(undefinedIfMissing);
  return {
    tag,
    hash: createHash("sha256").update(up).digest("hex"),
    up: statementsOf(up),
    down: down === undefined ? undefined : statementsOf(down),
  };
}

/**
 * The migrations of a folder that drizzle-kit writes (`meta/_journal.json`, `TAG.sql`) with the `TAG.down.sql`
 * that we write beside them, oldest first. Fails when the journal or an up file cannot be read.
 */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const { entries } = journal.parse(JSON.parse(await readText(join(folder, "meta/_journal.json"))));
  const oldestFirst = entries.toSorted((one, other) => one.idx - other.idx);
  return Promise.all(oldestFirst.map(({ tag }) => readMigration(folder, tag)));
}

let shipped: Promise<readonly Migration[]> | undefined;

/** The migrations of this build, read once: {@link readMigrations} of the package's own folder. */
export function shippedMigrations(): Promise<readonly Migration[]> {
  shipped ??= readMigrations(shippedFolder);
  return shipped;
}
