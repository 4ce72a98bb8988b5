import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type CompleteExecutionInput,
  type EventInput,
  type MetricsClient,
  type Receipt,
  type RecordBugFixInput,
  type RecordPhaseInput,
  ReportFailure,
  type StartExecutionInput,
} from "../../client/client.js";
import { badUserInput, catalogue, type ErrorCode, MetricsError } from "../../errors.js";
import type { Input, Reported, Reporting } from "../../mcp/reporting.js";
import { type FinalStatus, finalStatuses } from "../../vocabulary.js";
import type { Cli } from "../cli.js";
import { knownRun } from "../commands/start.command.js";
import { eventFaults } from "../event-rules.js";
import { executorAround, sessionAround } from "../executor.js";
import { fieldOf } from "../explain.js";
import type { OpenPhase } from "../ledger.js";
import { namedExecution } from "../named-execution.js";
import { enterExecution, executionOfTree, leaveExecution } from "../work-tree.js";
import { phasesIn, readMetrics, readRun } from "./questions.js";

/** What the tools need, made of the client; and a way to wait until every report that began is recorded, or on disk. */
export interface ClientReporting {
  readonly reporting: Reporting;
  readonly settled: () => Promise<void>;
}

/** Reports as the commands do: through the spool, and remembering in the work tree what is open. */
export function clientReporting(cli: Cli): ClientReporting {
  const { env, folder, now } = cli.surroundings;
  const pending = new Set<Promise<unknown>>();
  const ledger = () => cli.ledger();

  /** Sends an event that keeps the rules; the others are refused here, where the server may be away. */
  async function report(
    event: EventInput,
    send: (client: MetricsClient) => Promise<Receipt>,
  ): Promise<Reported> {
    const faults = eventFaults([event], now);
    if (faults.length > 0) throw badUserInput(faults);
    const { outcome, executionId = "", failure } = await cli.report(send);
    const waits = `${failure?.message ?? "The server is away"}; this waits on disk and is delivered later. Go on.`;
    return { outcome, executionId, ...(outcome === "SPOOLED" && { note: waits }) };
  }

  async function start(input: Input): Promise<Reported> {
    const ws = textOf(input.wsId) ?? "";
    const known = await knownRun(cli, { id: textOf(input.id), ws });
    const id = input.id ?? known ?? randomUUID();
    const remembered = known === undefined ? undefined : await ledger().run(known);
    const executor = remembered?.executor ?? input.executor ?? executorAround(env); // that of a run never changes
    const startExecution = {
      ...input,
      id,
      executor,
      executorSessionId: input.executorSessionId ?? sessionAround(env),
      startedAt: input.startedAt ?? (remembered === undefined ? now().toISOString() : undefined),
    } as StartExecutionInput; // held against the rules before it is sent
    const reported = await report({ startExecution }, (client) => client.startExecution(startExecution));
    const run = { wsId: ws, executor: String(executor) };
    await cli.remember(ledger().remember(reported.executionId, run));
    await cli.remember(enterExecution(folder, reported.executionId));
    const isGoneOn = remembered !== undefined && input.id === undefined;
    return isGoneOn
      ? { note: "A run of this Work Statement is open here, and goes on.", ...reported }
      : reported;
  }

  async function phase(input: Input): Promise<Reported> {
    const recordPhase = {
      ...input,
      name: inCapitals(input.name),
      result: inCapitals(input.result),
    } as RecordPhaseInput; // held against the rules before it is sent
    const reported = await report({ recordPhase }, (client) => client.recordPhase(recordPhase));
    const { eventId, startedAt, completedAt } = recordPhase;
    if (typeof eventId === "string")
      await notePhase(reported, { eventId, startedAt, name: input.name }, completedAt);
    return reported;
  }

  /** What is opened here, other commands can close. */
  async function notePhase({ executionId, outcome }: Reported, phase: object, completedAt: unknown) {
    const open = phase as OpenPhase; // it kept the rules
    const isNew = outcome === "RECORDED" || outcome === "SPOOLED";
    if (isGiven(completedAt)) await cli.remember(ledger().close(executionId, open.eventId));
    else if (isNew) await cli.remember(ledger().open(executionId, open));
  }

  async function complete(input: Input): Promise<Reported> {
    const completeExecution = input as unknown as CompleteExecutionInput; // held against the rules before it is sent
    const reported = await report({ completeExecution }, (client) =>
      client.completeExecution(completeExecution),
    );
    await cli.remember(ledger().setStatus(reported.executionId, statusOf(input)));
    await cli.remember(leaveExecution(folder, reported.executionId));
    return reported;
  }

  async function fix(input: Input): Promise<Reported> {
    const recordBugFix = input as unknown as RecordBugFixInput; // held against the rules before it is sent
    return await report({ recordBugFix }, (client) => client.recordBugFix(recordBugFix));
  }

  /** Keeps in mind what is under way, and says what fails as tools do. */
  const explained = <Given extends readonly unknown[], Result>(
    work: (...given: Given) => Promise<Result>,
  ) => {
    return (...given: Given): Promise<Result> => {
      const done = work(...given).catch((error: unknown) => {
        throw asMetricsError(error);
      });
      const settling = done.catch(() => undefined).finally(() => pending.delete(settling));
      pending.add(settling);
      return done;
    };
  };

  /** One thing follows from another, so it is looked again until nothing did. */
  async function settled(): Promise<void> {
    await nextTurn();
    while (pending.size > 0) {
      await Promise.all(pending);
      await nextTurn();
    }
  }

  const reporting: Reporting = {
    now,
    startExecution: explained(start),
    recordPhase: explained(phase),
    completeExecution: explained(complete),
    recordBugFix: explained(fix),
    phasesOf: explained((executionId) => phasesIn(cli, executionId)),
    execution: explained((input) => readRun(cli.client(), input)),
    metrics: explained((input) => readMetrics(cli.client(), input)),
    currentExecution: explained(async () => namedExecution(env) ?? (await executionOfTree(folder))),
  };
  return { reporting, settled };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

/** As GraphQL spells pinned words; what is spelled so already is none of the tools' words, and stays none. */
function inCapitals(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value === value.toLowerCase() ? value.toUpperCase() : JSON.stringify(value);
}

const statusOf = ({ status }: Input): FinalStatus =>
  finalStatuses.find((word) => word === status) ?? "COMPLETED";

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code);

/** A failure of the client, or of this machine, in the words that tools explain. */
function asMetricsError(error: unknown): MetricsError {
  if (error instanceof MetricsError) return error;
  if (!(error instanceof ReportFailure))
    return new MetricsError("INTERNAL_SERVER_ERROR", error instanceof Error ? error.message : String(error));
  const errors = error.errors.map(({ path, message }) => ({ path: fieldOf(path), message }));
  const other = error.kind === "unavailable" ? "UNAVAILABLE" : "INTERNAL_SERVER_ERROR";
  return new MetricsError(isCode(error.code) ? error.code : other, error.message, { errors, cause: error });
}
