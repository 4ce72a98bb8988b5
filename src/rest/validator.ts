import { createHash } from "node:crypto";
import type { RestRequest } from "./route.js";

/** What of a report says when it was asked for, and nothing of what it found. */
const readings = ["as_of", "log_as_of"];
const bounds = ["from", "to"];

/** So many characters of base64url are more than 128 bits. */
const tagLength = 22;

/**
 * The `ETag` of an answer (RFC 9110, section 8.8.3), a weak one: two answers share it when they say the same figures,
 * though they were computed at other moments. Bounds that move with the clock, because the request names none, do not
 * count, wherever they stand (a trend begins and ends with them); those it names do.
 */
export function validatorOf(body: object, query: RestRequest["query"]): string {
  const isReport = readings.some((name) => name in body);
  const moving = isReport ? bounds.filter((name) => query[name] === undefined) : [];
  const omitted = new Set(isReport ? [...readings, ...moving] : []);
  const { from, to }: { readonly from?: unknown; readonly to?: unknown } = body;
  const instants = moving
    .map((name) => (name === "from" ? from : to))
    .filter((bound) => bound instanceof Date);
  const movingInstants = new Set(instants.map((instant) => instant.toISOString())); // as they are sent
  const text = JSON.stringify(body, (name, value) =>
    omitted.has(name) || movingInstants.has(value) ? undefined : value,
  );
  return `W/"${createHash("sha256").update(text).digest("base64url").slice(0, tagLength)}"`;
}

/** Whether a client has the answer already, by its `If-None-Match`; tags are compared weakly (section 13.1.2). */
export function isKnown(validator: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch?.trim() === "*") return true;
  const tags = ifNoneMatch?.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => opaque(tag) === opaque(validator));
}

const opaque = (tag: string) => tag.replace(/^W\//, "");
