import type { BugFixFieldsFragment, ExecutionFieldsFragment } from "../client/gql/graphql.js";

/** How the two surfaces spell the same things: GraphQL in camel case and upper-case words, REST in snake case. */

type Fields = Readonly<Record<string, unknown>>;

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const renamed = (rename: (name: string) => string) => {
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [rename(name), rewrite(inner)]));
  };
  return (fields: object) => rewrite(fields) as Record<string, unknown>;
};

/** The same document with its fields named as REST names them. */
export const inSnakeCase = renamed(snakeCase);

/** The same document with its fields named as GraphQL names them. */
export const inCamelCase = renamed(camelCase);

/** A phase event as GraphQL takes it. */
export function graphqlPhaseOf({ name, result, ...phase }: Fields): Record<string, unknown> {
  const word = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value);
  return inCamelCase({ ...phase, name: word(name), ...(result !== undefined && { result: word(result) }) });
}

/** A bug fix that GraphQL answered, as REST answers it. */
export function restBugFixOf({ executionId, ...bugFix }: BugFixFieldsFragment): Record<string, unknown> {
  return { ...inSnakeCase(bugFix), ws_execution_id: executionId };
}

function restPhaseOf({ costUsd, ...phase }: ExecutionFieldsFragment["phases"][number]) {
  const { testsWritten, testsPassing, testsFailing, filesModified, ...always } = phase;
  const counters = Object.entries({ testsWritten, testsPassing, testsFailing, filesModified });
  return {
    ...inSnakeCase({ ...always, ...Object.fromEntries(counters.filter(([, count]) => count !== null)) }),
    name: phase.name.toLowerCase(),
    result: phase.result?.toLowerCase() ?? null,
  };
}

/** An execution that GraphQL answered, as REST answers it. */
export function restExecutionOf(execution: ExecutionFieldsFragment): Record<string, unknown> {
  const { phases, bugFixes, cost, ...columns } = execution;
  return {
    ...inSnakeCase(columns),
    phase_metrics: { phases: phases.map(restPhaseOf) },
    bug_fixes: bugFixes.map(restBugFixOf),
    cost: {
      ...inSnakeCase(cost),
      by_phase: phases.map(({ eventId, name, costUsd }) => ({
        event_id: eventId,
        name: name.toLowerCase(),
        cost_usd: costUsd,
      })),
    },
  };
}
