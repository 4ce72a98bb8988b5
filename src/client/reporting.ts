import { type Ask, askGraphql, failureOf, isPassingCode, type RequestOptions } from "./ask.js";
import { recordEventsDocument } from "./documents.js";
import { type FixedEvent, fixed } from "./events.js";
import { isUnavailable, ReportFailure } from "./failure.js";
import type { EventInput, RecordEventsMutation } from "./gql/graphql.js";
import type { EventReceipt } from "./receipt.js";
import {
  type Carrier,
  type Delivery,
  deliver,
  eventLines,
  isAboutKey,
  type Telemetry,
  telemetryEntry,
} from "./spool/delivery.js";
import type { Spool } from "./spool/spool.js";
import type { Reply } from "./transport.js";

type Answer = RecordEventsMutation["recordEvents"][number];

/** What reporting needs. */
export interface ReportingParts {
  readonly ask: Ask;
  readonly url: string;
  readonly spool: Spool | undefined;
  /** Nothing is sent. */
  readonly isOffline: boolean;
  readonly now: () => Date;
}

/** How a delivery is made and watched. */
export type SyncOptions = RequestOptions & { readonly onProgress?: (delivery: Delivery) => void };

/** What can be reported, and delivered later. */
export interface Reporting {
  recordEvents(events: readonly EventInput[], options?: RequestOptions): Promise<readonly EventReceipt[]>;
  /**
   * Passes a telemetry request of an executor on, with the key of this client.
   * @returns the server's answer; `SPOOLED` when it was away, or did not let the key in
   */
  forwardTelemetry(
    request: Telemetry,
    options?: RequestOptions,
  ): Promise<{ readonly status: number; readonly body: string } | "SPOOLED">;
  /** Delivers what waits in the spool. @throws ReportFailure when the server does not let the key in */
  sync(options?: SyncOptions): Promise<Delivery>;
}

/** How long a report may take to deliver what waits before it. */
const flushMs = 500;
/** How long a server that was away is left alone by reports; at most, where it says itself for how long. */
const quietMs = { atLeast: 250, atMost: 5_000 };
/** How long `sync` waits for another process that delivers; longer than one that died is believed to live. */
const syncWaitMs = 20_000;

/** How long reports leave a server alone after a failure. */
function quietAfter({ retryAfterMs = 0 }: ReportFailure): number {
  return Math.min(Math.max(retryAfterMs, quietMs.atLeast), quietMs.atMost);
}

