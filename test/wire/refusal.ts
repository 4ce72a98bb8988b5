import { expect } from "vitest";
import { catalogue, type ErrorCode, type FieldError } from "../../src/errors.js";
import type { TestServer } from "../support/server.js";
import { exchange, type Received, type Sent } from "./exchange.js";

/** What a refused request is answered. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The HTTP status, where it is not the usual one of the door. */
  readonly status?: number;
  /** The fields that are complained about, all of them, and what each complaint says. */
  readonly errors?: Readonly<Record<string, RegExp>>;
  /** What the sentence for the whole says. */
  readonly message?: RegExp;
}

export type Door = "rest" | "graphql" | "mcp";

interface Told {
  readonly code?: unknown;
  readonly message?: string;
  readonly errors?: readonly FieldError[];
}

/** What no client may ever see: SQL, stacks, paths, the names of what we are built with. */
const internals = [
  /\b(select|insert|update|delete) .*\b(from|into|set|where)\b/i,
  /drizzle|pglite|postgres(ql)?:\/\/|fastify|zod\b|node_modules|sqlstate|violates|constraint/i,
  /\bat .*\.(ts|js|mjs|cjs):\d+|file:\/\/|node:internal|stacktrace/i,
  new RegExp(process.cwd().replaceAll(/[.\\]/g, "\\$&")),
];

/** Tables of sums, which the server writes by itself whenever it comes to it. */
const keptByTheServer = /^(run|duration|spend)_/;

/** Every row of every table that requests write to, to see that one changed none. */
export async function storedRows({ sql }: Pick<TestServer, "sql">): Promise<readonly unknown[]> {
  const tables = await sql<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const told = tables.filter(({ name }) => !keptByTheServer.test(name));
  const all = told.map(({ name }) => `select '${name}' as name, to_jsonb(t)::text as row from ${name} t`);
  return sql(`${all.join(" union all ")} order by 1, 2`);
}

export function expectNoInternals(text: string): void {
  for (const internal of internals) expect(text).not.toMatch(internal);
}

/** The one oracle of every refused request: right code and status, nothing leaked, nothing written. */
export async function expectRefusal(
  server: TestServer,
  door: Door,
  sent: Sent,
  refusal: Refusal,
): Promise<Received> {
  const before = await storedRows(server);
  const received = await exchange(server.url, sent);
  expectRefused(door, received, refusal);
  expect(await storedRows(server)).toEqual(before);
  return received;
}

/** The part of the oracle that an answer alone can show. */
export function expectRefused(door: Door, received: Received, refusal: Refusal): void {
  expectNoInternals(received.text);
  const told = toldBy[door](received);
  expect({ code: told.code, message: told.message }).toMatchObject({ code: refusal.code });
  const usual =
    door === "graphql" ? usualGraphqlStatus(refusal.code, received) : catalogue[refusal.code].status;
  expect(received.status).toBe(refusal.status ?? usual);
  if (received.status >= 500) expect(received.status).toBe(503);
  if (received.status === 503) expect(received.headers["retry-after"]).toMatch(/^\d+$/);
  if (refusal.message !== undefined) expect(told.message).toMatch(refusal.message);
  if (refusal.errors === undefined) return;
  const complaints = new Map<string, string>();
  for (const { path, message } of told.errors ?? []) {
    complaints.set(path, [complaints.get(path), message].filter(Boolean).join("; "));
    expect(told.message).toContain(path);
  }
  const expected = Object.entries(refusal.errors).map(
    ([path, says]) => [path, expect.stringMatching(says)] as const,
  );
  expect(complaints).toEqual(new Map(expected));
}

function problemIn({ status, headers, text }: Received): Told {
  expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(text) as Record<string, unknown>;
  const code = problem.code as ErrorCode;
  expect(problem).toMatchObject({ type: "about:blank", title: catalogue[code]?.title, status });
  expect(problem.request_id).toBe(headers["x-request-id"]);
  return {
    code,
    message: problem.detail as string,
    errors: problem.errors as readonly FieldError[] | undefined,
  };
}

function graphqlErrorIn({ headers, text }: Received): Told {
  expect(headers["content-type"]).toMatch(/^application\/(graphql-response\+)?json/);
  expect(headers["x-request-id"]).toMatch(/\S/);
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: Told }[] };
  const codes = [...new Set(errors.map(({ extensions }) => extensions.code))];
  expect(codes).toHaveLength(1);
  return {
    code: codes[0],
    message: errors.map(({ message }) => message).join("; "),
    errors: errors.flatMap(({ extensions }) => extensions.errors ?? []),
  };
}

function rpcErrorIn({ headers, text }: Received): Told {
  expect(headers["content-type"]).toMatch(/^application\/json/);
  const { error, ...envelope } = JSON.parse(text) as {
    error: { code: number; message: string; data: Told & { request_id: string } };
  };
  expect(envelope).toEqual({ jsonrpc: "2.0", id: null });
  expect(error.code).toBeLessThanOrEqual(-32000);
  expect(error.data.request_id).toBe(headers["x-request-id"]);
  return { code: error.data.code, message: error.message, errors: error.data.errors };
}

const toldBy: Readonly<Record<Door, (received: Received) => Told>> = {
  rest: problemIn,
  graphql: graphqlErrorIn,
  mcp: rpcErrorIn,
};

/** A request that was executed is answered 200 whatever came of it; one that was not, by its fault. */
function usualGraphqlStatus(code: ErrorCode, { text }: Received): number {
  if (code === "UNAVAILABLE" || code === "METHOD_NOT_ALLOWED") return catalogue[code].status;
  if ("data" in (JSON.parse(text) as object)) return 200;
  return code === "BAD_USER_INPUT" ? 400 : catalogue[code].status;
}
