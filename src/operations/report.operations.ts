import * as reports from "../services/report.service.js";
import { intervals, windows } from "../vocabulary.js";
import { defaults } from "./defaults.js";
import { defaulted, type Fields, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

const rangeShape = (fields: Fields) => ({
  from: optional(fields.instant),
  to: optional(fields.instant),
  timeZone: defaulted(fields.identifier, defaults.timeZone),
});

/** What a dashboard is asked with. */
export const dashboardShape = (fields: Fields) => ({
  ...rangeShape(fields),
  interval: defaulted(word(intervals), defaults.interval),
});

/** Figures of a period, and its trend. */
export const dashboard = operation({
  name: "dashboard",
  kind: "read",
  roles: readers,
  schema: (fields) => record(dashboardShape(fields)),
  run: reports.dashboard,
});

/** What was spent in a range, and on what. */
export const costSummary = operation({
  name: "costSummary",
  kind: "read",
  roles: readers,
  schema: (fields) => record(rangeShape(fields)),
  run: reports.costSummary,
});

/** Figures of a window that ends now. */
export const scoreboard = operation({
  name: "scoreboard",
  kind: "read",
  roles: readers,
  schema: () => record({ window: defaulted(word(windows), defaults.window) }),
  run: (work, { window }) => reports.scoreboard(work, window),
});
