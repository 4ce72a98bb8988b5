import Papa from "papaparse";
import { expect } from "vitest";
import { catalogue } from "../../src/errors.js";
import { statusFrom } from "../otlp/protobuf.js";
import { exchange, type Received, type ReceivedBytes, type Sent } from "../wire/exchange.js";
import { expectNoInternals } from "../wire/refusal.js";

/** The server's own deadline, and some time to say so. */
const deadlineMs = 11_000;

/** Text that is stored by somebody else, and that no message of an error may show. */
export const canary = "canary-6f1d";

/** Beside what the wire tests look for: names of tables, drivers' sentences, frames of a stack. */
const leaks = [
  /ws_executions\b|ws_phases|ws_bug_fixes|ws_execution_sessions|api_keys|llm_log_copies|pg_catalog/,
  /failed query|params:|invalid input syntax|duplicate key|deadlock|relation "|column "|\bPostgresError|RuntimeError/i,
  /\bat (async )?[\w.<>]+ \(|\bat \/|\/node_modules\/|\[object Object\]|Cannot read propert|is not a function/,
];

/** Sends a request and expects an answer that could be shown to anybody, in time. */
export async function expectSound(url: string, sent: Sent): Promise<Received> {
  const began = performance.now();
  const received = await withinDeadline(exchange(url, sent), sent);
  try {
    expect(performance.now() - began).toBeLessThan(deadlineMs);
    expectStatus(received);
    expectSpelled(sent, received);
    expectNothingLeaked(received);
  } catch (error) {
    throw new Error(`${shown(sent)}\n→ ${received.status} ${received.text.slice(0, 2_000)}`, {
      cause: error,
    });
  }
  return received;
}

async function withinDeadline<Result>(work: Promise<Result>, sent: Sent): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${shown(sent)}\n→ no answer in time`)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function expectStatus({ status, headers }: Received): void {
  if (status >= 500) expect(status).toBe(503);
  if (status === 503) expect(headers["retry-after"]).toMatch(/^\d+$/);
  expect(status).toBeGreaterThanOrEqual(200);
}

function expectNothingLeaked({ text }: Received): void {
  expectNoInternals(text);
  for (const leak of leaks) expect(text).not.toMatch(leak);
}

/** In the spelling of the door that was knocked at. */
function expectSpelled({ method, path }: Sent, received: ReceivedBytes): void {
  const { headers, text, status } = received;
  const type = headers["content-type"] ?? "";
  if (method === "HEAD") expect(text).toBe("");
  else if (type.startsWith("application/problem+json")) expectProblem(received);
  else if (/^application\/(x-)?protobuf/.test(type)) expectRpc(received);
  else if (type.startsWith("text/csv"))
    expect(Papa.parse(text.trimEnd()).errors.filter(isMistake)).toEqual([]);
  else if (type.startsWith("text/html")) expectPage(text);
  else if (type.startsWith("image/svg+xml")) expectPicture(text);
  else if (type.startsWith("application/x-ndjson")) text.trimEnd().split("\n").filter(Boolean).map(parsed);
  else {
    expect(type).toMatch(/^application\/(graphql-response\+)?json\b/);
    const answer: unknown = JSON.parse(text);
    expect(answer).toBeInstanceOf(Object);
    expect(text).not.toContain("\ufffd");
    // What GraphQL answers is judged as it is read
    if (path.startsWith("/graphql")) expectGraphql(answer as GraphqlAnswer);
    else if (status >= 400) expect(answer).toEqual({ code: expect.any(Number), message: expect.any(String) });
  }
}

/** Whole, with nothing in it that runs, and with a word for whatever is not known. */
function expectPage(text: string): void {
  expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(text).not.toMatch(/<script|<img| on\w+=[^<>]*>/);
  expect(text.replaceAll(/<(bdi|title)>.*?<\/\1>/gs, "")).not.toMatch(
    /undefined|null|NaN|Infinity|Invalid Date/,
  );
}

/** An XML document of shapes and words, none of which could run. */
function expectPicture(text: string): void {
  expect(text).toMatch(/^<svg role="img"[^>]*>\n<title[\s\S]*<\/svg>$/);
  expect(text).not.toMatch(/<script|<foreignObject|<image| on\w+=|href=/);
  expect(text).not.toMatch(/undefined|null|NaN|Infinity|Invalid Date/);
}

const parsed = (line: string): unknown => JSON.parse(line);

/** A table of one column has no delimiter to be found. */
const isMistake = ({ code }: Papa.ParseError) => code !== "UndetectableDelimiter";

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

function expectGraphql(answer: GraphqlAnswer): void {
  expect(answer.data !== undefined || answer.errors !== undefined).toBe(true);
  for (const error of answer.errors ?? []) {
    expect(error.message).toEqual(expect.stringMatching(/\S/));
    expectKnown(error.extensions?.code);
    expect(JSON.stringify(error)).not.toContain(canary);
  }
}

function expectProblem({ status, text }: Received): void {
  const problem = JSON.parse(text) as Record<string, unknown>;
  expect(problem).toMatchObject({ status, title: expect.any(String), detail: expect.stringMatching(/\S/) });
  expectKnown(problem.code);
  expect(text).not.toContain(canary);
}

function expectRpc({ status, bytes }: ReceivedBytes): void {
  if (status >= 400) expect(statusFrom(bytes)).toHaveProperty("message");
}

function expectKnown(code: unknown): void {
  expect(Object.keys(catalogue)).toContain(code);
  expect(code).not.toBe("INTERNAL_SERVER_ERROR");
}

/** A request as somebody would need it to send it again. */
export function shown({ method = "GET", path, headers, body }: Sent): string {
  const content = typeof body === "string" ? body : body && `base64 ${Buffer.from(body).toString("base64")}`;
  return `${method} ${path.slice(0, 4_000)}\n${JSON.stringify(headers)}\n${content?.slice(0, 8_000) ?? ""}`;
}
