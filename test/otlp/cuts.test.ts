import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { bytesOf, encodings, json, type Manner, sendBytes } from "./exporter.js";
import { captured, fixture, fixtureNames, recordsOf, withRecords } from "./requests.js";

const server = await startTestServer({ clock: captured });

/** Bytes between two cuts; without HTTP, every byte is tried where decoding is tested. */
const stride = 11;
const atOnce = 20;

/** The record that tells of the call, alone in its request. */
function callAlone(name: (typeof fixtureNames)[number]) {
  const request = fixture(name);
  const records = recordsOf(request).filter(({ attributes }) =>
    attributes.some(({ key }) => /^input_token/.test(key)),
  );
  return withRecords(request, records);
}

/** The answers to the body cut at every so many bytes. */
async function answersToCuts(body: Uint8Array, manner: Manner, headers = {}) {
  const statuses = new Set<number>();
  const cuts = Array.from({ length: Math.ceil(body.length / stride) }, (_, index) => index * stride);
  for (let first = 1; first < cuts.length; first += atOnce) {
    const some = cuts
      .slice(first, first + atOnce)
      .map((cut) => sendBytes(server, "logs", body.subarray(0, cut), manner, headers));
    for (const { status, body: told } of await Promise.all(some)) {
      statuses.add(status);
      expect(told).toEqual({
        code: 3,
        message: expect.stringMatching(/not JSON|not a protobuf request|cannot be unpacked/),
      });
    }
  }
  return [...statuses];
}

const rows = () => server.sql("select count(*) as calls from llm_calls");

describe.each(fixtureNames)("what %s sends, cut off somewhere", (name) => {
  test.each(encodings)("is refused in $encoding, and nothing of it is stored", async (manner) => {
    const body = bytesOf("logs", callAlone(name), manner);

    expect(await answersToCuts(body, manner)).toEqual([400]);

    expect(await rows()).toEqual([{ calls: 0 }]);
    expect(await sendBytes(server, "logs", body, manner)).toMatchObject({ status: 200 });
    expect(await rows()).toEqual([{ calls: 1 }]);
  });
});

test("what is packed is refused wherever it is cut off", async () => {
  const packed = gzipSync(JSON.stringify(fixture("claude-code")));

  expect(await answersToCuts(packed, json, { "content-encoding": "gzip" })).toEqual([400]);

  expect(await rows()).toEqual([{ calls: 0 }]);
});

test.each(["content-length: 100000", "transfer-encoding: chunked"])(
  "a client that hangs up in the middle leaves nothing (%s)",
  async (header) => {
    const body = JSON.stringify(fixture("claude-code"));
    const { port } = new URL(server.url);
    const socket = connect(Number(port), "127.0.0.1");
    const head = ["POST /v1/logs HTTP/1.1", "host: localhost", "content-type: application/json", header];
    const chunk = header.startsWith("transfer") ? `${body.length.toString(16)}\r\n${body}\r\n` : body;

    await new Promise((written) => socket.write(`${head.join("\r\n")}\r\n\r\n${chunk}`, written));
    socket.destroy();
    await once(socket, "close");

    expect((await server.fetch("/healthz")).status).toBe(200);
    expect(await rows()).toEqual([{ calls: 0 }]);
  },
);
