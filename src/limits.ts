/** What a request may ask for, and how much goes on at once. Every limit is configurable; the message of a refusal states it. */
export const defaultLimits = {
  /** Bytes of a request body, packed or unpacked. */
  bodyBytes: 4 * 1024 * 1024,
  /** Bytes of a request line and the headers after it. */
  headerBytes: 16 * 1024,
  /** Connections that are open at one time. */
  connections: 2_000,
  /** Characters (code points) of an identifier. */
  identifierLength: 256,
  executorLength: 64,
  eventIdLength: 128,
  textLength: 10_000,
  pathLength: 4_096,
  paths: 10_000,
  /** Items of `recordEvents`, `recordLlmCalls` or `phase_metrics.phases`. */
  batchItems: 1_000,
  statusFilter: 5,
  /** Values of one list of a filter. */
  filterList: 100,
  pageSize: 500,
  /** Items of each page that stands in an item of another page. */
  nestedPageSize: 100,
  trendBuckets: 3_700,
  /** Rows of a metrics query. */
  metricRows: 1_000,
  /** Rows of a metrics query that is exported. */
  exportedMetricRows: 100_000,
  /** Items of each list of a metrics query: measures, dimensions, bounds, orders, and the words of a filter. */
  metricParts: 50,
  /** Characters of a GraphQL document, the name of the operation included. */
  queryLength: 100_000,
  queryAliases: 50,
  queryFields: 200,
  queryDirectives: 10,
  queryDepth: 12,
  queryTokens: 2_000,
  /** Items that an answer may have in lists below others. */
  answerNodes: 200_000,
  /** How often the same field may stand in one selection. */
  fieldRepetitions: 20,
  variables: 100,
  /** How deep objects and lists stand in each other in the variables of a query. */
  variableDepth: 12,
  /** Values of the variables of a query, those in objects and lists included. */
  variableValues: 100_000,
  /** Mistakes that one answer lists; of the others it says how many they are. */
  listedErrors: 1_000,
  /** Requests without a valid key from one address within a minute. */
  failedLogins: 30,
  /** Requests that are being received, worked on or answered. */
  requestsInFlight: 1_000,
  /** Bytes of their bodies; one whose length is not known counts as the largest that may be. */
  bodyBytesInFlight: 64 * 1024 * 1024,
  /** Operations that wait for the database. */
  waitingReads: 100,
  waitingWrites: 500,
} as const;

export type Limits = { readonly [Name in keyof typeof defaultLimits]: number };
