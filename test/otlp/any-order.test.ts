import fc from "fast-check";
import { expect, test } from "vitest";
import { always } from "../support/property.js";
import { startTestServer } from "../support/server.js";
import { exportTo, manners } from "./exporter.js";
import {
  type Attributes,
  captured,
  keyValues,
  type LogsRequest,
  logsOf,
  record,
  spansOf,
  type TracesRequest,
  together,
} from "./requests.js";
import { storedCalls } from "./stored-calls.js";

const server = await startTestServer({ clock: captured });

const executions = ["3f0c0d2e-0000-4000-8000-00000000000a", "3f0c0d2e-0000-4000-8000-00000000000b"];
const firstSecond = Date.parse("2026-11-22T12:00:00.000Z") / 1000;

/** What an executor, or an application, may tell of one call. */
interface Facts {
  readonly teller: keyof typeof tellers;
  /** Tells the calls of a set apart. */
  readonly index: number;
  readonly second: number;
  readonly tokens: number;
  readonly session: number;
  readonly execution: string | undefined;
  readonly hasId: boolean;
}

const hex = (digits: number, index: number) => (index + 1).toString(16).padStart(digits, "0");
const timeOf = ({ second, index }: Facts) => `${firstSecond + second}${String(index).padStart(3, "0")}000000`;
const claimOf = ({ execution }: Facts): Attributes => ({ ws_execution_id: execution });

function genAi({ index, tokens, session, hasId }: Facts): Attributes {
  return {
    "gen_ai.request.model": "gpt-5",
    "gen_ai.usage.input_tokens": tokens,
    "gen_ai.conversation.id": `s-${session}`,
    "gen_ai.response.id": hasId ? `resp-${index}` : undefined,
  };
}

const idsOf = ({ index }: Facts) => ({ traceId: hex(32, index), spanId: hex(16, index) });

/** The request in which each tells of it alone. */
const tellers = {
  claudeCode: (facts: Facts) =>
    logsOf(
      { scope: "com.anthropic.claude_code.events" },
      record(
        {
          ...claimOf(facts),
          "event.name": "api_request",
          "session.id": `s-${facts.session}`,
          "event.sequence": facts.index,
          model: "claude-sonnet-4-5",
          input_tokens: facts.tokens,
          cost_usd_micros: facts.tokens,
          request_id: facts.hasId ? `req-${facts.index}` : undefined,
        },
        { timeUnixNano: timeOf(facts) },
      ),
    ),
  codex: (facts: Facts) =>
    logsOf(
      { scope: "codex_otel.log_only", resource: claimOf(facts) },
      record(
        {
          "event.name": "codex.sse_event",
          "event.kind": "response.completed",
          "conversation.id": `s-${facts.session}`,
          model: "gpt-5.5",
          input_token_count: `${facts.tokens}`,
        },
        { timeUnixNano: "0", observedTimeUnixNano: timeOf(facts) },
      ),
    ),
  geminiCli: (facts: Facts) =>
    logsOf(
      { scope: "gemini-cli", resource: { ...claimOf(facts), "session.id": `s-${facts.session}` } },
      record(
        {
          "event.name": "gemini_cli.api_response",
          model: "gemini-2.5-pro",
          duration_ms: facts.index,
          input_token_count: facts.tokens,
        },
        { timeUnixNano: timeOf(facts) },
      ),
      record(
        { "event.name": "gen_ai.client.inference.operation.details", ...genAi(facts) },
        { timeUnixNano: timeOf(facts) },
      ),
    ),
  event: (facts: Facts) =>
    logsOf(
      { resource: claimOf(facts) },
      record(
        { "event.name": "gen_ai.client.inference.operation.details", ...genAi(facts) },
        { ...idsOf(facts), timeUnixNano: timeOf(facts) },
      ),
    ),
  span: (facts: Facts) =>
    spansOf(
      { resource: claimOf(facts) },
      { ...idsOf(facts), startTimeUnixNano: timeOf(facts), attributes: keyValues(genAi(facts)) },
    ),
};

const facts = fc.record({
  teller: fc.constantFrom(...(Object.keys(tellers) as Facts["teller"][])),
  second: fc.nat(600),
  tokens: fc.nat(5_000),
  session: fc.nat(2),
  execution: fc.constantFrom(undefined, ...executions),
  hasId: fc.boolean(),
});

/** Calls, and a way to tell of them: a permutation with repetitions, split into requests of any manner. */
const telling = fc.array(facts, { minLength: 1, maxLength: 12 }).chain((calls) =>
  fc.record({
    calls: fc.constant(calls.map((call, index) => ({ ...call, index }))),
    again: fc.array(fc.nat(calls.length - 1), { maxLength: 6 }),
    order: fc.infiniteStream(fc.nat()),
    sizes: fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
    manners: fc.infiniteStream(fc.constantFrom(...manners)),
  }),
);

const isLogs = (request: LogsRequest | TracesRequest): request is LogsRequest => "resourceLogs" in request;

test("however calls are told of, split, ordered, repeated or encoded, the same calls are stored", async () => {
  await always(telling, { runs: 10, seconds: 2 }, async ({ calls, again, order, sizes, manners: ways }) => {
    const tell = (each: Facts) => tellers[each.teller](each);
    await server.reset();
    for (const each of calls) await exportTo(server, isLogs(tell(each)) ? "logs" : "traces", tell(each));
    const expected = await storedCalls(server);

    await server.reset();
    const told = [...calls, ...again.flatMap((index) => calls[index] ?? [])]
      .map((each) => ({ each, rank: order.next().value }))
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ each }) => tell(each));
    const [logs, traces] = [
      told.filter(isLogs),
      told.filter((request): request is TracesRequest => !isLogs(request)),
    ];
    while (logs.length > 0)
      await exportTo(server, "logs", together(...logs.splice(0, sizes.next().value)), ways.next().value);
    for (const request of traces) await exportTo(server, "traces", request, ways.next().value);

    expect(expected).toHaveLength(calls.length);
    expect(await storedCalls(server)).toEqual(expected);
  });
});
