import { type SQL, sql } from "drizzle-orm";

/**
 * The model whose calls made most of the cost of a run, ties and no cost by number of calls, then by name; of a run
 * without calls the model that it reported. Each run is looked up, however many there are.
 * @param run the name that `ws_executions` has in the statement
 */
export function mainModel(run: "run" | "runs"): SQL {
  const column = (name: string) => sql`${sql.identifier(run)}.${sql.identifier(name)}`;
  return sql`coalesce(
    case when ${column("logged_call_count")} > 0 then (
      select call.model
      from llm_calls as call
      where call.ws_execution_id = ${column("id")}
      group by call.model
      order by coalesce(sum(call.cost_usd), 0) desc, count(*) desc, call.model collate "C"
      limit 1
    ) end,
    ${column("llm_model")})`;
}
