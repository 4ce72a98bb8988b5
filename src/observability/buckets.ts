/** Upper bounds of latencies in seconds: from a read of one row to the deadline of a request. */
export const latencyBuckets: number[] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000].map(
  (ms) => ms / 1000,
);
