import type { ExecutionCost } from "../domain/cost.js";
import type { CostSource } from "../vocabulary.js";
import { count, counted, dollars, none, percentage } from "./figures.js";
import { column, type Row, Table } from "./table.js";

/** What a run cost, by everything that says so, and which of it counts. */
export function RunCost({ cost }: { readonly cost: ExecutionCost }) {
  const row = (name: string, source: CostSource, usd: number | null): Row => [
    name,
    <code>{source}</code>,
    cost.source === source ? "yes" : "no",
    dollars(usd),
  ];
  return (
    <>
      <Table
        caption="What the run cost, by who says so"
        columns={[
          column.text("Told by"),
          column.text("Source"),
          column.text("Counts"),
          column.number("Cost"),
        ]}
        rows={[
          row("Its LLM calls", "LLM_LOG", cost.loggedUsd),
          row("Its executor", "EXECUTOR_REPORTED", cost.reportedUsd),
          row("An estimate from its tokens", "PRICED", cost.estimatedUsd),
        ]}
        sums={[
          ["The run", <code>{cost.source}</code>, none, dollars(cost.totalUsd)],
          ["Calls less executor", none, none, dollars(cost.differenceUsd)],
          ["In no phase", none, none, dollars(cost.unattributedToPhaseUsd)],
        ]}
      />
      <p>{callsInWords(cost)}</p>
    </>
  );
}

function callsInWords({ callCount, unpricedCallCount, coverage, totalUsd }: ExecutionCost): string {
  const nothing = totalUsd === null ? " What the run cost is unknown." : "";
  if (callCount === 0) return `No LLM call of the run is recorded.${nothing}`;
  const calls = `${counted(callCount, "LLM call")} of the run ${callCount === 1 ? "is" : "are"} recorded`;
  if (unpricedCallCount === 0) return `${calls}, and the cost of every one is known.`;
  const known = `the cost of ${percentage(coverage)} of them is known`;
  return `${calls}; ${known}, that of ${count(unpricedCallCount)} is not, and is in no sum.${nothing}`;
}
