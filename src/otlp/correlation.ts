import { parseUuid } from "../domain/uuid.js";
import type { Sent } from "./signal.js";

/** The execution that telemetry says it belongs to. */
interface Claim {
  readonly executionId: string | undefined;
  /** Whether a nearer `ws_execution_id` is there that is no UUID, and was passed over. */
  readonly hasBadId: boolean;
}

/** The claim of a record: its own `ws_execution_id`, else that of its resource; without one its session decides. */
export function claimOf({ attributes, origin }: Sent<object>): Claim {
  let hasBadId = false;
  for (const level of [attributes, origin.resource]) {
    const sent = level.get("ws_execution_id");
    if (sent === undefined) continue;
    const executionId = parseUuid(String(sent));
    if (executionId !== undefined) return { executionId, hasBadId };
    hasBadId = true;
  }
  return { executionId: undefined, hasBadId };
}
