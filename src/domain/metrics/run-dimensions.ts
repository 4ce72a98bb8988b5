import type { DimensionDefinition } from "./definition.js";

/** What every fact of a run can be told apart by: the run itself, its phases, bug fixes and calls. */
export const runDimensions = {
  ws_id: { definition: "The Work Statement of the run." },
  wp_id: { definition: "The Work Package of the run.", nullMeans: "its run belongs to no Work Package" },
  scope_id: { definition: "The scope of the run.", nullMeans: "its run has no scope" },
  executor: { definition: "Who works on the run." },
  status: { definition: "Where the run stands now." },
} as const satisfies Readonly<Record<string, DimensionDefinition>>;
