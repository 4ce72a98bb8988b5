import type { Caller } from "../domain/caller.js";
import type { Clock } from "../domain/instant.js";
import { MetricsError } from "../errors.js";

const minuteMs = 60_000;

/** What is left of a key's allowance. */
interface Allowance {
  left: number;
  atMs: number;
}

/**
 * Lets every key report so many events per minute, saved up to one minute's worth (a token bucket); 0 lets all pass.
 * What is more than that in one request passes when nothing was spent lately, so that no batch is refused for ever.
 */
export function rateLimit(eventsPerMinute: number, clock: Clock) {
  const allowances = new Map<string, Allowance>();
  return ({ keyId }: Caller, events: number): void => {
    if (keyId === null || eventsPerMinute === 0 || events === 0) return;
    const now = clock().getTime();
    const { left, atMs } = allowances.get(keyId) ?? { left: eventsPerMinute, atMs: now };
    const saved = Math.min(eventsPerMinute, left + (Math.max(0, now - atMs) / minuteMs) * eventsPerMinute);
    const needed = Math.min(events, eventsPerMinute);
    if (saved < needed) throw tooMany(eventsPerMinute, ((needed - saved) / eventsPerMinute) * minuteMs);
    allowances.set(keyId, { left: saved - events, atMs: now });
  };
}

function tooMany(eventsPerMinute: number, waitMs: number): MetricsError {
  return new MetricsError(
    "RATE_LIMITED",
    `This key reported more than ${eventsPerMinute} events in a minute; nothing was stored. Send the same request again later.`,
    { headers: { "retry-after": String(Math.ceil(waitMs / 1000)) } },
  );
}
