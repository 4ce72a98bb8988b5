import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { execution, startExecution } from "../client/documents.js";
import type { Client } from "../support/client.js";
import { restExecutionOf } from "../support/spelling.js";
import { deliver } from "./deliver.js";
import type { Delivery, Telling } from "./history.arbitrary.js";
import type { Event, History } from "./history.js";
import { runAfter } from "./history.model.js";

/** What the server has to say to a repeat of `event`, after the events `before`. */
function outcomeOfRepeat(event: Event, before: readonly Event[]): string {
  if (event.kind !== "phase" || event.phase.completed_at !== undefined) return "DUPLICATE";
  const close = before.find(
    (earlier) =>
      earlier.kind === "phase" &&
      earlier.phase.completed_at !== undefined &&
      earlier.phase.event_id === event.phase.event_id,
  );
  if (close?.kind !== "phase") return "DUPLICATE";
  const closed: Readonly<Record<string, unknown>> = { ...event.phase, ...close.phase };
  const repeats = Object.entries(event.phase).every(([name, value]) => closed[name] === value);
  return repeats ? "DUPLICATE" : "CONFLICT_IGNORED";
}

/** One delivery after another, each to the next of the clients; a repeat must change nothing. */
async function inTurn(
  clients: readonly [Client, ...Client[]],
  id: string,
  history: History,
  deliveries: readonly Delivery[],
): Promise<void> {
  const told: Event[] = [];
  for (const [place, { index, door }] of deliveries.entries()) {
    const event = history.events[index];
    if (event === undefined) continue;
    const outcome = await deliver(clients[place % clients.length] ?? clients[0], id, event, door);
    if (told.includes(event)) expect(outcome).toBe(outcomeOfRepeat(event, told));
    told.push(event);
  }
}

type Fields = Readonly<Record<string, unknown>>;
interface RestExecution extends Fields {
  readonly created_at: string;
  readonly phase_metrics: { readonly phases: readonly (Fields & { readonly event_id: string })[] };
  readonly bug_fixes: readonly (Fields & { readonly id: string; readonly created_at: string })[];
  readonly cost: Fields & { readonly by_phase: readonly { readonly event_id: string }[] };
}

const byEventId = <Item extends { readonly event_id: string }>(items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => (a.event_id < b.event_id ? -1 : 1));

/** Without what the server gave: `created_at`, and the sequences that nobody else did. */
function withoutGiven(answer: RestExecution, phases: readonly { readonly sequence?: number }[]) {
  const { created_at, phase_metrics, ...columns } = answer;
  return {
    ...columns,
    phases: byEventId(phase_metrics.phases).map(({ sequence, ...phase }, place) =>
      phases[place]?.sequence === undefined ? phase : { ...phase, sequence },
    ),
    bug_fixes: answer.bug_fixes
      .map(({ created_at: _, ...bugFix }) => bugFix)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    cost: { ...answer.cost, by_phase: byEventId(answer.cost.by_phase) },
  };
}

/** How the deliveries travel: one after another, or all at once. */
export type Travel = typeof inTurn;

/** Every delivery at once, dealt out to the clients. */
export const allAtOnce: Travel = async (clients, id, history, deliveries) => {
  const sent = deliveries.flatMap(({ index, door }, place) => {
    const event = history.events[index];
    return event ? [deliver(clients[place % clients.length] ?? clients[0], id, event, door)] : [];
  });
  await Promise.all(sent);
};

/** Tells a run in the order of `telling`, and expects what a run told in the order of its history would be. */
export async function expectSameRun(
  clients: readonly [Client, ...Client[]],
  { history: told, deliveries, early }: Telling,
  travel: Travel = inTurn,
): Promise<void> {
  const [client] = clients;
  const id = randomUUID();
  const history = told(id);
  const beforeStart = deliveries
    .slice(0, early)
    .filter(({ index }) => history.events[index]?.kind === "call");
  const afterStart = deliveries.filter((delivery) => !beforeStart.includes(delivery));
  const start = { id, wsId: "WS-1", executor: "claude_code", startedAt: history.startedAt };

  await inTurn(clients, id, history, beforeStart);
  await client.graphql(startExecution, { input: { ...start, startedAt: history.firstStartedAt } });
  await travel(clients, id, history, afterStart);
  const repeated = await client.graphql(startExecution, { input: start });
  expect(repeated.body.data.startExecution.outcome).toBe("DUPLICATE");

  const expected = runAfter(history, id);
  const byRest = await client.get<RestExecution>(`/ws-executions/${id}`);
  const byGraphql = await client.graphql(execution, { id });
  expect(withoutGiven(byRest.body, expected.phases)).toEqual(expected);
  if (!byGraphql.body.data.execution) throw new Error(`no execution: ${JSON.stringify(byGraphql.body)}`);
  expect(restExecutionOf(byGraphql.body.data.execution)).toEqual(byRest.body);
}
