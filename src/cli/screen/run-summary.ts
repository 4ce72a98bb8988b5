import type { ExecutionQuery } from "../../client/client.js";
import { bar } from "../../screen/bars.js";
import { count, dollars, duration, percentage } from "../../screen/figures.js";
import type { Screen } from "../../screen/screen.js";
import { fitted } from "../../screen/text.js";
import { harmless } from "../harmless.js";
import { table } from "./table.js";

/** A run as `executionDocument` shows it. */
export type ShownRun = NonNullable<ExecutionQuery["execution"]>;

interface PhaseRow {
  readonly name: string;
  readonly seconds: number | null;
  readonly result: string;
  readonly usd: number | null;
  readonly share: number;
}

/** What a run cost, phase by phase, in a few lines. */
export function runSummary(run: ShownRun, { columns, paint }: Screen): string {
  const { cost } = run;
  const head = [
    paint("bold", harmless(run.wsId)),
    paint(run.status === "COMPLETED" ? "green" : "red", run.status),
    duration(run.durationSeconds),
    paint("bold", dollars(cost.totalUsd)),
    `${count(cost.callCount)} calls`,
    ...(cost.unpricedCallCount > 0 ? [paint("yellow", `${count(cost.unpricedCallCount)} unpriced`)] : []),
    ...(cost.coverage !== null && cost.coverage < 1 ? [`${percentage(cost.coverage)} known`] : []),
  ].join("  ");
  const rows = phaseRows(run);
  return [fitted(head, columns), ...(rows.length > 0 ? phaseLines(rows, columns) : [])].join("\n");
}

/** A line for each phase, and one for what belongs to none. */
export function phaseLines(rows: readonly PhaseRow[], columns: number): readonly string[] {
  return table<PhaseRow>(
    [
      { title: "phase", cell: ({ name }) => name },
      { title: "", cell: ({ share }, width) => bar(share, width), grows: true, from: 60 },
      { title: "cost", cell: ({ usd }) => dollars(usd), align: "right" },
      { title: "time", cell: ({ seconds }) => duration(seconds), align: "right" },
      { title: "result", cell: ({ result }) => result, from: 50 },
    ],
    rows,
    columns,
  );
}

/** The phases of a run with their share of the dearest one. */
export function phaseRows({ phases, cost }: ShownRun): readonly PhaseRow[] {
  const elsewhere = cost.unattributedToPhaseUsd;
  const dearest = Math.max(...phases.map(({ costUsd }) => costUsd ?? 0), elsewhere ?? 0, 0);
  const share = (usd: number | null | undefined) => (dearest > 0 ? (usd ?? 0) / dearest : 0);
  const rows = phases.map((phase) => ({
    name: phase.name.toLowerCase(),
    seconds: phase.durationSeconds ?? null,
    result: phase.result?.toLowerCase() ?? (phase.completedAt ? "" : "open"),
    usd: phase.costUsd ?? null,
    share: share(phase.costUsd),
  }));
  if (!elsewhere && rows.length > 0) return rows;
  return [
    ...rows,
    { name: "outside phases", seconds: null, result: "", usd: elsewhere ?? null, share: share(elsewhere) },
  ];
}
