import { parseArgs } from "node:util";
import { type ApiKey, isLive } from "../src/domain/api-key.js";
import { parseInstant } from "../src/domain/instant.js";
import { parseUuid } from "../src/domain/uuid.js";
import { createKey, listKeys, revokeKey, rotateKey } from "../src/services/api-key.service.js";
import type { Store } from "../src/store/database.js";
import { migrate } from "../src/store/migration/migrations.js";
import { type Role, roles } from "../src/vocabulary.js";
import { type Invocation, runCommand, UsageError } from "./database.command.js";

const help = `Makes, shows and ends the keys that callers come in with.

Usage:
  npm run -s keys -- create --role ingest --name NAME [--expires 2027-01-01T00:00:00Z]
  npm run -s keys -- list [--json]
  npm run -s keys -- revoke ID
  npm run -s keys -- rotate ID [--overlap-hours 24]

Roles: ingest reports and reads single executions by their id; read asks; admin does both.

create and rotate print the key once, alone on standard output; only its SHA-256 is stored, so keep it. With the
first key a server asks every caller for one, and may listen beyond this machine. Callers send it as
  Authorization: Bearer wsm_…

rotate makes another key of the same name and role, and lets the old one go on for some hours. A revoked key opens
nothing after 30 seconds at the latest, on every server.

Environment:
  DATABASE_URL  the PostgreSQL server, e.g. postgres://user:password@host:5432/database
  DATA_DIR      without DATABASE_URL: the folder of the embedded database (./data); no server may be using it

Exit code: 0 done; 1 not done, and why; 2 the command or the environment is wrong.`;

type Say = (sentence: string) => void;
type Run = (store: Store, say: Say) => Promise<void>;

/** Words about what was done go beside the key, not into it. */
const tell: Say = (sentence) => process.stderr.write(`${sentence}\n`);

const columns = ["id", "role", "name", "state", "created", "expires", "last used"] as const;

function stateOf(key: ApiKey, now: Date): string {
  if (key.revokedAt !== null && key.revokedAt <= now) return "revoked";
  return isLive(key, now) ? "live" : "expired";
}

function rowOf(key: ApiKey, now: Date): readonly string[] {
  const endsAt = [key.expiresAt, key.revokedAt].filter((at) => at !== null).map((at) => at.toISOString());
  return [
    ...[key.id, key.role, key.name, stateOf(key, now), key.createdAt.toISOString()],
    ...[endsAt.sort()[0] ?? "never", key.lastUsedAt?.toISOString() ?? "never"],
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function roleOf(word: string | undefined): Role {
  const role = roles.find((known) => known === word);
  if (role === undefined) throw new UsageError(`--role must be one of ${roles.join(", ")}`);
  return role;
}

function nameOf(name = ""): string {
  if (name.trim() !== "" && name.length <= 256) return name;
  throw new UsageError("--name must say whose key it is, in at most 256 characters");
}

function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined || instant <= new Date())
    throw new UsageError("--expires must be a time to come, such as 2027-01-01T00:00:00Z");
  return instant;
}

function hoursOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UsageError("--overlap-hours must be a whole number of hours");
}

function idOf(text: string | undefined): string {
  const id = parseUuid(text ?? "");
  if (id === undefined) throw new UsageError("name the key by its id; npm run -s keys -- list shows them");
  return id;
}

interface Options {
  readonly role?: string | undefined;
  readonly name?: string | undefined;
  readonly expires?: string | undefined;
  readonly json?: boolean | undefined;
  readonly "overlap-hours"?: string | undefined;
}

const hourMs = 3_600_000;

/** What each command does, once its words are understood. */
const commands: Readonly<Record<string, (options: Options, id: string | undefined) => Run>> = {
  create: (options) => {
    const wish = {
      role: roleOf(options.role),
      name: nameOf(options.name),
      expiresAt: instantOf(options.expires),
    };
    return async (store, say) => {
      const { key, stored } = await store.write((db) => createKey(db, wish, new Date()));
      tell(`Made key ${stored.id} (${stored.role}, ${stored.name}). It is shown this once:`);
      say(key);
    };
  },
  list:
    ({ json }) =>
    async (store, say) => {
      const keys = await store.read(listKeys);
      const now = new Date();
      if (json)
        say(
          JSON.stringify(
            keys.map((key) => ({ ...key, state: stateOf(key, now) })),
            null,
            2,
          ),
        );
      else
        say(
          keys.length === 0
            ? "There are no keys: nobody is asked for one."
            : table([columns, ...keys.map((key) => rowOf(key, now))]),
        );
    },
  revoke: (_, word) => {
    const id = idOf(word);
    return async (store, say) => {
      const { name } = await store.write((db) => revokeKey(db, id, new Date()));
      say(`Revoked key ${id} (${name}); it opens nothing after 30 seconds at the latest.`);
    };
  },
  rotate: (options, word) => {
    const id = idOf(word);
    const overlapMs = hoursOf(options["overlap-hours"] ?? "24") * hourMs;
    return async (store, say) => {
      const now = new Date();
      const until = new Date(now.getTime() + overlapMs);
      const { key, stored } = await store.write((db) => rotateKey(db, id, until, now));
      tell(
        `Made key ${stored.id} in place of ${id}, which ends at ${until.toISOString()}. It is shown this once:`,
      );
      say(key);
    };
  },
};

function parse(): Invocation {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      role: { type: "string" },
      name: { type: "string" },
      expires: { type: "string" },
      json: { type: "boolean" },
      "overlap-hours": { type: "string" },
    },
  });
  const [word = "", id, ...more] = positionals;
  if (values.help || positionals.length === 0) return { help: true, run: async () => {} };
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (command === undefined || more.length > 0)
    throw new UsageError(`the commands are ${Object.keys(commands).join(", ")}`);
  const run = command(values, id);
  return {
    help: false,
    run: async (store, say) => {
      await migrate(store.database, tell);
      await run(store, say);
    },
  };
}

await runCommand(help, parse);
