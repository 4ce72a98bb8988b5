import type { Clock } from "../domain/instant.js";
import { MetricsError } from "../errors.js";
import { networkOf } from "./client-network.js";

const minuteMs = 60_000;
/** More addresses than that are not told apart: the oldest are forgotten. */
const maxAddresses = 10_000;

/** How often an address came without a valid key; of IPv6 all addresses of a /64 network are one. */
export class FailedLogins {
  readonly #failures = new Map<string, { count: number; sinceMs: number }>();

  constructor(
    readonly limitPerMinute: number,
    readonly clock: Clock,
  ) {}

  /** @throws MetricsError `RATE_LIMITED` for an address that failed too often within a minute */
  requireFew(address: string): void {
    const network = networkOf(address);
    const known = this.#failures.get(network);
    if (known === undefined) return;
    const leftMs = known.sinceMs + minuteMs - this.clock().getTime();
    if (leftMs <= 0 || leftMs > minuteMs)
      this.#failures.delete(network); // over, or the clock was set back
    else if (known.count >= this.limitPerMinute) throw tooMany(this.limitPerMinute, leftMs);
  }

  note(address: string): void {
    const network = networkOf(address);
    const known = this.#failures.get(network);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const [oldest] = this.#failures.keys();
    if (this.#failures.size >= maxAddresses && oldest !== undefined) this.#failures.delete(oldest);
    this.#failures.set(network, { count: 1, sinceMs: this.clock().getTime() });
  }
}

function tooMany(limit: number, leftMs: number): MetricsError {
  return new MetricsError(
    "RATE_LIMITED",
    `This address came without a valid key ${limit} times within a minute; wait, then send the right one.`,
    { headers: { "retry-after": String(Math.ceil(leftMs / 1000)) } },
  );
}
