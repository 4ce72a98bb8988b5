import type { Client } from "../support/client.js";
import { graphqlPhaseOf, inCamelCase } from "../support/spelling.js";
import type { Door } from "./history.arbitrary.js";
import type { Event } from "./history.js";

type Fields = Readonly<Record<string, unknown>>;

const identity = { wsId: "WS-1", executor: "claude_code" };

/** One event as GraphQL takes it: the mutation, its input, and what to ask of its answer. */
function mutationOf(id: string, event: Event): { readonly field: string; readonly input: Fields } {
  switch (event.kind) {
    case "phase":
      return { field: "recordPhase", input: { ...graphqlPhaseOf({ ...event.phase }), executionId: id } };
    case "bugFix":
      return { field: "recordBugFix", input: { ...inCamelCase(event.bugFix), executionId: id } };
    case "call": {
      const { phase, session, claims, ...call } = event.call;
      const named = {
        ...(phase !== undefined && { phase: phase.toUpperCase() }),
        ...(session !== undefined && { executorSessionId: session }),
        ...(claims && { executionId: id }),
      };
      return { field: "recordLlmCall", input: { ...inCamelCase(call), ...named } };
    }
    case "start":
      return { field: "startExecution", input: { ...identity, ...inCamelCase(event.start), id } };
    case "metrics":
      return { field: "updateExecution", input: { ...inCamelCase(event.metrics), id } };
    case "end":
      return { field: "completeExecution", input: { ...inCamelCase(event.end), id } };
  }
}

function postOf(id: string, event: Exclude<Event, { kind: "call" }>): readonly [string, Fields] {
  switch (event.kind) {
    case "phase":
      return ["/ws-execution", { id, phase: event.phase }];
    case "bugFix":
      return ["/bug-fix", { ws_execution_id: id, ...event.bugFix }];
    case "start":
      return ["/ws-execution", { id, ws_id: identity.wsId, executor: identity.executor, ...event.start }];
    case "metrics":
      return ["/ws-execution", { id, ...event.metrics }];
    case "end":
      return ["/ws-execution", { id, ...event.end }];
  }
}

type Results = Readonly<Record<string, unknown>>;

function outcomeIn(result: unknown, answer: unknown): string {
  const { outcome } = (result ?? {}) as Fields;
  if (typeof outcome === "string") return outcome;
  throw new Error(`The server refused an event: ${JSON.stringify(answer)}`);
}

async function deliverToGraphql(client: Client, id: string, event: Event): Promise<string> {
  const { field, input } = mutationOf(id, event);
  const isCall = event.kind === "call";
  const document = isCall
    ? "mutation ($input: [LlmCallInput!]!) { recordLlmCalls(input: $input) { outcome error { message } } }"
    : `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { outcome } }`;
  const { body } = await client.graphql<Results | null>(document, { input: isCall ? [input] : input });
  const [result] = Object.values(body.data ?? {});
  return outcomeIn(Array.isArray(result) ? result[0] : result, body);
}

async function deliverInBatch(client: Client, id: string, event: Event): Promise<string> {
  const { field, input } = mutationOf(id, event);
  const { body } = await client.graphql<{ recordEvents: readonly unknown[] } | null>(
    "mutation ($events: [EventInput!]!) { recordEvents(events: $events) { outcome error { message } } }",
    { events: [{ [field]: input }] },
  );
  return outcomeIn(body.data?.recordEvents[0], body);
}

/** Tells the server one event of the run `id`, through one of its doors; answers the outcome. REST takes no calls. */
export async function deliver(client: Client, id: string, event: Event, door: Door): Promise<string> {
  if (door === "batch") return deliverInBatch(client, id, event);
  if (door === "graphql" || event.kind === "call") return deliverToGraphql(client, id, event);
  const { body } = await client.post(...postOf(id, event));
  return outcomeIn(body, body);
}
