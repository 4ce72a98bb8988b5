import { z } from "zod";
import type { LlmCallResult } from "../domain/batch.js";
import type { NewLlmCall } from "../domain/llm-call.js";
import * as calls from "../services/llm-call.service.js";
import type { UnitOfWork } from "../services/unit-of-work.js";
import type { CallSource } from "../vocabulary.js";
import { itemOf } from "./batch-item.js";
import { record } from "./fields.schema.js";
import { llmCallSchema } from "./llm-call.schema.js";
import { operation, type Parser } from "./operation.js";
import { ofItems } from "./outcomes.js";
import { reporters } from "./roles.js";

/** Records one call; the item of a batch. */
export const recordLlmCall = operation<NewLlmCall, LlmCallResult>({
  name: "recordLlmCall",
  kind: "write",
  roles: reporters,
  schema: llmCallSchema,
  run: async (work, call) => {
    const [outcome = null] = await calls.recordLlmCalls(work, "api", [call]);
    return { sourceKey: call.sourceKey, outcome, error: null };
  },
});

const sentCall = z.looseObject({ sourceKey: z.string() });

/** Records many calls; each that breaks a rule answers for itself. */
export const recordLlmCalls = operation({
  name: "recordLlmCalls",
  kind: "write",
  roles: reporters,
  schema: (fields) => record({ input: fields.batch(sentCall) }),
  events: ({ input }) => input.length,
  outcomes: ofItems,
  run: (work, { input }, parser) => recordEach(work, "api", input, parser),
});

/** Records the calls that telemetry tells of, however many; each that breaks a rule answers for itself. */
export const recordTelemetry = operation({
  name: "recordTelemetry",
  kind: "write",
  roles: reporters,
  schema: () => record({ input: z.array(sentCall) }),
  events: ({ input }) => input.length,
  outcomes: ofItems,
  run: (work, { input }, parser) => recordEach(work, "otlp", input, parser),
});

async function recordEach(
  work: UnitOfWork,
  source: CallSource,
  input: readonly z.infer<typeof sentCall>[],
  parser: Parser,
): Promise<readonly LlmCallResult[]> {
  const items = input.map((call, index) =>
    itemOf(() => parser.parse(recordLlmCall, call, `input.${index}`, work.now)),
  );
  const outcomes = await calls.recordLlmCalls(
    work,
    source,
    items.flatMap((item) => item.value ?? []),
  );
  const remaining = outcomes.values();
  return input.map(({ sourceKey }, index) => {
    const error = items[index]?.error ?? null;
    return { sourceKey, outcome: error === null ? (remaining.next().value ?? null) : null, error };
  });
}
