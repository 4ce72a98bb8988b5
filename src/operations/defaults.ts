/** What absent fields mean; GraphQL states the same in its schema. */
export const defaults = {
  completion: "COMPLETED",
  orderField: "started_at",
  orderDirection: "desc",
  pageSize: 50,
  nestedPageSize: 20,
  interval: "day",
  timeZone: "UTC",
  window: "7d",
  metricRows: 100,
  rows: 20,
  silentAfterHours: 24,
} as const;
