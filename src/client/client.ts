import { createHash } from "node:crypto";
import { join } from "node:path";
import { askGraphql, askingWith, type RequestOptions } from "./ask.js";
import type { TypedDocument } from "./documents.js";
import { ReportFailure } from "./failure.js";
import type {
  CompleteExecutionInput,
  EventInput,
  LlmCallInput,
  RecordBugFixInput,
  RecordPhaseInput,
  StartExecutionInput,
  UpdateExecutionInput,
} from "./gql/graphql.js";
import type { EventReceipt, Receipt } from "./receipt.js";
import { type Reporting, reportingWith } from "./reporting.js";
import { openSpool } from "./spool/spool.js";
import { openTransport } from "./transport.js";

export type { RequestOptions } from "./ask.js";
export type { TypedDocument } from "./documents.js";
export { type FieldError, ReportFailure } from "./failure.js";
export type * from "./gql/graphql.js";
export type { EventReceipt, Receipt, Refusal, ReportOutcome } from "./receipt.js";
export type { SyncOptions } from "./reporting.js";
export type { Delivery, Telemetry } from "./spool/delivery.js";

/** How a client reaches the server. */
export interface ClientOptions {
  /** Where the server is; http://127.0.0.1:4000 unless told. */
  readonly url?: string | undefined;
  /** The key, or what gives it when it is needed. */
  readonly apiKey?: string | undefined | (() => string | undefined | Promise<string | undefined>);
  /** How long a request may take, all its attempts together; 10,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** How often a request that may succeed later is sent again, with the same ids; 2 unless told. */
  readonly retries?: number | undefined;
  /** A folder in which events wait while the server is away; without one they fail. */
  readonly spool?: string | undefined;
  /** How many bytes may wait there; 64 MiB unless told. */
  readonly spoolMaxBytes?: number | undefined;
  /** Nothing is sent before `sync`; everything is put into the spool. */
  readonly isOffline?: boolean | undefined;
  /** The time at which events are made; the machine's clock unless told. */
  readonly now?: (() => Date) | undefined;
}

/**
 * Reports to a server, and asks it. An event without an id gets one here, once, so that sending it again changes
 * nothing. What is refused throws `ReportFailure`; so does a server that is away, unless there is a spool.
 */
export interface MetricsClient extends Reporting {
  startExecution(
    input: StartExecutionInput,
    options?: RequestOptions,
  ): Promise<Receipt & { readonly executionId: string }>;
  updateExecution(input: UpdateExecutionInput, options?: RequestOptions): Promise<Receipt>;
  recordPhase(input: RecordPhaseInput, options?: RequestOptions): Promise<Receipt>;
  completeExecution(input: CompleteExecutionInput, options?: RequestOptions): Promise<Receipt>;
  recordBugFix(input: RecordBugFixInput, options?: RequestOptions): Promise<Receipt>;
  recordLlmCall(input: LlmCallInput, options?: RequestOptions): Promise<Receipt>;
  /** Many events at once, each for itself: one that is refused spoils no other. */
  recordEvents(events: readonly EventInput[], options?: RequestOptions): Promise<readonly EventReceipt[]>;
  /** Any question; text that is no typed document is answered with what nobody knows the type of. */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables?: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
  /** Closes the connections that are kept open. */
  close(): void;
}

const defaults = {
  url: "http://127.0.0.1:4000",
  timeoutMs: 10_000,
  retries: 2,
  spoolMaxBytes: 64 * 1024 * 1024,
};

/** A client of the server at `url`; it connects when it is first used. */
export function createClient(options: ClientOptions = {}): MetricsClient {
  const url = (options.url ?? defaults.url).replace(/\/+$/, "");
  const {
    apiKey,
    spool,
    isOffline = false,
    now = () => new Date(),
    timeoutMs = defaults.timeoutMs,
  } = options;
  const transport = openTransport(url);
  const ask = askingWith({
    transport,
    apiKey: async () => (typeof apiKey === "function" ? await apiKey() : apiKey),
    timeoutMs,
    retries: options.retries ?? defaults.retries,
  });
  const { spoolMaxBytes = defaults.spoolMaxBytes } = options;
  const waiting = spool ? openSpool(spoolFolder(spool, url), url, spoolMaxBytes) : undefined;
  const reporting = reportingWith({ ask, url, spool: waiting, isOffline, now });
  const report = async (event: EventInput, requestOptions?: RequestOptions) =>
    receiptOf(await reporting.recordEvents([event], requestOptions));
  return {
    ...reporting,
    startExecution: async (input, requestOptions) => {
      const receipt = await report({ startExecution: input }, requestOptions);
      return { ...receipt, executionId: receipt.id };
    },
    updateExecution: (input, requestOptions) => report({ updateExecution: input }, requestOptions),
    recordPhase: (input, requestOptions) => report({ recordPhase: input }, requestOptions),
    completeExecution: (input, requestOptions) => report({ completeExecution: input }, requestOptions),
    recordBugFix: (input, requestOptions) => report({ recordBugFix: input }, requestOptions),
    recordLlmCall: (input, requestOptions) => report({ recordLlmCall: input }, requestOptions),
    request: async <Result>(
      document: TypedDocument<Result, never>,
      variables?: unknown,
      requestOptions?: RequestOptions,
    ) => (await askGraphql(ask, url, document, variables, requestOptions)) as Result, // what the document asks for
    close: () => transport.close(),
  };
}

/** Where in `folder` the events for a server wait: each server has a folder of its own. */
export function spoolFolder(folder: string, url: string): string {
  return join(folder, createHash("sha256").update(url).digest("hex").slice(0, 16));
}

function receiptOf([receipt]: readonly EventReceipt[]): Receipt {
  const { outcome, error, ...rest } = receipt ?? {
    outcome: undefined,
    error: undefined,
    id: "",
    executionId: undefined,
  };
  if (outcome !== undefined) return { ...rest, outcome };
  const {
    code = "no answer",
    message = "the server did not say what became of the event",
    errors = [],
  } = error ?? {};
  throw new ReportFailure(message, { kind: "refused", code, errors });
}
