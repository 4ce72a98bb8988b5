import { expect, test } from "vitest";
import { MetricsError } from "../../src/errors.js";
import { isConnectionLost, isWorthRetrying, translateFailure } from "../../src/store/failure.js";
import { endingWhenLost } from "../../src/store/lost-connection.js";

/** A driver's error as drizzle wraps it. */
function failed(code: string, names: Readonly<Record<string, string>> = {}): Error {
  return new Error("Failed query: …", { cause: Object.assign(new Error("…"), { code, ...names }) });
}

const codeOf = (error: unknown) => (error instanceof MetricsError ? error.code : undefined);

test.each([
  "08006",
  "57P01",
  "57014",
  "53300",
  "25006",
  "ECONNREFUSED",
  "CONNECTION_CLOSED",
  "CONNECT_TIMEOUT",
])("%s means that the database is away", (code) => {
  expect(codeOf(translateFailure(failed(code)))).toBe("UNAVAILABLE");
});

test.each([
  ["ws_executions_completed_after_start", "BAD_USER_INPUT"],
  ["ws_executions_completed_when_final", "CONFLICT"],
  ["ws_phases_ws_execution_id_ws_executions_id_fk", "NOT_FOUND"],
  ["ws_bug_fixes_ws_execution_id_ws_executions_id_fk", "NOT_FOUND"],
])("a write that breaks %s is %s, whichever driver says so", (constraint, code) => {
  expect(codeOf(translateFailure(failed("23514", { constraint })))).toBe(code);
  expect(codeOf(translateFailure(failed("23514", { constraint_name: constraint })))).toBe(code);
});

test.each([failed("23505", { constraint: "another" }), failed("42601"), new Error("no code"), "no error"])(
  "what is no client's and no operator's to mend stays as it is",
  (error) => {
    expect(translateFailure(error)).toBe(error);
  },
);

test("a lost race is worth another try, a lost connection is not", () => {
  expect(["40001", "40P01", "55P03"].map((code) => isWorthRetrying(failed(code)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(isWorthRetrying(failed("CONNECTION_CLOSED"))).toBe(false);
  expect(isConnectionLost(failed("CONNECTION_CLOSED"))).toBe(true);
  expect(isConnectionLost(failed("40P01"))).toBe(false);
});

test("a failure that leaves the connection is the failure of the transaction", async () => {
  const broken = failed("23514");

  await expect(endingWhenLost((watch) => watch(Promise.reject(broken)))).rejects.toBe(broken);
  expect(await endingWhenLost((watch) => watch(Promise.resolve(1)))).toBe(1);
});

test("a lost connection ends the transaction around it, and what is inside is left alone", async () => {
  const lost = failed("CONNECTION_CLOSED");
  let isRolledBack = false;

  const ended = endingWhenLost((watch) =>
    watch(Promise.reject(lost)).catch(() => {
      isRolledBack = true;
    }),
  );

  await expect(ended).rejects.toBe(lost);
  expect(isRolledBack).toBe(false);
});
