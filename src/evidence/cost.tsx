import type { Evidence } from "../domain/evidence.js";
import { restUsd } from "../domain/usd.js";
import type { CostSource } from "../vocabulary.js";
import { Chapter } from "./chapter.js";
import { count, dollars, duration, none, percentage } from "./figures.js";
import { column, Table } from "./table.js";
import { Told } from "./told.js";

/** What the authorities mean on which the cost of a run stands. */
const sources: Readonly<Record<CostSource, string>> = {
  LLM_LOG: "the recorded LLM calls of the run",
  EXECUTOR_REPORTED: "what the executor said that the run cost",
  PRICED: "estimated from the tokens that the executor reported",
  NONE: "nothing tells what the run cost",
};

/** What the runs cost: on whose authority, in which phases, with which models. Each table comes to the same sum. */
export function Cost({ evidence }: { readonly evidence: Evidence }) {
  return (
    <section>
      <Chapter id="cost" />
      <p>
        Exactly one source counts for each run, and none is added to another. Every table below comes to the
        same sum.
      </p>
      <BySource {...evidence} />
      <ByPhase {...evidence} />
      <ByModel {...evidence} />
    </section>
  );
}

const all = "All runs";

function BySource({ bySource, totals }: Evidence) {
  return (
    <Table
      caption="Cost by its source"
      columns={[column.text("Source"), column.text("Which is"), column.number("Runs"), column.number("Cost")]}
      rows={bySource.map(({ source, runs, costUsd }) => [
        <code>{source}</code>,
        sources[source],
        count(runs),
        runs === 0 ? dollars(0) : dollars(costUsd),
      ])}
      sums={[[all, none, count(totals.runs), dollars(totals.costUsd)]]}
    />
  );
}

function ByPhase({ byPhase, totals }: Evidence) {
  const inNone = restUsd(
    totals.costUsd,
    byPhase.map(({ costUsd }) => costUsd),
  );
  const phases = byPhase.reduce((sum, row) => sum + row.phases, 0);
  return (
    <Table
      caption="Time and cost by phase"
      columns={[
        column.text("Phase"),
        column.number("Phases"),
        column.number("Runs"),
        column.number("Time"),
        column.number("Passed"),
        column.number("Cost"),
      ]}
      rows={byPhase.map(({ name, phases, runs, durationSeconds, passRate, costUsd }) => [
        <code>{name}</code>,
        count(phases),
        count(runs),
        duration(durationSeconds),
        percentage(passRate),
        dollars(costUsd),
      ])}
      sums={[
        ["In no phase", none, none, none, none, dollars(inNone)],
        [all, count(phases), count(totals.runs), none, none, dollars(totals.costUsd)],
      ]}
    />
  );
}

function ByModel({ byModel, totals }: Evidence) {
  const withoutCalls = restUsd(
    totals.costUsd,
    byModel.map(({ costUsd }) => costUsd),
  );
  return (
    <Table
      caption="LLM calls of the runs, by model"
      columns={[
        column.text("Model"),
        column.number("Calls"),
        column.number("Without a known price"),
        column.number("Cost"),
      ]}
      rows={byModel.map(({ model, calls, unpricedCalls, costUsd }) => [
        model === null ? "All other models" : <Told>{model}</Told>,
        count(calls),
        count(unpricedCalls),
        dollars(costUsd),
      ])}
      sums={[
        ["Runs without priced calls", none, none, dollars(withoutCalls)],
        [all, count(totals.llmCalls), count(totals.unpricedCalls), dollars(totals.costUsd)],
      ]}
    />
  );
}
