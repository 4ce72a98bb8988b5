import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Folders with one subfolder per PostgreSQL release, as packagers lay them out. */
const releaseFolders = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];
const releaseName = /^(pgsql-|postgresql@?)?\d+$/;

function releases(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const newestFirst = (left: string, right: string) => right.localeCompare(left, "en", { numeric: true });
  const names = readdirSync(folder).filter((name) => releaseName.test(name) || name === "postgresql");
  return names.sort(newestFirst).map((name) => join(folder, name, "bin"));
}

function configuredFolder(): string[] {
  const { status, stdout } = spawnSync("pg_config", ["--bindir"], { encoding: "utf8" });
  return status === 0 ? [stdout.trim()] : [];
}

/** The folder with a PostgreSQL server's programs (`initdb`, `postgres`), if this machine has one. */
export function findPostgresBinaries(): string | undefined {
  const folders = [
    ...configuredFolder(),
    ...releaseFolders.flatMap(releases),
    "/usr/local/pgsql/bin",
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) =>
    ["initdb", "postgres"].every((program) => existsSync(join(folder, program))),
  );
}

/** A server somebody runs already, set by hand. */
export const givenServer = process.env.TEST_DATABASE_URL || undefined;
