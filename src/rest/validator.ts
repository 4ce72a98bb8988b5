import { createHash } from "node:crypto";
import type { RestRequest } from "./route.js";

/** What of a report says when it was asked for, and nothing of what it found. */
const readings = ["as_of", "log_as_of"];
const bounds = ["from", "to"];

/**
 * The `ETag` of an answer (RFC 9110, section 8.8.3), a weak one: two answers share it when they say the same figures,
 * though they were computed at other moments. Bounds that move with the clock, because the request names none, do not
 * count; those it names do.
 */
export function validatorOf(body: object, query: RestRequest["query"]): string {
  const isReport = readings.some((name) => name in body);
  const moving = isReport ? bounds.filter((name) => query[name] === undefined) : [];
  const left = isReport ? [...readings, ...moving] : [];
  const { from, to }: { readonly from?: unknown; readonly to?: unknown } = body;
  const instants = moving.map((name) => JSON.stringify(name === "from" ? from : to));
  const text = JSON.stringify(body, (name, value: unknown) =>
    left.includes(name) || instants.includes(`"${value}"`) ? undefined : value,
  );
  return `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
}

/** Whether a client has the answer already, by its `If-None-Match`; tags are compared weakly (section 13.1.2). */
export function isKnown(validator: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch?.trim() === "*") return true;
  const tags = ifNoneMatch?.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => tag.replace("W/", "") === validator.replace("W/", ""));
}
