/**
 * Drafts `drizzle/TAG.down.sql` for every migration that lacks one, from the snapshots drizzle-kit keeps. A file
 * that exists is never touched; delete it to have it drafted again. A draft knows tables only: whatever a
 * migration does by hand (triggers, functions, data) is undone by hand. test/store/migrations.test.ts tells.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { readMigrations } from "../src/store/migration/migration-files.js";

const folder = fileURLToPath(new URL("../drizzle/", import.meta.url));

function snapshotAfter(tag: string | undefined): DrizzleSnapshotJSON {
  if (tag === undefined) return generateDrizzleJson({});
  const number = tag.slice(0, tag.indexOf("_"));
  return JSON.parse(readFileSync(`${folder}meta/${number}_snapshot.json`, "utf8"));
}

/**
 * drizzle-kit drops tables one by one with CASCADE, which would also drop what others built on them (a view
 * of theirs, say). In one statement the order among the tables does not matter, and what others built stops it.
 */
function dropTogether(statements: readonly string[]): readonly string[] {
  const dropped = statements.map((statement) => /^DROP TABLE (.+) CASCADE;$/.exec(statement)?.[1]);
  const tables = dropped.filter((table) => table !== undefined);
  const others = statements.filter((_, position) => dropped[position] === undefined);
  return tables.length === 0 ? others : [...others, `DROP TABLE ${tables.join(", ")};`];
}

const tags = (await readMigrations(folder)).map(({ tag }) => tag);
for (const [position, tag] of tags.entries()) {
  const name = `${tag}.down.sql`;
  if (existsSync(folder + name)) continue;
  const statements = dropTogether(
    await generateMigration(snapshotAfter(tag), snapshotAfter(tags[position - 1])),
  );
  if (statements.length === 0) {
    console.error(`drizzle/${name} is missing and the snapshots do not tell what to undo: write it by hand.`);
    process.exitCode = 1;
    continue;
  }
  writeFileSync(folder + name, `${statements.join("\n--> statement-breakpoint\n")}\n`);
  console.log(`Drafted drizzle/${name}. Read it before you commit it.`);
}
