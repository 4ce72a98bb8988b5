import { isPassingCode } from "../ask.js";
import { isUnavailable, ReportFailure } from "../failure.js";
import type { EventInput } from "../gql/graphql.js";
import { type Entry, madeAt } from "./entry.js";
import type { Spool } from "./spool.js";
import { takeTurn } from "./turn.js";

/** What the server said of one event. */
export interface EventAnswer {
  readonly outcome?: string | null | undefined;
  readonly error?: { readonly code: string; readonly message: string } | null | undefined;
}

/** A telemetry request as it came. */
export interface Telemetry {
  /** Below the server's URL, such as `/v1/logs`. */
  readonly path: string;
  readonly contentType: string;
  readonly contentEncoding?: string | undefined;
  readonly body: Uint8Array;
}

/** How entries reach the server. Both throw ReportFailure. */
export interface Carrier<Answer extends EventAnswer> {
  events(events: readonly EventInput[]): Promise<readonly Answer[]>;
  telemetry(request: Telemetry): Promise<unknown>;
}

/** What was made of a spool, so far or in the end. */
export interface Delivery {
  readonly delivered: number;
  /** What the server refuses for good; it lies in the folder `refused`. */
  readonly refused: number;
  /** Events and telemetry requests that still wait. */
  readonly waiting: number;
  /** Why not everything was delivered. */
  readonly failure?: ReportFailure | undefined;
}

/** How long a delivery may take, and who watches it. */
export interface DeliveryOptions<Answer> {
  /** How long it waits for another process that delivers. */
  readonly waitMs: number;
  /** No further request is begun after this. */
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((delivery: Delivery) => void) | undefined;
  readonly onAnswer?: ((event: EventInput, answer: Answer) => void) | undefined;
}

/** How many events go into the first request, which may find out that the server is still away; then into each. */
const firstEvents = 16;
const batchEvents = 500;
/** How much goes into one request. */
const batchBytes = 1024 * 1024;

/** How long an event waits for a run that the server does not know: its start may be on its way from elsewhere. */
const patienceMs = 24 * 60 * 60 * 1000;

/**
 * Delivers what waits, in order, until nothing does or the server is away. Entries go only after the server's answer,
 * so one that dies half way sends some again, and their ids make that a repeat.
 */
export async function deliver<Answer extends EventAnswer>(
  spool: Spool,
  carrier: Carrier<Answer>,
  options: DeliveryOptions<Answer>,
): Promise<Delivery> {
  const turn = await takeTurn(`${spool.folder}/delivering`, options.waitMs, options.signal);
  const pass = new Pass(spool, carrier, options);
  if (turn === undefined) return pass.now(busy());
  try {
    for (let most = firstEvents; ; most = batchEvents) {
      const entries = (await spool.entries()).filter(({ name }) => !pass.postponed.has(name));
      const batch = firstBatch(entries, most);
      if (batch.length === 0 || Date.now() >= options.until) return await pass.now();
      await pass.carry(batch);
      options.onProgress?.(await pass.now());
    }
  } catch (error) {
    if (isUnavailable(error)) return await pass.now(error);
    throw error;
  } finally {
    await turn.end();
  }
}

/** One go through what waits. */
class Pass<Answer extends EventAnswer> {
  /** Entries that this pass has tried and left. */
  readonly postponed = new Set<string>();
  readonly #spool: Spool;
  readonly #carrier: Carrier<Answer>;
  readonly #options: DeliveryOptions<Answer>;
  #delivered = 0;
  #refused = 0;

  constructor(spool: Spool, carrier: Carrier<Answer>, options: DeliveryOptions<Answer>) {
    this.#spool = spool;
    this.#carrier = carrier;
    this.#options = options;
  }

