import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import {
  type ClientOptions,
  createClient,
  type MetricsClient,
  ReportFailure,
} from "../../src/client/client.js";
import { executionDocument } from "../../src/client/documents.js";
import { startTestServer } from "../support/server.js";
import { openTcpProxy } from "../support/tcp-proxy.js";

const server = await startTestServer();
const run = "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11";
const wholeRun = { wsId: "WS-1", executor: "human" };
const phase = { name: "IMPLEMENT", startedAt: "2026-02-23T11:00:00Z" } as const;

const opened: { close(): unknown }[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

function open(options: ClientOptions = {}): MetricsClient {
  const client = createClient({ url: server.url, now: server.clock.now, ...options });
  opened.push(client);
  return client;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ws-metrics-client-"));
  folders.push(folder);
  return folder;
}

/** A client with a spool whose way to the server can be cut and mended. */
async function openBehindProxy(options: ClientOptions = {}) {
  const proxy = await openTcpProxy(server.url);
  opened.push(proxy);
  const spool = await newFolder();
  const url = proxy.urlThrough(server.url);
  return { ...proxy, spool, url, client: open({ url, spool, retries: 0, ...options }) };
}

/** What was refused for good, as it lies in a spool. */
async function refusedIn(spool: string): Promise<readonly { reason: string; content: string }[]> {
  const [folder = ""] = await readdir(spool);
  const files = await readdir(join(spool, folder, "refused"));
  return await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(spool, folder, "refused", file), "utf8"))),
  );
}

/** An HTTP server that answers as it is told, for answers that ours gives only under load. */
async function openStandIn(
  answer: (attempt: number) => { status: number; headers?: Record<string, string>; body?: string },
) {
  const bodies: string[] = [];
  const standIn = createServer(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString("utf8"));
    const { status, headers = {}, body = "" } = answer(bodies.length);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => standIn.listen(0, "127.0.0.1", resolve));
  opened.push(standIn);
  return { bodies, url: `http://127.0.0.1:${(standIn.address() as AddressInfo).port}` }; // it listens on a port
}

describe("a report", () => {
  test("gets the ids it does not bring, and its receipt says which", async () => {
    const client = open();

    const started = await client.startExecution(wholeRun);
    const { executionId } = started;
    const opened = await client.recordPhase({ executionId, ...phase });
    const ended = await client.completeExecution({ id: executionId });

    expect(started).toMatchObject({ outcome: "RECORDED", id: executionId });
    expect(opened).toMatchObject({ outcome: "RECORDED", executionId });
    expect(ended).toMatchObject({ outcome: "RECORDED" });
    const { execution } = await client.request(executionDocument, { id: executionId });
    expect(execution).toMatchObject({
      status: "COMPLETED",
      startedAt: "2026-02-23T12:00:00.000Z",
      phases: [{ eventId: opened.id }],
    });
  });

  test("that is repeated changes nothing", async () => {
    const client = open();
    const event = { executionId: run, eventId: "e-1", ...phase };
    await client.startExecution({ id: run, ...wholeRun });

    const outcomes = [await client.recordPhase(event), await client.recordPhase(event)];

    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["RECORDED", "DUPLICATE"]);
  });

  test("that is refused names the fields", async () => {
    const client = open();

    const refused = client.startExecution({ wsId: "", executor: "x".repeat(65) });

    await expect(refused).rejects.toThrow(ReportFailure);
    await expect(refused).rejects.toMatchObject({ kind: "refused", code: "BAD_USER_INPUT" });
    const { errors } = (await refused.catch((error: unknown) => error)) as ReportFailure; // as the line before says
    expect(errors).toHaveLength(2);
  });

  test("of many events answers for each by itself", async () => {
    const receipts = await open().recordEvents([
      { startExecution: { id: run, ...wholeRun } },
      { recordPhase: { executionId: "00000000-0000-4000-8000-000000000000", ...phase } },
      { completeExecution: { id: run } },
    ]);

    expect(receipts.map(({ outcome, error }) => outcome ?? error?.code)).toEqual([
      "RECORDED",
      "NOT_FOUND",
      "RECORDED",
    ]);
  });

  test("of no events asks nobody", async () => {
    expect(await open({ url: "http://127.0.0.1:1" }).recordEvents([])).toEqual([]);
  });
});

