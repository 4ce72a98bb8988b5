import { afterAll, beforeEach } from "vitest";
import { startApp } from "../../src/app.js";
import { parseConfig } from "../../src/config.js";
import { type Client, clientOf } from "./client.js";
import { noon, type TestClock, testClock } from "./clock.js";
import { openTestDatabase, type TestDatabase } from "./database.js";

/** The product in this process, listening on a port of its own over a database of its own. */
export interface TestServer extends Client, Pick<TestDatabase, "sql" | "reset"> {
  readonly url: string;
  readonly database: TestDatabase;
  readonly clock: TestClock;
  /** The SQL that `work` made the server send. */
  statementsDuring(work: () => Promise<unknown>): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Options {
  /** The instant at which the clock stands before each test. */
  readonly clock?: string;
  /** Environment variables, such as limits. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the database holds before the server starts, beside its own tables. */
  readonly prepare?: (database: TestDatabase) => Promise<void>;
}

/** What the server sends by itself, whenever it comes to it. */
const ofKeptSumsJob = /^(with "(turn|marks)" as|vacuum)/;

/** Starts a server that the caller closes. It logs nothing, unless the tests run with a `LOG_LEVEL`. */
async function openTestServer({ clock: start = noon, env = {}, prepare }: Options = {}): Promise<TestServer> {
  const statements: string[] = [];
  const database = await openTestDatabase((statement) => statements.push(statement));
  await prepare?.(database);
  const clock = testClock(start);
  const { LOG_LEVEL = "silent" } = process.env;
  const config = parseConfig({ PORT: "0", LOG_LEVEL, ...env });
  const app = await startApp(config, { store: database.store, clock: clock.now });
  return {
    ...clientOf(app.url),
    url: app.url,
    database,
    clock,
    sql: database.sql,
    reset: async () => {
      clock.set(start);
      await database.reset();
    },
    statementsDuring: async (work) => {
      const before = statements.length;
      await work();
      return statements.slice(before).filter((statement) => !ofKeptSumsJob.test(statement));
    },
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** Starts a server for the tests of a file (or of the `describe` around the call): each begins with it empty. */
export async function startTestServer(options: Options = {}): Promise<TestServer> {
  const server = await openTestServer(options);
  beforeEach(() => server.reset());
  afterAll(() => server.close());
  return server;
}
