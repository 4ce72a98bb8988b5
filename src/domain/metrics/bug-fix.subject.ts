import type { SubjectDefinition } from "./definition.js";
import { runDimensions } from "./run-dimensions.js";

/** Bug fixes, by when they were recorded. */
export const bugFixSubject = {
  definition: "Bugs that were found and fixed during runs.",
  clock: "createdAt of the bug fix",
  dimensions: {
    ...runDimensions,
    autonomous: { definition: "Whether it was fixed without a human." },
  },
  measures: {
    count: { kind: "count", unit: "{bug fix}", definition: "Bug fixes.", formula: "count of bug fixes" },
    execution_count: {
      kind: "count",
      unit: "{run}",
      definition: "Different runs among the bug fixes.",
      formula: "count of distinct executionId",
    },
    autonomous_rate: {
      kind: "ratio",
      unit: "1",
      definition: "The fraction that was fixed without a human.",
      formula: "bug fixes where autonomous / bug fixes",
      nullMeans: "there are no bug fixes",
    },
    files_modified: {
      kind: "value",
      unit: "{file}",
      definition: "Files that the fix changed.",
      formula: "length of filesModified",
    },
  },
} as const satisfies SubjectDefinition;
