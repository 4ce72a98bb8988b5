import { readFileSync } from "node:fs";

/** OTLP/JSON as exporters write it. */
export interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface LogRecord {
  readonly timeUnixNano?: string | number;
  readonly observedTimeUnixNano?: string | number;
  readonly eventName?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly body?: unknown;
  readonly attributes: readonly KeyValue[];
}

export interface Span {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly startTimeUnixNano?: string | number;
  readonly endTimeUnixNano?: string | number;
  readonly attributes: readonly KeyValue[];
}

interface Scope {
  readonly scope?: { readonly name: string };
}

interface Resource {
  readonly resource?: { readonly attributes: readonly KeyValue[] };
}

export interface LogsRequest {
  readonly resourceLogs: readonly (Resource & {
    readonly scopeLogs: readonly (Scope & { readonly logRecords: readonly LogRecord[] })[];
  })[];
}

export interface TracesRequest {
  readonly resourceSpans: readonly (Resource & {
    readonly scopeSpans: readonly (Scope & { readonly spans: readonly Span[] })[];
  })[];
}

export const fixtureNames = ["claude-code", "codex", "gemini-cli"] as const;
export type FixtureName = (typeof fixtureNames)[number];

/** A request as the command-line tool sent it. */
export const fixture = (name: FixtureName): LogsRequest =>
  JSON.parse(readFileSync(new URL(`../fixtures/otlp/${name}.json`, import.meta.url), "utf8"));

/** When the fixtures were captured, and somewhat later. */
export const captured = "2026-11-22T16:00:00.000Z";

export const recordsOf = ({ resourceLogs }: LogsRequest): readonly LogRecord[] =>
  resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));

/** The request with other records in place of its own, from the same origin. */
export function withRecords(
  { resourceLogs: [first] }: LogsRequest,
  logRecords: readonly LogRecord[],
): LogsRequest {
  const scope = first?.scopeLogs[0];
  return { resourceLogs: [{ ...first, scopeLogs: [{ ...scope, logRecords }] }] };
}

type Value = string | number | boolean | object;
/** Attributes by name: whole numbers are integers, other numbers doubles; objects are values as OTLP spells them. */
export type Attributes = Readonly<Record<string, Value | undefined>>;

function anyValue(value: Value): KeyValue["value"] {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number")
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { ...value };
}

export const keyValues = (attributes: Attributes): readonly KeyValue[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : { key, value: anyValue(value) },
  );

/** Whatever time is told in milliseconds or RFC 3339, in nanoseconds. */
export const nanoseconds = (instant: string): string => `${Date.parse(instant)}000000`;

interface OriginFacts {
  readonly scope?: string;
  readonly resource?: Attributes;
}

const originOf = ({ scope, resource = {} }: OriginFacts) => ({
  scope: { ...(scope !== undefined && { scope: { name: scope } }) },
  resource: { resource: { attributes: keyValues(resource) } },
});

/** A request of log records from one origin. */
export function logsOf(origin: OriginFacts, ...logRecords: readonly LogRecord[]): LogsRequest {
  const { scope, resource } = originOf(origin);
  return { resourceLogs: [{ ...resource, scopeLogs: [{ ...scope, logRecords }] }] };
}

/** A request of spans from one origin. */
export function spansOf(origin: OriginFacts, ...spans: readonly Span[]): TracesRequest {
  const { scope, resource } = originOf(origin);
  return { resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans }] }] };
}

/** Several requests in one. */
export const together = (...requests: readonly LogsRequest[]): LogsRequest => ({
  resourceLogs: requests.flatMap(({ resourceLogs }) => resourceLogs),
});

/** A record of attributes at a time, `captured` less an hour unless said otherwise. */
export function record(attributes: Attributes, facts: Partial<LogRecord> = {}): LogRecord {
  return {
    timeUnixNano: nanoseconds("2026-11-22T15:00:00.000Z"),
    ...facts,
    attributes: keyValues(attributes),
  };
}

/** A request of metrics, none of which is about a call. */
export const metricsRequest = {
  resourceMetrics: [
    {
      scopeMetrics: [
        { metrics: [{ name: "claude_code.cost.usage", sum: { dataPoints: [{ asDouble: 1 }] } }] },
      ],
    },
  ],
};

/** A span that is about no call, unless it is given attributes. */
export function span(attributes: Attributes = {}, facts: Partial<Span> = {}): Span {
  const ids = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
  const startTimeUnixNano = nanoseconds("2026-11-22T15:00:00.000Z");
  return { ...ids, startTimeUnixNano, ...facts, attributes: keyValues(attributes) };
}