/** Reports to the server, and to the spool where there is one and the server is away. */
export function reportingWith({ ask, url, spool, isOffline, now }: ReportingParts): Reporting {
  const carrier = (options?: RequestOptions): Carrier<Answer> => ({
    events: async (events) => {
      const data = await askGraphql(ask, url, recordEventsDocument, { events }, options);
      return (data as RecordEventsMutation).recordEvents; // what the document asks for
    },
    telemetry: async (request) => {
      const reply = await sendTelemetry(request, options);
      if (reply.status >= 300) throw failureOf(reply, undefined, url);
    },
  });

  function sendTelemetry({ path, contentType, contentEncoding, body }: Telemetry, options?: RequestOptions) {
    const headers = {
      "content-type": contentType,
      ...(contentEncoding !== undefined && { "content-encoding": contentEncoding }),
    };
    return ask({ method: "POST", path, headers, body }, options);
  }

  let quietUntil = 0;

  async function recordEvents(inputs: readonly EventInput[], options?: RequestOptions) {
    const madeAt = now();
    const events = inputs.map((input) => fixed(input, madeAt));
    if (events.length === 0) return [];
    if (spool === undefined) return await send(events, options);
    if (isOffline) return await keep(spool, events, offline());
    if (Date.now() < quietUntil || (await spool.isSilent())) return await keep(spool, events, queued());
    if ((await spool.entries()).length > 0) return await queue(spool, events, options);
    try {
      const receipts = await send(events, { timeoutMs: undefined, ...options });
      return await Promise.all(
        receipts.map((receipt, index) => keepIfPassing(spool, events[index], receipt)),
      );
    } catch (error) {
      if (isUnavailable(error)) {
        await noteFailure(spool, error);
        return await keep(spool, events, error);
      }
      if (error instanceof ReportFailure && isAboutKey(error)) await keep(spool, events, error);
      throw error;
    }
  }

  async function send(
    events: readonly FixedEvent[],
    options?: RequestOptions,
  ): Promise<readonly EventReceipt[]> {
    const answers = await carrier(options).events(events.map(({ event }) => event));
    return events.map((event, index) => receiptOf(event, answers[index]));
  }

  async function keepIfPassing(into: Spool, event: FixedEvent | undefined, receipt: EventReceipt) {
    if (event === undefined || receipt.error === undefined || !isPassingCode(receipt.error.code))
      return receipt;
    const { code, message } = receipt.error;
    const [kept] = await keep(into, [event], new ReportFailure(message, { kind: "unavailable", code }));
    return kept ?? receipt;
  }

  async function keep(
    into: Spool,
    events: readonly FixedEvent[],
    failure: ReportFailure,
  ): Promise<readonly EventReceipt[]> {
    const inputs = events.map(({ event }) => event);
    await into.keep("events", eventLines(inputs), inputs.length);
    return events.map(({ id, executionId }) => ({
      id,
      executionId,
      outcome: "SPOOLED",
      error: undefined,
      failure,
    }));
  }

  /** Has later reports leave a server alone that is away; one that is silent costs its whole time limit each time. */
  async function noteFailure(at: Spool, failure: ReportFailure | undefined): Promise<void> {
    if (failure === undefined) return;
    quietUntil = Date.now() + quietAfter(failure);
    if (failure.code === "ETIMEDOUT") await at.noteSilence(true).catch(() => {}); // it only spares a wait
  }

  /** Behind what waits already, so that everything arrives in the order it was reported in. */
  async function queue(into: Spool, events: readonly FixedEvent[], options?: RequestOptions) {
    const kept = await keep(into, events, queued());
    const answers = new Map<string, Answer>();
    const timeoutMs = Math.min(options?.timeoutMs ?? Number.POSITIVE_INFINITY, flushMs);
    const { failure } = await deliver(into, carrier({ ...options, timeoutMs }), {
      waitMs: 0, // whoever delivers takes this along
      until: Date.now() + timeoutMs,
      signal: options?.signal,
      onAnswer: (event, answer) => answers.set(JSON.stringify(event), answer),
    });
    await noteFailure(into, failure);
    return kept.map((receipt, index) => {
      const event = events[index];
      const answer = event && answers.get(JSON.stringify(event.event));
      if (event === undefined || answer === undefined)
        return { ...receipt, failure: failure ?? receipt.failure };
      return answer.error && isPassingCode(answer.error.code) ? receipt : receiptOf(event, answer);
    });
  }

  async function forwardTelemetry(request: Telemetry, options?: RequestOptions) {
    if (spool === undefined) return await sendTelemetry(request, options);
    const reply = isOffline ? undefined : await sendTelemetry(request, options).catch(unlessUnavailable);
    if (reply !== undefined && !mayPassLater(reply)) return reply;
    await spool.keep("otlp", telemetryEntry(request), 1);
    return "SPOOLED";
  }

  /** Whether the answer is about the server or the key, and not about what was sent. */
  function mayPassLater(reply: Reply): boolean {
    if (reply.status < 300) return false;
    const failure = failureOf(reply, undefined, url);
    return isUnavailable(failure) || isAboutKey(failure);
  }

  async function sync({ onProgress, ...options }: SyncOptions = {}): Promise<Delivery> {
    if (spool === undefined) return { delivered: 0, refused: 0, waiting: 0 };
    const delivery = await deliver(spool, carrier(options), {
      waitMs: Math.min(options.timeoutMs ?? syncWaitMs, syncWaitMs),
      until: Date.now() + (options.timeoutMs ?? Number.POSITIVE_INFINITY),
      signal: options.signal,
      onProgress,
    });
    if (delivery.delivered > 0) await spool.noteSilence(false);
    return delivery;
  }

  return { recordEvents, forwardTelemetry, sync };
}

function receiptOf({ id, executionId }: FixedEvent, answer: Answer | undefined): EventReceipt {
  const run = answer?.executionId ?? executionId;
  return { id, executionId: run, outcome: answer?.outcome ?? undefined, error: answer?.error ?? undefined };
}

/** For a request whose failure is no end. */
function unlessUnavailable(error: unknown): undefined {
  if (!isUnavailable(error)) throw error;
}

const queued = () =>
  new ReportFailure("what was reported before waits as well", { kind: "unavailable", code: "SPOOL_BUSY" });

const offline = () =>
  new ReportFailure("nothing is sent (WSM_OFFLINE)", { kind: "unavailable", code: "OFFLINE" });
