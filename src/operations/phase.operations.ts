import { recordPhases } from "../services/phase.service.js";
import { operation } from "./operation.js";
import { recordPhaseSchema } from "./phase.schema.js";
import { reporters } from "./roles.js";

/** Opens, closes or appends one phase of a run. */
export const recordPhase = operation({
  name: "recordPhase",
  kind: "write",
  roles: reporters,
  schema: recordPhaseSchema,
  run: async (work, { executionId, ...event }) => {
    const { execution, outcomes } = await recordPhases(work, executionId, [event]);
    const phase = execution.phases.find(({ eventId }) => eventId === event.eventId);
    const [written] = outcomes;
    if (phase === undefined || written === undefined)
      throw new Error("a recorded phase stands in its document");
    return { outcome: written.outcome, phase, execution };
  },
});
