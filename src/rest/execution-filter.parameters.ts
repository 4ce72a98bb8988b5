import { type Parameters, repeatable } from "./parameters.js";

/** Which runs are asked for. */
export const executionFilterParameters: Parameters = {
  wp_id: { field: "filter.wpId" },
  ws_id: { field: "filter.wsId" },
  executor: { field: "filter.executor" },
  scope_id: { field: "filter.scopeId" },
  status: { field: "filter.status", read: repeatable },
  from: { field: "filter.startedFrom" },
  to: { field: "filter.startedTo" },
};
