import { sql } from "drizzle-orm";
import type { Facts } from "./facts.js";
import { ratio } from "./ratio.sql.js";
import { runDimensions } from "./run-dimensions.sql.js";

/** Bug fixes. */
export const bugFixFacts: Facts<"bug_fixes"> = {
  from: sql`ws_bug_fixes as fixes left join ws_executions as runs on runs.id = fixes.ws_execution_id`,
  clock: sql`fixes.created_at`,
  dimensions: { ...runDimensions, autonomous: sql`fixes.autonomous` },
  measures: {
    count: (of) => of.count(),
    execution_count: (of) => of.whole(sql`count(distinct fixes.ws_execution_id)`),
    autonomous_rate: (of) => ratio(of.count(sql`fixes.autonomous`), of.count()),
    files_modified: sql`jsonb_array_length(fixes.files_modified)`,
  },
};
