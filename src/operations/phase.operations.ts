import { recordPhases, storePhases } from "../services/phase.service.js";
import { operation } from "./operation.js";
import { ofWrite } from "./outcomes.js";
import { recordPhaseSchema } from "./phase.schema.js";
import { reporters } from "./roles.js";

/** Opens, closes or appends one phase of a run. */
export const recordPhase = operation({
  name: "recordPhase",
  kind: "write",
  roles: reporters,
  schema: recordPhaseSchema,
  outcomes: ofWrite,
  run: async (work, { executionId, ...event }) => {
    const { execution, outcomes } = await recordPhases(work, executionId, [event]);
    const phase = execution.phases.find(({ eventId }) => eventId === event.eventId);
    const [written] = outcomes;
    if (phase === undefined || written === undefined)
      throw new Error("a recorded phase stands in its document");
    return { outcome: written.outcome, phase, execution };
  },
});

/** A phase as an event of a batch, which writes what its phases show at its end. */
export const storePhase = operation({
  name: "storePhase",
  kind: "write",
  roles: reporters,
  schema: recordPhaseSchema,
  run: async (work, { executionId, ...event }) => {
    const [stored] = await storePhases(work, executionId, [event]);
    return { outcome: stored?.outcome ?? null, executionId };
  },
});
