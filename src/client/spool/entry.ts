import { randomUUID } from "node:crypto";

/** Events as lines of JSON, or a telemetry request as it came. */
export type EntryKind = "events" | "otlp";

/** A file of the spool, all of it told by its name. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  /** Microseconds since 1970, made to increase from entry to entry. */
  readonly order: number;
  /** How many events it holds; a telemetry request counts as one. */
  readonly count: number;
  readonly bytes: number;
}

const pattern = /^(\d{16})-(\d+)-(\d+)-[\da-f-]{36}\.(events|otlp)$/;

/** The name of a new entry. */
export function nameOf({ order, count, bytes, kind }: Omit<Entry, "name">): string {
  return `${String(order).padStart(16, "0")}-${count}-${bytes}-${randomUUID()}.${kind}`;
}

/** What the name of a file says; undefined for a file that is no entry. */
export function entryOf(name: string): Entry | undefined {
  const [, order, count, bytes, kind] = pattern.exec(name) ?? [];
  if (kind !== "events" && kind !== "otlp") return undefined;
  return { name, kind, order: Number(order), count: Number(count), bytes: Number(bytes) };
}

/** When an entry was made, as far as its order tells. */
export const madeAt = ({ order }: Entry) => new Date(order / 1000);
