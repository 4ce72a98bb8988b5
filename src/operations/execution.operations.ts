import { randomUUID } from "node:crypto";
import type { ExecutionCost } from "../domain/cost.js";
import * as executions from "../services/execution.service.js";
import { completeSchema, startSchema, updateSchema } from "./execution.schema.js";
import { record } from "./fields.schema.js";
import type { Joint } from "./gathering.js";
import { operation } from "./operation.js";
import { ofWrite } from "./outcomes.js";
import { reporters, reportersAndReaders } from "./roles.js";

/** Starts a run; without an id the server makes one. */
export const startExecution = operation({
  name: "startExecution",
  kind: "write",
  roles: reporters,
  schema: startSchema,
  outcomes: ofWrite,
  run: (work, { id = randomUUID(), wsId, executor, ...change }) =>
    executions.startExecution(work, id, { wsId, executor }, change),
});

/** Changes what a run's executor reports about it. */
export const updateExecution = operation({
  name: "updateExecution",
  kind: "write",
  roles: reporters,
  schema: updateSchema,
  outcomes: ofWrite,
  run: (work, { id, ...change }) => executions.updateExecution(work, id, change),
});

/** Ends a run. */
export const completeExecution = operation({
  name: "completeExecution",
  kind: "write",
  roles: reporters,
  schema: completeSchema,
  outcomes: ofWrite,
  run: (work, { id, ...change }) => executions.updateExecution(work, id, change),
});

/** One run by its id; `NOT_FOUND` when there is none. */
export const execution = operation({
  name: "execution",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ id: fields.uuid }),
  run: (work, { id }) => executions.executionById(work, id),
});

/** The runs that bug fixes belong to; asked for by a page of them at once. */
export const executionsOf = operation({
  name: "executionsOf",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ ids: fields.uuid.array() }),
  run: (work, { ids }) => executions.executionsById(work, ids),
});

/** On what runs that were read spent their cost; asked for by a page of them at once. */
export const executionCostBreakdowns = operation({
  name: "executionCostBreakdowns",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ executionIds: fields.uuid.array() }),
  run: (work, { executionIds }) => executions.costBreakdownsOf(work, executionIds),
});

/** The cost of runs of several requests. */
const costsOfRuns: Joint<string, ExecutionCost> = {
  kind: "read",
  run: async (work, ids) => {
    const costs = await executions.costsOf(work, [...new Set(ids)]);
    return ids.map((id) => costs.get(id));
  },
};

/** The cost of runs that were read; asked for by a page of them at once. */
export const executionCosts = operation({
  name: "executionCosts",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ executionIds: fields.uuid.array() }),
  run: (work, { executionIds }) => executions.costsOf(work, executionIds),
  gather: (gather, { executionIds: [id, ...others] }) => {
    if (id === undefined || others.length > 0) return undefined;
    return gather(costsOfRuns, id).then((cost) => cost && new Map([[id, cost]]));
  },
});
