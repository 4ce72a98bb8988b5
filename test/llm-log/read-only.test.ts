import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { costSummary, dashboard, execution, executions, scoreboard } from "../client/documents.js";
import { fingerprint } from "../store/catalogue.fingerprint.js";
import { after, day, hour, testClock } from "../support/clock.js";
import { onPostgres, openTestDatabase, type TestDatabase } from "../support/database.js";
import { given } from "../support/given.js";
import { type ServerProcess, startProcess } from "../support/process.js";
import { createLog, logIn, type TestLog } from "./log.js";

const now = new Date().toISOString();
const recent = 40;
const past = 700;

/** Roles belong to the whole cluster, so they are called after this run. */
const suffix = randomUUID().slice(0, 8);
const surrounding = `surrounding_${suffix}`;
const reader = `metrics_${suffix}`;

/** Hands the tables of the product over to a role of its own. */
const handOver = `do $$ begin
  execute (select string_agg(format('alter table %I.%I owner to ${reader}', schemaname, tablename), '; ')
    from pg_tables where schemaname = 'public');
end $$`;

describe.runIf(onPostgres)(
  "a server whose role may only select from the log, which belongs to somebody else",
  () => {
    let database: TestDatabase;
    let log: TestLog;
    let server: ServerProcess;

    beforeAll(async () => {
      database = await openTestDatabase();
      for (const statement of [
        `create role ${surrounding} login password 'secret'`,
        `create role ${reader} login password 'secret'`,
        handOver,
        `grant usage, create on schema public to ${reader}`,
        `create schema surrounding authorization ${surrounding}`,
        `set role ${surrounding}`,
        "set search_path = surrounding, public",
      ]) {
        await database.sql(statement);
      }
      await createLog(database.sql);
      await database.sql(`grant usage on schema surrounding to ${reader}`);
      await database.sql(`grant select on surrounding.llm_run to ${reader}`);
      await database.sql("reset role");
      log = logIn(database.sql, "surrounding.llm_run");
    });

    afterAll(async () => {
      await server?.kill();
      const owned = `${reader}, ${surrounding}`;
      for (const statement of [`drop owned by ${owned} cascade`, `drop role ${owned}`])
        await database.sql(statement);
      await database.close();
    });

    /** The log as it lies on disk: every version of every row, and the files of its table and indexes. */
    async function stateOfLog() {
      const [content] = await database.sql(
        `select count(*) as rows, md5(string_agg(concat_ws(' ', ctid, xmin, xmax, logged), ',' order by id)) as checksum
        from surrounding.llm_run as logged`,
      );
      const files = await database.sql(
        `select relname, relfilenode, relkind, relowner::regrole::text, relacl::text, reloptions::text
        from pg_class where relnamespace = 'surrounding'::regnamespace order by relname`,
      );
      return { content, files, catalogue: await fingerprint(database.sql) };
    }

    /** The rows that were ever written to it, by the statistics of the server. */
    const writesToLog = async () => {
      const [row] = await database.sql(
        `select n_tup_ins as inserted, n_tup_upd + n_tup_del as others
        from pg_stat_all_tables where relid = 'surrounding.llm_run'::regclass`,
      );
      return row;
    };

    const locksOnLog = () =>
      database.sql<{ mode: string }>(
        `select distinct mode from pg_locks join pg_class on pg_class.oid = relation
        where relnamespace = 'surrounding'::regnamespace and pid <> pg_backend_pid()`,
      );

    /** Asks everything that tells of cost, through both doors. */
    async function askEverything(id: string): Promise<readonly unknown[]> {
      const paths = [
        `/ws-executions/${id}`,
        "/ws-executions",
        "/dashboard",
        "/scoreboard?window=30d",
        "/cost-summary",
      ];
      const rest = await Promise.all(paths.map((path) => server.get(path)));
      const graphql = [
        (await server.graphql(execution, { id })).body.data.execution?.cost.totalUsd,
        (await server.graphql(executions)).body.data.executions.nodes[0]?.cost.totalUsd,
        (await server.graphql(dashboard)).body.data.dashboard.llmCostUsd,
        (await server.graphql(scoreboard, { window: "LAST_30D" })).body.data.scoreboard.llmCostUsd,
        (await server.graphql(costSummary)).body.data.costSummary.totalUsd,
      ];
      return [...rest.map(({ status }) => status), ...graphql];
    }

    test("copies it and answers every question about cost, with no lock on it but that of a reader", async () => {
      const id = randomUUID();
      await log.writeMany(past, {
        started_at: after(now, -20 * day),
        workflow_execution_id: null,
        cost_usd: 0.01,
      });
      await log.writeMany(recent, {
        started_at: after(now, -hour),
        workflow_execution_id: id,
        cost_usd: 0.5,
      });
      const before = await stateOfLog();
      // Whoever wants more of the table than to read it waits for this lock, until it fails.
      await database.sql("begin");
      await database.sql("lock table surrounding.llm_run in exclusive mode");

      const url = Object.assign(new URL(database.url ?? ""), { username: reader, password: "secret" });
      server = await startProcess({
        ...{ DATABASE_URL: url.href, LLM_LOG_TABLE: "surrounding.llm_run", LOG_LEVEL: "warn" },
        STATEMENT_TIMEOUT_MS: "2000",
      });
      await given({ ...server, clock: testClock(now) })
        .execution({ id })
        .completed();
      const modes = new Set<string>();
      await vi.waitFor(
        async () => {
          for (const { mode } of await locksOnLog()) modes.add(mode);
          const { body } = await server.fetch("/readyz");
          expect(body.llm_log).toMatchObject({ state: "current", copied: past + recent });
        },
        { timeout: 20_000, interval: 5 },
      );
      const answers = await askEverything(id);
      await database.sql("commit");

      expect(answers).toEqual([200, 200, 200, 200, 200, 20, 20, 20, 20, 27]);
      expect([...modes].filter((mode) => mode !== "AccessShareLock")).toEqual([]);
      expect(server.output()).toBe("");
      expect(await stateOfLog()).toEqual(before);
      await vi.waitFor(async () =>
        expect(await writesToLog()).toEqual({ inserted: past + recent, others: 0 }),
      );
    });

    test("holds no lock on it between two statements: its owner can change it at once", async () => {
      await database.sql("set lock_timeout = '1s'");

      await database.sql("alter table surrounding.llm_run add column added_later text");

      await database.sql("reset lock_timeout");
      await log.write({ started_at: now, cost_usd: 1 });
      await vi.waitFor(
        async () => expect((await server.get("/cost-summary")).body.total_llm_cost_usd).toBe(28),
        { timeout: 10_000 },
      );
    });
  },
);
