import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { expectNoInternals, storedRows } from "../wire/refusal.js";
import {
  answerOf,
  bytesOf,
  encodings,
  exportTo,
  json,
  type Manner,
  mediaTypes,
  sendBytes,
} from "./exporter.js";
import type { SignalName } from "./protobuf.js";
import { captured, fixture, logsOf, metricsRequest, record, span, spansOf } from "./requests.js";

const limit = 20_000;
const server = await startTestServer({ clock: captured, env: { MAX_BODY_BYTES: String(limit) } });

interface Refused {
  readonly status: number;
  readonly code: number;
  readonly message: RegExp;
}

/** Sends what must be refused as a `Status` in the encoding of the request, with nothing written. */
async function expectStatus(
  manner: Manner,
  sent: Promise<Awaited<ReturnType<typeof sendBytes>>>,
  refused: Refused,
) {
  const before = await storedRows(server);
  const { status, headers, body } = await sent;
  expect({ status, body }).toEqual({
    status: refused.status,
    body: { code: refused.code, message: expect.stringMatching(refused.message) },
  });
  expect(headers.get("content-type")?.split(";")[0]).toBe(mediaTypes[manner.encoding]);
  expect(headers.get("x-request-id")).toMatch(/\S/);
  expectNoInternals(JSON.stringify(body));
  expect(await storedRows(server)).toEqual(before);
  return headers;
}

const big = logsOf({}, record({ note: "a".repeat(20 * limit) }));

describe.each(encodings)("in $encoding what is refused is a Status:", (manner) => {
  const valid = fixture("claude-code");
  const send = (body: string | Uint8Array, how: Partial<Manner> = {}, headers = {}) =>
    sendBytes(server, "logs", body, { ...manner, ...how }, headers);

  test.each([false, true])("a body beyond the limit, chunked: %s", async (chunked) => {
    const refused = { status: 413, code: 8, message: new RegExp(`${limit} bytes, packed or unpacked`) };

    await expectStatus(manner, exportTo(server, "logs", big, { ...manner, chunked }), refused);
    await expectStatus(manner, exportTo(server, "logs", big, { ...manner, chunked, gzip: true }), refused);
  });

  test.each([
    ["that is no gzip", { "content-encoding": "gzip" }, 400, 3, /cannot be unpacked/],
    ["in an unknown encoding", { "content-encoding": "zstd" }, 415, 3, /gzip, deflate, br/],
  ])("a body %s", async (_, headers, status, code, message) => {
    await expectStatus(manner, send(JSON.stringify(valid), {}, headers), { status, code, message });
  });

  test("a body of the other encoding", async () => {
    const body = manner.encoding === "json" ? Buffer.from([0x0a, 0x00]) : JSON.stringify(valid);

    await expectStatus(manner, send(body), {
      status: 400,
      code: 3,
      message: /not JSON|not a protobuf request of logs/,
    });
  });

  test("another method", async () => {
    const answered = fetch(`${server.url}/v1/logs`, {
      method: "PUT",
      headers: { "content-type": mediaTypes[manner.encoding] },
      body: manner.encoding === "json" ? "{}" : "",
    });
    const refused = { status: 405, code: 12, message: /PUT is not allowed here; use POST/ };

    const headers = await expectStatus(
      manner,
      answered.then((response) => answerOf("logs", response)),
      refused,
    );

    expect(headers.get("allow")).toBe("POST");
  });

  test("a request id of the client's own is kept", async () => {
    const { headers } = await send("?", {}, { "x-request-id": "mine" });

    expect(headers.get("x-request-id")).toBe("mine");
  });
});

const unsupported = {
  status: 415,
  code: 3,
  message: /must be sent as application\/json or application\/x-protobuf/,
};

test.each([
  "text/plain",
  "application/grpc",
  "application/x-protobuf-2",
  "json",
  "multipart/form-data; boundary=x",
  "",
])("a body of type %j is refused", async (type) => {
  await expectStatus(json, sendBytes(server, "logs", "{}", json, { "content-type": type }), unsupported);
});

test("a body without a type is refused, and so is no body at all", async () => {
  const untyped = [{ body: Buffer.from("{}") }, {}].map((init) =>
    fetch(`${server.url}/v1/logs`, { method: "POST", ...init }),
  );

  for (const answered of untyped)
    await expectStatus(
      json,
      answered.then((response) => answerOf("logs", response)),
      unsupported,
    );
});

test("JSON in another charset is refused", async () => {
  const headers = { "content-type": "application/json; charset=utf-16le" };

  await expectStatus(json, sendBytes(server, "logs", Buffer.from("{}", "utf16le"), json, headers), {
    ...unsupported,
    message: /JSON in UTF-8/,
  });
});

test.each(["application/json; charset=UTF-8", "Application/JSON", "application/json;ext=1"])(
  "a body of type %s is read",
  async (type) => {
    expect(await sendBytes(server, "logs", "{}", json, { "content-type": type })).toMatchObject({
      status: 200,
    });
  },
);

test("protobuf is read under its other name, and answered under it", async () => {
  const headers = { "content-type": "application/protobuf; proto=x" };

  const answer = await sendBytes(server, "logs", new Uint8Array(), json, headers);

  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/protobuf");
});

test("GET and HEAD are refused", async () => {
  const answered = await answerOf("logs", await fetch(`${server.url}/v1/traces`));
  const head = await fetch(`${server.url}/v1/metrics`, { method: "HEAD" });

  expect(answered).toMatchObject({ status: 405, body: { code: 12 } });
  expect([head.status, head.headers.get("allow")]).toEqual([405, "POST"]);
});

describe.each(encodings)("in $encoding", (manner) => {
  test.each<[SignalName, object, SignalName]>([
    ["traces", spansOf({}, span()), "logs"],
    ["metrics", metricsRequest, "logs"],
    ["logs", fixture("codex"), "traces"],
    ["traces", spansOf({}, span()), "metrics"],
  ])("%s are refused where other signals belong", async (signal, request, elsewhere) => {
    const sent = sendBytes(server, elsewhere, bytesOf(signal, request, manner), manner);
    const message = new RegExp(`must be sent to /v1/${signal}$|not a protobuf request of ${elsewhere}`);

    await expectStatus(manner, sent, { status: 400, code: 3, message });
  });
});
