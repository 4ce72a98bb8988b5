import { createHash } from "node:crypto";
import { parseInstant } from "../../domain/instant.js";
import type { AttributeName, Attributes } from "../attributes.js";
import type { Origin } from "../signal.js";
import type { LogRecord } from "../signals.js";

/** An LLM call as telemetry tells of it, in the words of `recordTelemetry`; what is missing there is refused there. */
export interface ToldCall {
  /** Names the call, whenever and however it is told of. */
  readonly sourceKey: string;
  readonly executorSessionId: string | undefined;
  readonly provider: string | undefined;
  readonly model: string;
  readonly startedAt: string | undefined;
  /** Disjoint counts, whatever the habit of the source. */
  readonly inputTokens: number | undefined;
  readonly cacheReadTokens: number | undefined;
  readonly cacheWrite5mTokens?: number | undefined;
  readonly cacheWrite1hTokens?: number | undefined;
  readonly outputTokens: number | undefined;
  readonly costUsd?: number | undefined;
}

/** An executor whose log records tell of its LLM calls in words of their own. */
export interface ExecutorMapper {
  /** Whether something comes from it: by its service or, since that can be renamed, by its instrumentation scope. */
  owns(origin: Origin): boolean;
  /** The call that a record tells of; undefined for every other record. */
  callOf(record: LogRecord): ToldCall | undefined;
}

/** The longest part of a key that is kept as it is; it is as long as the hash that stands for a longer one. */
const maxKeyLength = 64;

/** The key of a call that its source gave an id. */
export function keyOf(source: string, id: string): string {
  return `${source}:${id.length <= maxKeyLength ? id : hashOf(id)}`;
}

/** The key of a call that has no id, made of everything that tells it from others. */
export function keyOfValues(source: string, values: readonly unknown[]): string {
  return `${source}:${hashOf(JSON.stringify(values))}`;
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Whether a record is the event of that name, wherever it stands. */
export function isEvent({ attributes, eventName }: LogRecord, name: string): boolean {
  return attributes.get("event.name") === name || eventName === name;
}

/** When a record was made, in microseconds since 1970; undefined when it does not say. */
export function timeOf({ time, observedTime, attributes }: LogRecord): number | undefined {
  return time || observedTime || microsecondsOf(attributes.text("event.timestamp"));
}

function microsecondsOf(timestamp = ""): number | undefined {
  const instant = parseInstant(timestamp);
  return instant && instant.getTime() * 1000;
}

/**
 * The start of what ended at `time` (microseconds) after `durationMs`, as RFC 3339; undefined when it is not known, or
 * too far from today to be written.
 */
export function startOf(time: number | undefined, durationMs = 0): string | undefined {
  if (time === undefined) return undefined;
  const duration = durationMs > 0 ? durationMs : 0; // NaN included
  const start = new Date(Math.floor(time / 1000 - duration));
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

/** The first of several spellings of a count that was sent. */
export function firstNumber(attributes: Attributes, ...names: readonly AttributeName[]): number | undefined {
  for (const name of names) {
    const value = attributes.number(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What is left of a total without its parts; a total that is smaller than them never included them. */
export function without(
  total: number | undefined,
  ...parts: readonly (number | undefined)[]
): number | undefined {
  if (total === undefined) return undefined;
  const rest = parts.reduce<number>((left, part) => left - (part ?? 0), total);
  return rest >= 0 ? rest : total;
}

/** The sum of what was sent; undefined when nothing was. */
export function sumOf(...counts: readonly (number | undefined)[]): number | undefined {
  const sent = counts.filter((count) => count !== undefined);
  return sent.length === 0 ? undefined : sent.reduce((sum, count) => sum + count, 0);
}
