import type { BugFix } from "../../domain/bug-fix.js";
import { exportBugFixes } from "../../operations/export.operations.js";
import { presentBugFix } from "../execution.presenter.js";
import { flag, type Parameters } from "../parameters.js";
import { type Columns, type Export, pagedExport } from "./export.js";

const parameters: Parameters = {
  ws_execution_id: { field: "filter.executionId" },
  ws_id: { field: "filter.wsId" },
  wp_id: { field: "filter.wpId" },
  executor: { field: "filter.executor" },
  scope_id: { field: "filter.scopeId" },
  autonomous: { field: "filter.autonomous", read: flag },
  from: { field: "filter.createdFrom" },
  to: { field: "filter.createdTo" },
};

const columns: Columns<BugFix> = {
  id: ({ id }) => id,
  ws_execution_id: ({ executionId }) => executionId,
  scope_id: ({ scopeId }) => scopeId,
  description: ({ description }) => description,
  root_cause: ({ rootCause }) => rootCause,
  test_name: ({ testName }) => testName,
  fix_summary: ({ fixSummary }) => fixSummary,
  files_modified: ({ filesModified }) => JSON.stringify(filesModified),
  autonomous: ({ autonomous }) => autonomous,
  created_at: ({ createdAt }) => createdAt,
};

/** Bug fixes of all runs. */
export const bugFixExport: Export<BugFix> = pagedExport({
  path: "/bug-fixes",
  operation: exportBugFixes,
  parameters,
  exported: "every bug fix that matches",
  columns,
  present: presentBugFix,
});