  async now(failure?: ReportFailure): Promise<Delivery> {
    const waiting = (await this.#spool.entries()).reduce((sum, { count }) => sum + count, 0);
    return { delivered: this.#delivered, refused: this.#refused, waiting, failure };
  }

  async carry(batch: readonly Entry[]): Promise<void> {
    const read = await Promise.all(
      batch.map(async (entry) => ({ entry, content: await this.#spool.read(entry) })),
    );
    const here = read.flatMap(({ entry, content }) => (content === undefined ? [] : [{ entry, content }]));
    const [first] = here;
    if (first?.entry.kind === "otlp") return await this.#carryTelemetry(first.entry, first.content);
    const readable: { entry: Entry; events: readonly EventInput[] }[] = [];
    for (const { entry, content } of here) {
      const events = eventsIn(content);
      if (events !== undefined) readable.push({ entry, events });
      else await this.#discard(entry, content);
    }
    if (readable.length > 0) await this.#carryEvents(readable);
  }

  /** What the disk does not give back as it was. */
  async #discard(entry: Entry, content: Buffer): Promise<void> {
    await this.#refuse(content.toString("base64"), "cannot be read as events");
    await this.#spool.remove(entry);
  }

  async #carryTelemetry(entry: Entry, content: Buffer): Promise<void> {
    try {
      await this.#carrier.telemetry(telemetryIn(content));
      this.#delivered += 1;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await this.#refuse(content.toString("base64"), error.message);
    }
    await this.#spool.remove(entry);
  }

  /** One event that the server cannot even read makes it refuse all of a request, so that is divided until it is found. */
  async #carryEvents(batch: readonly { entry: Entry; events: readonly EventInput[] }[]): Promise<void> {
    const events = batch.flatMap((one) => one.events);
    try {
      const answers = await this.#carrier.events(events);
      let at = 0;
      for (const one of batch) {
        await this.#settle(one.entry, one.events, answers.slice(at, at + one.events.length));
        at += one.events.length;
      }
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.#carryEvents(batch.slice(0, half));
        return await this.#carryEvents(batch.slice(half));
      }
      for (const { entry, events: refused } of batch) {
        for (const event of refused) await this.#refuse(JSON.stringify(event), error.message);
        await this.#spool.remove(entry);
      }
    }
  }

  async #settle(entry: Entry, events: readonly EventInput[], answers: readonly Answer[]): Promise<void> {
    const pairs = events.map((event, index) => ({ event, answer: answers[index] }));
    const mustStay = pairs.some(({ answer }) => answer === undefined || mayChange(answer, entry));
    if (mustStay) this.postponed.add(entry.name);
    for (const { event, answer } of pairs) {
      if (answer === undefined) continue;
      this.#options.onAnswer?.(event, answer);
      if (mustStay) continue;
      if (answer.error)
        await this.#refuse(JSON.stringify(event), `${answer.error.code}: ${answer.error.message}`);
      else this.#delivered += 1;
    }
    if (!mustStay) await this.#spool.remove(entry);
  }

  async #refuse(content: string, reason: string): Promise<void> {
    await this.#spool.refuse(content, reason);
    this.#refused += 1;
  }
}

/** Whether the server may answer otherwise later. */
function mayChange({ error }: EventAnswer, entry: Entry): boolean {
  if (!error) return false;
  return (
    isPassingCode(error.code) ||
    (error.code === "NOT_FOUND" && Date.now() - madeAt(entry).getTime() < patienceMs)
  );
}

/** What stands first: a telemetry request, or events up to the next one that fit in a request. */
function firstBatch(entries: readonly Entry[], most: number): readonly Entry[] {
  const [first] = entries;
  if (first === undefined || first.kind === "otlp") return entries.slice(0, 1);
  let count = 0;
  let bytes = 0;
  const end = entries.findIndex((entry, index) => {
    count += entry.count;
    bytes += entry.bytes;
    return index > 0 && (entry.kind !== "events" || count > most || bytes > batchBytes);
  });
  return end < 0 ? entries : entries.slice(0, end);
}

/** Refused for what it is; a key that is not let in says nothing about it. */
function isRefusal(error: unknown): error is ReportFailure {
  return error instanceof ReportFailure && error.kind === "refused" && !isAboutKey(error);
}

/** Whether the server refuses who asks, not what. */
export const isAboutKey = ({ code }: { readonly code: string }) =>
  code === "UNAUTHENTICATED" || code === "FORBIDDEN";

/** Events as an entry keeps them. */
export const eventLines = (events: readonly EventInput[]) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

function eventsIn(content: Buffer): readonly EventInput[] | undefined {
  const lines = content.toString("utf8").split("\n").filter(Boolean);
  try {
    return lines.map((line): EventInput => JSON.parse(line)); // written by `eventLines`
  } catch {
    return undefined;
  }
}

/** A telemetry request as an entry keeps it: what it is in a line of JSON, then its bytes. */
export function telemetryEntry({ body, ...head }: Telemetry): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

function telemetryIn(content: Buffer): Telemetry {
  const end = content.indexOf("\n");
  const head: Omit<Telemetry, "body"> = JSON.parse(content.toString("utf8", 0, end)); // written by `telemetryEntry`
  return { ...head, body: content.subarray(end + 1) };
}

const busy = () =>
  new ReportFailure("another process delivers what waits", { kind: "unavailable", code: "SPOOL_BUSY" });
