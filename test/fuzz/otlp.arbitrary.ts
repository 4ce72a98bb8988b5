import fc from "fast-check";
import { bytesOf, mediaTypes } from "../otlp/exporter.js";
import type { SignalName } from "../otlp/protobuf.js";
import { type Attributes, fixture, fixtureNames, logsOf, record, span, spansOf } from "../otlp/requests.js";
import type { Sent } from "../wire/exchange.js";
import { hostileIds, hostileTexts } from "./hostile-texts.js";
import { startedIds, unknownId } from "./pool.js";
import { rarely } from "./rarely.arbitrary.js";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const oddNumbers = [-1, 0, 0.5, 1e21, 2 ** 53 + 2, -(2 ** 63), 2 ** 31, 4_102_444_800e9];

/** What a part of a request is exchanged for. */
const strangers: readonly Json[] = [
  ...[null, true, "", "NaN", "Infinity", "9".repeat(40), [], {}, [[]], { stringValue: 1 }, { intValue: "x" }],
  ...[
    { intValue: "9223372036854775808" },
    { doubleValue: "NaN" },
    { boolValue: "yes" },
    { bytesValue: "***" },
  ],
  ...[
    { arrayValue: { values: [{ kvlistValue: { values: [] } }] } },
    { kvlistValue: [] },
    { stringValue: null },
  ],
  ...oddNumbers,
  ...hostileTexts.slice(0, 30),
];

const parts = (value: Json): readonly (string | number)[] =>
  typeof value === "object" && value !== null ? Object.keys(value) : [];

type Change = (value: Json) => Json | undefined;

/** Changes the part that some choices lead to; undefined takes it away. */
function changed(value: Json, [choice, ...others]: readonly number[], change: Change): Json | undefined {
  const names = parts(value);
  const name = choice === undefined ? undefined : names[choice % Math.max(1, names.length)];
  if (name === undefined || typeof value !== "object" || value === null) return change(value);
  const entries = Object.entries(value).flatMap(([key, inner]: [string, Json]) => {
    if (key !== name) return [[key, inner] as const];
    const next = changed(inner, others, change);
    return next === undefined ? [] : [[key, next] as const];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...strangers).map(
    (stranger): Change =>
      () =>
        stranger,
  ),
  fc.constant<Change>(() => undefined),
  fc.constant<Change>((value) => [value, value]),
  fc.constant<Change>((value) => ({ value })),
  fc.constant<Change>((value) => (typeof value === "string" ? Number(value) : String(value))),
);

const paths = fc.array(fc.nat({ max: 40 }), { maxLength: 14 });

/** Calls as the conventions tell them, of the runs that other requests are about. */
const calls: fc.Arbitrary<Attributes> = fc.record(
  {
    "gen_ai.operation.name": fc.constant("chat"),
    "gen_ai.provider.name": fc.constantFrom("openai", ...hostileTexts),
    "gen_ai.request.model": fc.constantFrom("gpt-4o", "gpt-4o", "gpt-4o", ...hostileTexts),
    "gen_ai.usage.input_tokens": fc.constantFrom(1, 100, 100, ...oddNumbers),
    "gen_ai.usage.output_tokens": fc.constantFrom(1, 100, 100, ...oddNumbers),
    "gen_ai.response.id": fc.constantFrom("call-1", "call-2", "call-3", ...hostileTexts),
    "gen_ai.conversation.id": fc.constantFrom("session-1", "session-2", ...hostileTexts),
    ws_execution_id: fc.constantFrom(...startedIds, ...startedIds, unknownId, ...hostileIds),
  },
  { requiredKeys: ["gen_ai.operation.name", "gen_ai.request.model", "gen_ai.usage.input_tokens"] },
);

interface Request {
  readonly signal: SignalName;
  readonly body: object;
}

const requests: fc.Arbitrary<Request> = fc.oneof(
  fc.constantFrom(...fixtureNames).map((name): Request => ({ signal: "logs", body: fixture(name) })),
  calls.map((attributes): Request => {
    const made = { ...attributes, "event.name": "gen_ai.client.inference.operation.details" };
    return { signal: "logs", body: logsOf({}, record(made)) };
  }),
  calls.map((attributes): Request => ({ signal: "traces", body: spansOf({}, span(attributes)) })),
);

const send = (signal: SignalName, encoding: keyof typeof mediaTypes, body: Uint8Array): Sent => ({
  method: "POST",
  path: `/v1/${signal}`,
  headers: { "content-type": mediaTypes[encoding] },
  body,
});

/** JSON some of whose parts were exchanged, dropped, doubled or wrapped. */
const changedJson: fc.Arbitrary<Sent> = fc
  .tuple(requests, fc.array(fc.tuple(paths, changes), { maxLength: 3 }))
  .map(([{ signal, body }, some]) => {
    const json: Json = JSON.parse(JSON.stringify(body));
    const after = some.reduce<Json>((value, [path, change]) => changed(value, path, change) ?? null, json);
    return send(signal, "json", Buffer.from(JSON.stringify(after)));
  });

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Protobuf with bits flipped, stretches doubled, dropped or cut off, sometimes to the path of something else. */
const hurtProtobuf: fc.Arbitrary<Sent> = fc
  .record({
    request: requests,
    to: rarely(fc.constantFrom<SignalName[]>("logs", "traces", "metrics"), 4),
    flips: fc.array(fc.tuple(share, fc.nat({ max: 7 })), { maxLength: 3 }),
    stretch: fc.option(fc.record({ from: share, length: fc.nat({ max: 60 }), isDoubled: fc.boolean() })),
    cut: fc.option(share),
  })
  .map(({ request: { signal, body }, to, flips, stretch, cut }) => {
    const bytes = Buffer.from(representable(() => bytesOf(signal, body, { encoding: "protobuf" })));
    const place = (part: number) => Math.floor(part * bytes.length);
    for (const [at, bit] of flips) bytes[place(at)] = (bytes[place(at)] ?? 0) ^ (1 << bit);
    const from = stretch ? place(stretch.from) : 0;
    const upTo = stretch ? from + stretch.length : 0;
    const spliced = stretch?.isDoubled
      ? Buffer.concat([bytes.subarray(0, upTo), bytes.subarray(from)])
      : Buffer.concat([bytes.subarray(0, from), bytes.subarray(upTo)]);
    return send(to ?? signal, "protobuf", cut === null ? spliced : spliced.subarray(0, place(cut)));
  });

/** Empty for what protobuf cannot say, such as an integer of 80 bits. */
function representable(bytes: () => Uint8Array): Uint8Array {
  try {
    return bytes();
  } catch {
    return new Uint8Array();
  }
}

/** Telemetry that was changed or hurt on its way, in both encodings. */
export const telemetry: fc.Arbitrary<Sent> = fc.oneof(changedJson, hurtProtobuf);
