import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { onPostgres } from "../support/database.js";
import { startTestServer } from "../support/server.js";
import { exchange, graphqlPost, restPost, type Sent } from "./exchange.js";
import { expectNoInternals } from "./refusal.js";

const server = await startTestServer();

/** Half of what a body may hold. */
const bytes = 2 * 1024 * 1024;
/** Far above what any of these costs, far below what one of them cost before it was bounded. */
const cpuSeconds = 3;

const filled = (part: string) => part.repeat(Math.floor(bytes / part.length));
const list = (item: string) => `[${filled(`${item},`)}${item}]`;
const nested = (open: string, close: string) => {
  const levels = Math.floor(bytes / (open.length + close.length)) - 10;
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
};

/** An object of so many fields, none of which exists. */
function unknownFields(size = bytes): string {
  let fields = '"k":1';
  for (let index = 0; fields.length < size - 20; index += 1) fields += `,"k${index}":1`;
  return `{${fields}}`;
}

const post = (body: string) => restPost("/ws-execution", body);
const run = (fields: string) => post(`{"ws_id":"WS-1","executor":"human",${fields}}`);
const batch = (events: string) => {
  const query = "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { index } }";
  return graphqlPost(`{"query":"${query}","variables":{"events":${events}}}`);
};
const telemetry = (resourceLogs: string): Sent => ({
  ...post(`{"resourceLogs":${resourceLogs}}`),
  path: "/v1/logs",
});

const bodies: Readonly<Record<string, Sent>> = {
  "of opened lists": post(filled("[")),
  "of nested lists": post(nested("[", "]")),
  "of nested objects": post(nested('{"a":', "}")),
  "of unknown fields": post(unknownFields()),
  "of the same field over and over": post(`{${filled('"ws_id":"a",')}"ws_id":"a"}`),
  "of one number": run(`"llm_calls":${filled("9")}`),
  "of one text": post(`{"ws_id":"${filled("😀")}","executor":"human"}`),
  "of phases that are none": run(`"phase_metrics":{"phases":${list("1")}}`),
  "of empty phases": run(`"phase_metrics":{"phases":${list("{}")}}`),
  "of phases with unknown fields": run(
    `"phase_metrics":{"phases":[${Array.from({ length: 1_000 }, () => unknownFields(bytes / 1_000)).join()}]}`,
  ),
  "of paths that are none": run(`"file_metrics":{"created":${list("[]")}}`),
  "of events that are none": batch(list("1")),
  "of empty events": batch(list("{}")),
  "of an event of unknown fields": batch(`[${unknownFields()}]`),
  "of nested events": batch(nested("[", "]")),
  "of log records that are none": telemetry(list("1")),
  "of nested log records": telemetry(nested("[", "]")),
  "of a long document": graphqlPost({ query: `#${filled("a")}\n{ __typename }` }),
  "of a long name": graphqlPost({ query: "{ __typename }", operationName: filled("a") }),
  "that unpacks to 32 times the limit": {
    ...post(""),
    body: gzipSync(Buffer.alloc(64 * bytes, "[")),
    headers: { "content-type": "application/json", "content-encoding": "gzip" },
  },
};

// None of them reaches a database, so one engine is enough.
test.skipIf(onPostgres).each(Object.entries(bodies))(
  "a body %s is refused at once, in few words",
  async (_, sent) => {
    const before = process.cpuUsage();

    const { status, text } = await exchange(server.url, sent);

    const { user, system } = process.cpuUsage(before);
    expect(status, text.slice(0, 200)).toBeGreaterThanOrEqual(400);
    expect(status, text.slice(0, 200)).toBeLessThan(500);
    expect(text.length).toBeLessThan(2.1 * bytes);
    expect((user + system) / 1e6).toBeLessThan(cpuSeconds);
    expectNoInternals(text.slice(0, 100_000));
  },
);

test("an answer lists a thousand mistakes, and says that there are more", async () => {
  const { status, body } = await server.fetch("/api/v1/metrics/ws-execution", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: unknownFields(100_000),
  });

  const { errors } = body as { errors: { path: string; message: string }[] };
  expect(status).toBe(422);
  expect(errors).toHaveLength(1_001);
  expect(errors.at(-1)).toEqual({ path: "", message: expect.stringContaining("lists 1000 mistakes") });
});

afterEach(async () => {
  const { status } = await server.fetch("/healthz");
  expect(status).toBe(200);
});