describe("a request that may succeed later", () => {
  test("is sent again with the same ids, when the server says how soon", async () => {
    const { url, bodies } = await openStandIn((attempt) =>
      attempt < 3
        ? { status: 503, headers: { "retry-after": "0" } }
        : {
            status: 200,
            body: '{"data":{"recordEvents":[{"index":0,"outcome":"RECORDED","executionId":null,"error":null}]}}',
          },
    );

    const receipt = await open({ url }).startExecution(wholeRun);

    expect(receipt.outcome).toBe("RECORDED");
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toContain(receipt.executionId);
  });

  test("is not sent again after the deadline, and fails as unavailable", async () => {
    const { url, bodies } = await openStandIn(() => ({ status: 429, headers: { "retry-after": "60" } }));

    const failing = open({ url }).startExecution(wholeRun);

    await expect(failing).rejects.toMatchObject({ kind: "unavailable", retryAfterMs: 60_000 });
    expect(bodies).toHaveLength(1);
  });

  test("fails as unavailable when nobody listens", async () => {
    const failing = open({ url: "http://127.0.0.1:1", retries: 1 }).startExecution(wholeRun);

    await expect(failing).rejects.toMatchObject({ kind: "unavailable", code: "ECONNREFUSED" });
  });

  test("ends when it is aborted", async () => {
    const { client, stall } = await openBehindProxy();
    stall();
    const abort = new AbortController();
    const reason = new Error("no longer wanted");

    const failing = client.request(executionDocument, { id: run }, { signal: abort.signal });
    abort.abort(reason);

    await expect(failing).rejects.toBe(reason);
  });

  test("and another server in its place are told apart", async () => {
    const { url } = await openStandIn(() => ({ status: 200, body: "<html>" }));

    const failing = open({ url }).startExecution(wholeRun);

    await expect(failing).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining("does not answer as"),
    });
  });
});

