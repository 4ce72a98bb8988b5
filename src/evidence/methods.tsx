import { listedRuns } from "../domain/evidence.js";
import { type MetricMeasure, measureOf } from "../domain/metrics/catalogue.js";
import type { MetricSubject } from "../vocabulary.js";
import { listedBugFixes } from "./bug-fixes.js";
import { Chapter } from "./chapter.js";
import { count } from "./figures.js";
import { listedPaths } from "./paths.js";
import { listedPhases } from "./run-phases.js";
import { column, type Row, Table } from "./table.js";

/** The figures of the report, by the names they have in it, as the product defines them everywhere. */
const figures: readonly (readonly [name: string, of: MetricSubject, measure: MetricMeasure])[] = [
  ["Completed", "executions", "completed_count"],
  ["Share of all runs", "executions", "success_rate"],
  ["Share of those that ended", "executions", "settled_success_rate"],
  ["Passed at the first try", "executions", "first_pass_count"],
  ["Its share of the completed", "executions", "first_pass_rate"],
  ["Duration of a run", "executions", "duration_seconds"],
  ["Rework cycles", "executions", "rework_cycles"],
  ["Bugs fixed", "executions", "bug_fixes"],
  ["Files", "executions", "files_touched"],
  ["Duration of a phase", "phases", "duration_seconds"],
  ["Passed, of phases", "phases", "pass_rate"],
  ["Cost of a call", "llm_calls", "cost_usd"],
  ["Cost of a run", "executions", "cost_usd"],
  ["Cost of a phase", "phases", "cost_usd"],
  ["Share of runs with a known cost", "executions", "cost_coverage"],
  ["Cost per completed run", "executions", "cost_per_completed_usd"],
];

/** How each figure comes about, and what the report leaves out. */
export function Methods() {
  return (
    <section>
      <Chapter id="methods" />
      <p>
        A run is in the report when it started in the range, the first instant included and the last one not;
        its phases, bug fixes and LLM calls count with it, whenever they happened. Everything was read as of
        one moment. Money is added as decimals to the micro-dollar, never in floating point: the phases of a
        run and what is in no phase come to the run, and the runs to the total.
      </p>
      <p>
        <code>written</code>, <code>passing</code> and <code>failing</code> tests are what the executor
        reported of the run; what it did not report is made of its phases: written is their sum, passing and
        failing are those of the last <code>verify</code>.
      </p>
      <Table
        caption="Formulas"
        columns={[
          column.text("Figure"),
          column.text("What it says"),
          column.text("Formula"),
          column.text("Unknown when"),
        ]}
        rows={figures.map(rowOf)}
      />
      <p>
        At most {count(listedRuns)} runs are told in full, of each at most {count(listedPhases)} phases and{" "}
        {count(listedBugFixes)} bug fixes, and of each list at most {count(listedPaths)} files; the sums are
        of all there are. Characters that would not be seen and could mislead, such as those that turn the
        direction of text around, are shown by their code.
      </p>
    </section>
  );
}

function rowOf([name, of, measure]: (typeof figures)[number]): Row {
  const definition = measureOf(of, measure);
  if (definition === undefined) throw new Error(`nobody defined ${measure} of ${of}`);
  return [name, definition.definition, definition.formula, definition.nullMeans ?? "never"];
}
