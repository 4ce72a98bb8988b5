import { type AnyColumn, and, eq, gte, inArray, lt, type SQL } from "drizzle-orm";
import type { ExecutionFilter } from "../domain/page.js";
import { wsExecutions } from "./execution.table.js";

/** Runs, under whatever name they have in a statement. */
export type Runs = Readonly<
  Record<"wsId" | "wpId" | "executor" | "scopeId" | "status" | "startedAt", AnyColumn>
>;

/** Whether a run passes a filter; undefined when every run does. */
export function matchesExecution(filter: ExecutionFilter, runs: Runs = wsExecutions): SQL | undefined {
  const { wsId, wpId, executor, scopeId, status, startedFrom, startedTo } = filter;
  return and(
    wsId === undefined ? undefined : eq(runs.wsId, wsId),
    wpId === undefined ? undefined : eq(runs.wpId, wpId),
    executor === undefined ? undefined : eq(runs.executor, executor),
    scopeId === undefined ? undefined : eq(runs.scopeId, scopeId),
    status === undefined ? undefined : inArray(runs.status, [...status]),
    startedFrom === undefined ? undefined : gte(runs.startedAt, startedFrom),
    startedTo === undefined ? undefined : lt(runs.startedAt, startedTo),
  );
}
