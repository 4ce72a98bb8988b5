import { describe, expect, test } from "vitest";
import { createMetrics } from "../../src/observability/metrics.js";
import { startTestServer } from "../support/server.js";
import { type Family, parseExposition, seriesOf } from "./exposition.js";
import { scrape } from "./scrape.js";

const server = await startTestServer();

/** Buckets that do not count up to the `+Inf` one and the total, in words. */
function unevenBuckets({ name, samples }: Family): readonly string[] {
  const totals = samples.filter((sample) => sample.name === `${name}_count`);
  return totals.flatMap(({ labels, value }) => {
    const own = samples.filter(
      (sample) =>
        sample.name === `${name}_bucket` &&
        Object.entries(labels).every(([label, text]) => sample.labels[label] === text),
    );
    const counts = own.map((bucket) => bucket.value);
    const isSorted = counts.every((count, index) => count >= (counts[index - 1] ?? 0));
    const isComplete = own.at(-1)?.labels.le === "+Inf" && counts.at(-1) === value;
    return isSorted && isComplete ? [] : [`${name}${JSON.stringify(labels)}: ${counts}, ${value} in all`];
  });
}

test("what is exposed keeps to the text format, and says what each metric means", async () => {
  await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });
  await server.get("/dashboard");

  const { headers } = await server.fetch("/metrics");
  const families = await scrape(server);

  expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(families.length).toBeGreaterThan(20);
  for (const { name, type, help, samples } of families) {
    expect(name).toMatch(/^(ws_metrics|http_server|process|nodejs)_[a-z0-9_]+$/);
    expect(help, name).toMatch(/^[A-Z].+/);
    expect(name.endsWith("_total"), name).toBe(type === "counter");
    if (name.startsWith("nodejs_eventloop_")) continue; // knows nothing when it was asked just before
    for (const { value } of samples) expect(value, name).toBeGreaterThanOrEqual(0);
  }
  const histograms = families.filter(({ type }) => type === "histogram");
  expect(histograms.length).toBeGreaterThan(1);
  expect(histograms.flatMap(unevenBuckets)).toEqual([]);
});

test("the process, its version and its database are told of", async () => {
  const names = (await scrape(server)).map(({ name }) => name);
  const [build] = (await scrape(server)).filter(({ name }) => name === "ws_metrics_build_info");

  for (const name of [
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    "nodejs_eventloop_lag_p99_seconds",
    "nodejs_gc_duration_seconds",
  ]) {
    expect(names).toContain(name);
  }
  expect(build?.samples).toEqual([
    {
      name: "ws_metrics_build_info",
      labels: { version: expect.stringMatching(/^\d+\.\d+\.\d+/), database: server.database.store.engine },
      value: 1,
    },
  ]);
});

test("a code that was never answered is there already, so that its first time is seen as growth", async () => {
  const series = seriesOf(await scrape(server));

  expect(series['ws_metrics_refusals_total{code="INTERNAL_SERVER_ERROR"}']).toBe(0);
});

test("an outcome that never was is there as soon as its operation is, for the same reason", async () => {
  await server.post("/ws-execution", { ws_id: "WS-1", executor: "human" });

  const series = seriesOf(await scrape(server));

  expect(series['ws_metrics_events_total{operation="submitExecution",outcome="CONFLICT_IGNORED"}']).toBe(0);
});

describe("what waits for the database", () => {
  test("is told for each lane of the server", async () => {
    const series = seriesOf(await scrape(server));

    const { connections } = server.database.store;
    expect(series).toMatchObject({
      'ws_metrics_database_work_running{lane="read"}': 0,
      'ws_metrics_database_work_waiting{lane="write"}': 0,
      'ws_metrics_database_work_limit{lane="read"}': Math.max(1, Math.floor(connections / 2)),
      'ws_metrics_database_work_limit{lane="write"}': connections,
    });
  });

  test("is read at every scrape", async () => {
    let waiting = 3;
    const metrics = createMetrics({
      engine: "none",
      loads: () => [
        { lane: "read", running: 2, waiting: 0, limit: 4 },
        { lane: "write", running: 4, waiting, limit: 5 },
      ],
    });
    await metrics.expose();
    waiting = 7;

    const series = seriesOf(parseExposition(await metrics.expose()));

    expect(series).toMatchObject({
      'ws_metrics_database_work_running{lane="read"}': 2,
      'ws_metrics_database_work_waiting{lane="read"}': 0,
      'ws_metrics_database_work_limit{lane="read"}': 4,
      'ws_metrics_database_work_running{lane="write"}': 4,
      'ws_metrics_database_work_waiting{lane="write"}': 7,
      'ws_metrics_database_work_limit{lane="write"}': 5,
    });
  });
});

test("servers in one process do not count each other's work", async () => {
  const metrics = createMetrics({ engine: "none", loads: () => [] });
  await server.get("/dashboard");

  const series = seriesOf(parseExposition(await metrics.expose()));

  expect(Object.keys(series).filter((name) => name.startsWith("ws_metrics_operations_total"))).toEqual([]);
});

describe("text that breaks the format is noticed:", () => {
  const head = "# HELP a_total What.\n# TYPE a_total counter\n";
  test.each([
    ["a last line without an end", `${head}a_total 1`],
    ["a sample before its type", "a_total 1\n"],
    ["a sample of another metric", `${head}b_total 1\n`],
    ["the same series twice", `${head}a_total{x="1"} 1\na_total{x="1"} 2\n`],
    ["a metric twice", `${head}${head}`],
    ["a quote within a label", `${head}a_total{x="1"2"} 1\n`],
    ["a value that is no number", `${head}a_total one\n`],
  ])("%s", (_, text) => {
    expect(() => parseExposition(text)).toThrow();
  });
});
