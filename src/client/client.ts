import type { TypedDocument } from "./documents.js";
import type { FieldError } from "./failure.js";
import type {
  CompleteExecutionInput,
  EventInput,
  LlmCallInput,
  Outcome,
  RecordBugFixInput,
  RecordPhaseInput,
  StartExecutionInput,
  UpdateExecutionInput,
} from "./gql/graphql.js";

/** How a client reaches the server. */
export interface ClientOptions {
  /** Where the server is; http://127.0.0.1:4000 unless told. */
  readonly url?: string;
  /** The key, or what gives it when it is needed. */
  readonly apiKey?: string | undefined | (() => string | undefined | Promise<string | undefined>);
  /** How long a request may take, all its attempts together; 10,000 unless told. */
  readonly timeoutMs?: number;
  /** How often a request that got no answer is sent again, with the same ids; 2 unless told. */
  readonly retries?: number;
  /** A folder in which events wait while the server is away; without one they fail. */
  readonly spool?: string | undefined;
}

/** What one request may say for itself. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What became of an event; `SPOOLED` waits on disk for the server. */
export type ReportOutcome = Outcome | "SPOOLED";

/** That an event is recorded, or safe on disk. */
export interface Receipt {
  readonly outcome: ReportOutcome;
  readonly executionId: string | undefined;
  /** The event's own id: of the execution, the phase's event, the bug fix, or the call's source key. */
  readonly id: string;
}

/** What became of one event of several: an outcome, or why the server refuses it. */
export interface EventReceipt extends Omit<Receipt, "outcome"> {
  readonly outcome: ReportOutcome | undefined;
  readonly error:
    | { readonly code: string; readonly message: string; readonly errors: readonly FieldError[] }
    | undefined;
}

/** What was made of a spool. */
export interface Delivery {
  readonly delivered: number;
  readonly refused: number;
  /** Events and telemetry requests that still wait. */
  readonly waiting: number;
}

/** Reports to a server, and asks it. */
export interface MetricsClient {
  startExecution(
    input: StartExecutionInput,
    options?: RequestOptions,
  ): Promise<Receipt & { executionId: string }>;
  updateExecution(input: UpdateExecutionInput, options?: RequestOptions): Promise<Receipt>;
  recordPhase(input: RecordPhaseInput, options?: RequestOptions): Promise<Receipt>;
  completeExecution(input: CompleteExecutionInput, options?: RequestOptions): Promise<Receipt>;
  recordBugFix(input: RecordBugFixInput, options?: RequestOptions): Promise<Receipt>;
  recordLlmCall(input: LlmCallInput, options?: RequestOptions): Promise<Receipt>;
  /** Many events at once, each for itself: one that is refused spoils no other. */
  recordEvents(events: readonly EventInput[], options?: RequestOptions): Promise<readonly EventReceipt[]>;
  /** Any question. @throws ReportFailure */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
  /** Delivers what waits in the spool. */
  sync(options?: RequestOptions & { readonly onProgress?: (delivery: Delivery) => void }): Promise<Delivery>;
  /** Closes the connections that are kept open. */
  close(): void;
}
