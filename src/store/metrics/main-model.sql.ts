import { sql } from "drizzle-orm";

/**
 * The model on which most of the known cost of the run `runs` was spent, ties by number of calls, then by name; of a
 * run without calls the model it reported.
 */
export const mainModel = sql`coalesce(
  (
    select calls.model
    from llm_calls as calls
    where calls.ws_execution_id = runs.id
    group by calls.model
    order by sum(calls.cost_usd) desc nulls last, count(*) desc, calls.model collate "C"
    limit 1
  ),
  runs.llm_model)`;
