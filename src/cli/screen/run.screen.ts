import { count, dollars, duration, minute, percentage } from "../../screen/figures.js";
import type { Screen } from "../../screen/screen.js";
import { fitted } from "../../screen/text.js";
import { harmless } from "../harmless.js";
import { phaseLines, phaseRows, type ShownRun } from "./run-summary.js";

/** Everything that is recorded of one run. */
export function runScreen(run: ShownRun, screen: Screen): string {
  const { columns, paint } = screen;
  const { cost, testMetrics, fileMetrics } = run;
  const known =
    cost.callCount > 0 ? `, ${percentage(cost.coverage)} of ${count(cost.callCount)} calls priced` : "";
  const files = `${fileMetrics.created.length} created, ${fileMetrics.modified.length} modified, ${fileMetrics.deleted.length} deleted`;
  const tests = `${count(testMetrics.written)} written, ${count(testMetrics.passing)} passing, ${count(testMetrics.failing)} failing, ${count(testMetrics.skipped)} skipped`;
  const lines = [
    `${paint("bold", harmless(run.wsId))}${run.wpId ? ` of ${harmless(run.wpId)}` : ""}  ${paint(run.status === "COMPLETED" ? "green" : "yellow", run.status)}  by ${harmless(run.executor)}`,
    run.id,
    "",
    `started   ${minute(run.startedAt)} UTC${run.completedAt ? `, ended ${minute(run.completedAt)} UTC, ${duration(run.durationSeconds)}` : ", not ended"}`,
    `cost      ${paint("bold", dollars(cost.totalUsd))} (${sources[cost.source]}${known})`,
    `rework    ${count(run.reworkCycles)}`,
    `tests     ${tests}`,
    `files     ${files}`,
    "",
    ...phaseLines(phaseRows(run), columns),
    ...(run.bugFixes.length > 0 ? ["", "bug fixes", ...run.bugFixes.map(bugFixLine)] : []),
  ];
  return lines.map((line) => fitted(line, columns)).join("\n");
}

const sources: Readonly<Record<ShownRun["cost"]["source"], string>> = {
  LLM_LOG: "from its calls",
  EXECUTOR_REPORTED: "as its executor reported",
  PRICED: "its tokens at their price",
  NONE: "not known",
};

const bugFixLine = ({ description, autonomous, testName }: ShownRun["bugFixes"][number]) =>
  `  ${autonomous ? "autonomous" : "with a human"}  ${harmless(description)} (${harmless(testName)})`;
