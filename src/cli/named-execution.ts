import { parseUuid, uuidRule } from "../domain/uuid.js";
import type { Surroundings } from "./surroundings.js";
import { UsageError } from "./usage-error.js";

/**
 * The run that `WS_EXECUTION_ID` names; undefined when it is not set.
 * @throws UsageError when it is no UUID
 */
export function namedExecution({ WS_EXECUTION_ID: text }: Surroundings["env"]): string | undefined {
  if (!text) return undefined;
  const id = parseUuid(text);
  if (id === undefined) throw new UsageError(`WS_EXECUTION_ID ${uuidRule}`);
  return id;
}
