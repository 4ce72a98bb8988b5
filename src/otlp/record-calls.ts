import type { ItemError } from "../domain/batch.js";
import { uuidRule } from "../domain/uuid.js";
import type { recordTelemetry } from "../operations/llm-call.operations.js";
import type { Perform } from "../operations/perform.js";
import type { ToldCall } from "./mappers/mapper.js";

/** A call that telemetry tells of. */
export interface FoundCall {
  /** Where in the request it is told of. */
  readonly path: string;
  readonly call: ToldCall & { readonly executionId: string | undefined };
  /** Whether a `ws_execution_id` was passed over because it is no UUID. */
  readonly hasBadId: boolean;
}

/** What of a request was not taken as it was meant. */
export interface PartialSuccess {
  /** How many records tell of a call that cannot be kept; sending them again would not help. */
  readonly rejected: number;
  readonly message: string;
}

/** More would tell the reader nothing new. */
const maxSentences = 10;

/**
 * Records calls, all in one transaction; those that break a rule are left out. Answers undefined when all is well.
 * @throws what `perform` throws; then none is recorded
 */
export async function recordCalls(
  perform: Perform,
  operation: typeof recordTelemetry,
  found: readonly FoundCall[],
): Promise<PartialSuccess | undefined> {
  if (found.length === 0) return undefined;
  const results = await perform(operation, { input: found.map(({ call }) => call) });
  const rejections: string[] = [];
  const warnings: string[] = [];
  for (const [index, { path, hasBadId }] of found.entries()) {
    const error = results[index]?.error ?? null;
    if (error !== null) rejections.push(`${path}: ${reasonOf(error)}`);
    else if (hasBadId) warnings.push(`${path}: ws_execution_id ${uuidRule}; the call is kept without it`);
  }
  const sentences = [...rejections, ...warnings];
  if (sentences.length === 0) return undefined;
  const more = sentences.length - maxSentences;
  const shown = sentences.slice(0, maxSentences);
  return {
    rejected: rejections.length,
    message: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; "),
  };
}

/** The broken rules of a call, each after the field it is about. */
function reasonOf({ errors }: ItemError): string {
  return errors.map(({ path, message }) => `${path.replace(/^input\.\d+\./, "")} ${message}`).join(", ");
}