describe("with a spool", () => {
  test("events wait while the server is away, and are delivered in order when it returns", async () => {
    const { client, cut, mend } = await openBehindProxy();
    await cut();
    const kept = [
      await client.startExecution({ id: run, ...wholeRun }),
      await client.recordPhase({ executionId: run, eventId: "e-1", ...phase }),
    ];
    await mend();

    const delivery = await client.sync();

    expect(kept.map(({ outcome }) => outcome)).toEqual(["SPOOLED", "SPOOLED"]);
    expect(delivery).toEqual({ delivered: 2, refused: 0, waiting: 0, failure: undefined });
    const { execution } = await client.request(executionDocument, { id: run });
    expect(execution?.phases).toHaveLength(1);
  });

  test("whose answer got lost are recorded once", async () => {
    const { client, stall, mend, cut } = await openBehindProxy();
    await client.startExecution({ id: run, ...wholeRun });
    stall();
    const unanswered = await client.recordPhase(
      { executionId: run, eventId: "e-1", ...phase },
      { timeoutMs: 100 },
    );
    await open().recordPhase({ executionId: run, eventId: "e-1", ...phase });
    await cut();
    await mend();

    const delivery = await client.sync();

    expect(unanswered.outcome).toBe("SPOOLED");
    expect(delivery).toMatchObject({ delivered: 1, waiting: 0 });
    const { execution } = await client.request(executionDocument, { id: run });
    expect(execution?.phases).toHaveLength(1);
  });

  test("an event that waited and is refused lies beside the others with its reason", async () => {
    const { client, cut, mend, spool } = await openBehindProxy();
    await cut();
    await client.startExecution({ wsId: "", executor: "human" });
    await client.startExecution({ id: run, ...wholeRun });
    await mend();

    const delivery = await client.sync();

    expect(delivery).toMatchObject({ delivered: 1, refused: 1, waiting: 0 });
    expect(await refusedIn(spool)).toMatchObject([{ reason: expect.stringContaining("BAD_USER_INPUT") }]);
  });

  test("an event that the server cannot read at all does not keep the others from it", async () => {
    const { client, cut, mend, spool } = await openBehindProxy();
    await cut();
    await client.startExecution({ id: run, ...wholeRun });
    const unreadable = { wsId: "WS-2", executor: "human", colour: "red" };
    await client.startExecution(unreadable);
    await client.completeExecution({ id: run });
    await mend();

    const delivery = await client.sync();

    expect(delivery).toMatchObject({ delivered: 2, refused: 1, waiting: 0 });
    expect(await refusedIn(spool)).toMatchObject([{ reason: expect.stringContaining("colour") }]);
  });

  test("an event of a run that the server does not know waits for its start", async () => {
    const { client, cut, mend } = await openBehindProxy();
    await cut();
    await client.completeExecution({ id: run });
    await mend();

    const early = await client.sync();
    await open().startExecution({ id: run, ...wholeRun });
    const late = await client.sync();

    expect(early).toMatchObject({ delivered: 0, refused: 0, waiting: 1 });
    expect(late).toMatchObject({ delivered: 1, waiting: 0 });
  });

  test("a file that the disk does not give back as it was is put aside", async () => {
    const { client, cut, mend, spool } = await openBehindProxy();
    await cut();
    await client.startExecution({ id: run, ...wholeRun });
    const [folder = ""] = await readdir(spool);
    const [entry = ""] = (await readdir(join(spool, folder))).filter((name) => name.endsWith(".events"));
    await writeFile(join(spool, folder, entry), '{"startExec');
    await mend();

    const delivery = await client.sync();

    expect(delivery).toMatchObject({ delivered: 0, refused: 1, waiting: 0 });
  });

  test("more than may wait is refused and nothing that waits is lost", async () => {
    const { client, cut, mend } = await openBehindProxy({ spoolMaxBytes: 300 });
    await cut();
    await client.startExecution({ id: run, ...wholeRun });

    const tooMuch = client.startExecution({ wsId: "WS-2".padEnd(250, "x"), executor: "human" });

    await expect(tooMuch).rejects.toMatchObject({ kind: "unavailable", code: "SPOOL_FULL" });
    await mend();
    expect(await client.sync()).toMatchObject({ delivered: 1 });
  });

  test("telemetry waits as it came, byte for byte", async () => {
    const { url, bodies } = await openStandIn((attempt) => ({
      status: attempt === 1 ? 503 : 200,
      body: "{}",
    }));
    const client = open({ url, spool: await newFolder(), retries: 0 });
    const body = Buffer.from([0, 10, 255, 10, 0x7b]);

    const kept = await client.forwardTelemetry({
      path: "/v1/logs",
      contentType: "application/x-protobuf",
      body,
    });
    const delivery = await client.sync();

    expect(kept).toBe("SPOOLED");
    expect(delivery).toMatchObject({ delivered: 1, waiting: 0 });
    expect(bodies[1]).toBe(bodies[0]);
  });

  test("two clients at once deliver everything once", async () => {
    const { client, cut, mend, spool, url } = await openBehindProxy();
    await cut();
    await client.startExecution({ id: run, ...wholeRun });
    for (let n = 0; n < 20; n += 1)
      await client.recordPhase({ executionId: run, eventId: `e-${n}`, ...phase });
    await mend();
    const other = open({ url, spool });

    const deliveries = await Promise.all([client.sync(), other.sync()]);

    expect(deliveries.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(21);
    const { execution } = await client.request(executionDocument, { id: run });
    expect(execution?.phases).toHaveLength(20);
  });
});

describe("a key that is not let in", () => {
  test("is told, and what was reported waits for the right one", async () => {
    const { url } = await openStandIn((attempt) => ({
      status: attempt === 1 ? 401 : 200,
      body:
        attempt === 1
          ? '{"errors":[{"message":"no valid key","extensions":{"code":"UNAUTHENTICATED"}}]}'
          : '{"data":{"recordEvents":[{"index":0,"outcome":"RECORDED","executionId":null,"error":null}]}}',
    }));
    const client = open({ url, spool: await newFolder() });

    await expect(client.startExecution(wholeRun)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });

    expect(await client.sync()).toMatchObject({ delivered: 1, waiting: 0 });
  });
});
