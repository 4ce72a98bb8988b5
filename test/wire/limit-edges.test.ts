import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../src/limits.js";
import { startTestServer } from "../support/server.js";
import { exchange, restPost } from "./exchange.js";
import { limitCases } from "./limit.cases.js";
import { expectRefused } from "./refusal.js";

/** `bodyBytes` is set by `MAX_BODY_BYTES`. */
const variableOf = (limit: string) => `MAX_${limit.replaceAll(/[A-Z]/g, "_$&").toUpperCase()}`;

const codeIn = (text: string): unknown => {
  const { code, errors } = JSON.parse(text) as {
    code?: string;
    errors?: { extensions?: { code: string } }[];
  };
  return code ?? errors?.[0]?.extensions?.code;
};

describe("a server with limits of its own", async () => {
  const env = Object.fromEntries(limitCases.map(({ limit, at }) => [variableOf(limit), String(at)]));
  const server = await startTestServer({ env: { ...env, MAX_LISTED_ERRORS: "5" } });

  test.each(limitCases)("takes what is at the limit: $limit", async ({ at, asking }) => {
    const { text } = await exchange(server.url, asking(at));

    expect([undefined, "NOT_FOUND"], text).toContain(codeIn(text));
  });

  test.each(limitCases)("refuses more, and says what the limit is: $limit", async (edge) => {
    const { limit, at, past = at + 1, asking, code, status } = edge;
    const sent = asking(past);

    const received = await exchange(server.url, sent);

    const message = new RegExp(
      limit.endsWith("ageSize") || /metricRows$/i.test(limit)
        ? `from 1 to ${at}`
        : `(at most|more than|larger than) ${at} `,
    );
    const door = sent.path.startsWith("/graphql") ? "graphql" : "rest";
    expectRefused(door, received, { code, message, ...(status && { status }) });
  });

  test("lists as many mistakes as it may", async () => {
    const unknown = (count: number) => {
      const fields = Array.from({ length: count }, (_, index) => [`f${index}`, 1]);
      return restPost("/ws-execution", { ws_id: "WS-1", executor: "human", ...Object.fromEntries(fields) });
    };

    const [at, past] = await Promise.all([5, 6].map((count) => exchange(server.url, unknown(count))));

    expect(JSON.parse(at?.text ?? "").errors).toHaveLength(5);
    expect(JSON.parse(past?.text ?? "").detail).toMatch(
      /There is more that is wrong; an answer lists 5 mistakes/,
    );
  });
});

describe("a server that holds two connections", async () => {
  const server = await startTestServer({ env: { MAX_CONNECTIONS: "2" } });
  const open = async () => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1").setEncoding("latin1");
    await once(socket, "connect");
    return socket;
  };
  const asks = async (socket: Awaited<ReturnType<typeof open>>) => {
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    return String(await once(socket, "data"));
  };

  test("tells a third one to come back later, and takes it when one of them is gone", async () => {
    const [first, second, silent] = [await open(), await open(), await open()];
    await once(silent.resume(), "close");
    const third = await open();

    const refusal = await asks(third);

    expect(refusal).toMatch(/^HTTP\/1.1 503 .*retry-after: 1\r.*More than 2 connections are open/s);
    await once(third, "close");
    expect(await asks(first)).toMatch(/^HTTP\/1.1 200 /);
    expect(await asks(second)).toMatch(/^HTTP\/1.1 200 /);
    first.destroy();
    const taken = async () => {
      const fourth = await open();
      const answer = await asks(fourth);
      fourth.destroy();
      return answer;
    };
    await expect.poll(taken).toMatch(/^HTTP\/1.1 200 /);
    second.destroy();
  });
});

test("every limit is tried at its edge", () => {
  const elsewhere = ["listedErrors", "connections"];
  const inOtherFiles = ["failedLogins", "answerNodes"]; // test/access/rate-limit.test.ts, test/answer-nodes.test.ts
  const underLoad = ["requestsInFlight", "bodyBytesInFlight", "waitingReads", "waitingWrites"]; // test/overload
  const tried = [...limitCases.map(({ limit }) => limit), ...elsewhere, ...inOtherFiles, ...underLoad];

  expect(tried.sort()).toEqual(Object.keys(defaultLimits).sort());
});
