import { sql } from "drizzle-orm";

/** The dimensions of the runs of facts. */
export const runDimensions = {
  ws_id: sql`runs.ws_id`,
  wp_id: sql`runs.wp_id`,
  scope_id: sql`runs.scope_id`,
  executor: sql`runs.executor`,
  status: sql`runs.status`,
};
