import { badUserInput, conflict, MetricsError, notFound, unavailable } from "../errors.js";

interface DriverFailure {
  readonly code: string;
  readonly constraint: string | undefined;
}

/** SQLSTATE of `error` (or the driver's own code) and the constraint it names, found under drizzle's wrapping. */
function driverFailure(error: unknown): DriverFailure | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof MetricsError) continue; // its code is ours
    const { code, constraint, constraint_name } = cause as Error & Record<string, unknown>;
    if (typeof code !== "string") continue;
    const name = constraint ?? constraint_name;
    return { code, constraint: typeof name === "string" ? name : undefined };
  }
  return undefined;
}

/** The transaction lost a race that it may win when run again: serialization failure, deadlock, a lock not to be waited for. */
export function isWorthRetrying(error: unknown): boolean {
  const code = driverFailure(error)?.code;
  return code === "40001" || code === "40P01" || code === "55P03";
}

/** The connection itself is gone, and whatever it had not committed with it. */
export function isConnectionLost(error: unknown): boolean {
  return /^(CONNECTION_\w+|ECONN\w+|EPIPE|ETIMEDOUT)$/.test(driverFailure(error)?.code ?? "");
}

/**
 * Connection lost or refused (08, sockets), shutting down or starting (57P), cancelled by a time limit (57014,
 * 25P04, 55P03), out of connections, memory or disk (53), read-only standby (25006), a lost race (40).
 */
const away =
  /^(08...|57P..|57014|25P0[34]|55P03|53...|58...|25006|40...|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|CONNECTION_\w+|CONNECT_TIMEOUT)$/;

/** The database cannot do anything now; later it may. */
export function isAway(error: unknown): boolean {
  return away.test(driverFailure(error)?.code ?? "");
}

/** The server has no connection left for us. */
export function isCrowded(error: unknown): boolean {
  return driverFailure(error)?.code === "53300";
}

/** Whoever takes connections does not know a setting that every PostgreSQL has: a pooler such as pgbouncer. */
export function isUnknownSetting(error: unknown): boolean {
  return driverFailure(error)?.code === "08P01";
}

const brokenRules: Readonly<Record<string, () => MetricsError>> = {
  ws_executions_completed_after_start: () =>
    badUserInput([{ path: "completedAt", message: "must not be before `startedAt`" }]),
  ws_phases_ws_execution_id_ws_executions_id_fk: () => notFound("There is no such execution."),
  ws_bug_fixes_ws_execution_id_ws_executions_id_fk: () => notFound("There is no such execution."),
  ws_executions_completed_when_final: () => conflict("The run has ended."),
};

/**
 * The catalogue error behind a failed statement: a broken rule that a client can mend, or `UNAVAILABLE` when
 * the database cannot answer. Anything else comes back as it is, to be masked at the door.
 */
export function translateFailure(error: unknown): unknown {
  const failure = driverFailure(error);
  if (failure === undefined) return error;
  const rule = failure.constraint === undefined ? undefined : brokenRules[failure.constraint];
  if (rule !== undefined) return rule();
  if (failure.code === "57014") {
    return unavailable(
      "It took longer than the database may take; nothing is known to be stored. Ask for less, such as a shorter range, or send it again later.",
      error,
    );
  }
  if (away.test(failure.code)) {
    return unavailable(
      "The database does not answer; nothing is known to be stored. Send the same request again.",
      error,
    );
  }
  return error;
}
