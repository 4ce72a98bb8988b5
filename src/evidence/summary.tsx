import type { ComponentChildren } from "preact";
import type { Evidence } from "../domain/evidence.js";
import { Chapter } from "./chapter.js";
import { count, counted, dollars, duration, none, percentage } from "./figures.js";
import { column, Table } from "./table.js";

/** What all runs of the selection come to. */
export function Summary({ evidence: { totals, byStatus } }: { readonly evidence: Evidence }) {
  const byHand = totals.bugFixes - totals.autonomousBugFixes;
  return (
    <section>
      <Chapter id="summary" />
      <dl class="figures">
        <Figure name="Runs" note={`of ${counted(totals.workStatements, "Work Statement")}`}>
          {count(totals.runs)}
        </Figure>
        <Figure
          name="Completed"
          note={`${percentage(totals.successRate)} of all runs, ${percentage(totals.settledSuccessRate)} of those that ended`}
        >
          {count(totals.completed)}
        </Figure>
        <Figure
          name="Passed at the first try"
          note={`${percentage(totals.firstPassRate)} of the completed; ${counted(totals.reworkCycles, "rework cycle")} in all runs`}
        >
          {count(totals.firstPass)}
        </Figure>
        <Figure
          name="Duration of a completed run"
          note={`on average; median ${duration(totals.medianDurationSeconds)}, 95th percentile ${duration(totals.p95DurationSeconds)}`}
        >
          {duration(totals.averageDurationSeconds)}
        </Figure>
        <Figure
          name="Tests written"
          note={`${count(totals.testsPassing)} passing, ${count(totals.testsFailing)} failing, ${count(totals.testsSkipped)} skipped at the end of their runs`}
        >
          {count(totals.testsWritten)}
        </Figure>
        <Figure
          name="Bugs fixed"
          note={`${count(totals.autonomousBugFixes)} without a human, ${count(byHand)} with one`}
        >
          {count(totals.bugFixes)}
        </Figure>
        <Figure
          name="LLM cost"
          note={`known of ${percentage(totals.costCoverage)} of the runs; where it is unknown it is not in the sum`}
        >
          {dollars(totals.costUsd)}
        </Figure>
        <Figure name="Cost per completed run" note="all known cost, that of failed runs included">
          {dollars(totals.costPerCompletedUsd)}
        </Figure>
        <Figure name="Files" note="created, changed or deleted, counted in each run">
          {count(totals.filesTouched)}
        </Figure>
      </dl>
      <Table
        caption="Runs by status"
        columns={[column.text("Status"), column.text("Which means"), column.number("Runs")]}
        rows={byStatus.map(({ status, runs }) => [<code>{status}</code>, meanings[status], count(runs)])}
        sums={[["All runs", none, count(totals.runs)]]}
      />
    </section>
  );
}

const meanings = {
  STARTED: "in progress",
  COMPLETED: "done",
  FAILED: "ended without success",
  HARD_STOP: "ended by force",
  BLOCKED: "in progress, and waiting for something",
} as const;

interface FigureParts {
  readonly name: string;
  readonly note: string;
  readonly children: ComponentChildren;
}

function Figure({ name, note, children }: FigureParts) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        <small>{note}</small>
      </dd>
    </div>
  );
}
