import * as comparisons from "../services/comparison.service.js";
import { windows } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { dashboardShape } from "./report.operations.js";
import { readers, reportersAndReaders } from "./roles.js";

const rangeShape = (fields: Fields) => ({ from: optional(fields.instant), to: fields.instant });
const rangeOf = ({ from, to }: { readonly from?: Date | undefined; readonly to: Date }) => ({
  from: from ?? null,
  to,
});

/** The figures of the window right before that of a scoreboard; null where there is none. */
export const previousWindow = operation({
  name: "previousWindow",
  kind: "read",
  roles: readers,
  schema: (fields) => record(rangeShape(fields)),
  run: (work, range) => comparisons.previousWindow(work, rangeOf(range)),
});

/** The figures of the period right before that of a dashboard; null where there is none. */
export const previousPeriod = operation({
  name: "previousPeriod",
  kind: "read",
  roles: readers,
  schema: (fields) => record(rangeShape(fields)),
  run: (work, range) => comparisons.previousPeriod(work, rangeOf(range)),
});

/** A scoreboard beside that of the window before. */
export const comparedScoreboard = operation({
  name: "comparedScoreboard",
  kind: "read",
  roles: readers,
  schema: () => record({ window: defaulted(word(windows), defaults.window), compare: word(["previous"]) }),
  run: (work, { window }) => comparisons.comparedScoreboard(work, window),
});

/** A dashboard beside the figures of the period before. */
export const comparedDashboard = operation({
  name: "comparedDashboard",
  kind: "read",
  roles: readers,
  schema: (fields) => record({ ...dashboardShape(fields), compare: word(["previous"]) }),
  run: (work, { compare: _, ...question }) => comparisons.comparedDashboard(work, question),
});

/** The figures of the runs of a range, by what they have in common. */
export const figuresBy = operation({
  name: "figuresBy",
  kind: "read",
  isAnalysis: true,
  roles: readers,
  schema: (fields) =>
    record({
      ...rangeShape(fields),
      by: word(["executor", "model", "wp"]),
      first: fields.pageSize(defaults.rows),
    }),
  run: (work, { by, first, ...range }) => comparisons.figuresBy(work, { range: rangeOf(range), by, first }),
});

/** The runs of a range that nothing was heard of for long. */
export const silentRuns = operation({
  name: "silentRuns",
  kind: "read",
  isAnalysis: true,
  roles: readers,
  schema: (fields) =>
    record({
      ...rangeShape(fields),
      silentAfterHours: defaulted(fields.hours, defaults.silentAfterHours),
    }),
  run: (work, { silentAfterHours, ...range }) =>
    comparisons.silentRuns(work, rangeOf(range), silentAfterHours),
});

/** When runs that were read were last heard of; asked for by a page of them at once. */
export const lastSignsOfLife = operation({
  name: "lastSignsOfLife",
  kind: "read",
  roles: reportersAndReaders,
  schema: (fields) => record({ executionIds: fields.uuid.array() }),
  run: (work, { executionIds }) => comparisons.lastSignsOfLife(work, executionIds),
});
