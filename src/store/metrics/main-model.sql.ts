import { sql } from "drizzle-orm";

/**
 * The model on which most of the known cost of the run `runs` was spent, ties by number of calls, then by name; where no
 * call has a cost, the model that the run reported.
 */
export const mainModel = sql`coalesce(
  (
    select calls.model
    from llm_calls as calls
    where calls.ws_execution_id = runs.id and calls.cost_usd is not null
    group by calls.model
    order by sum(calls.cost_usd) desc, count(*) desc, calls.model collate "C"
    limit 1
  ),
  runs.llm_model)`;
