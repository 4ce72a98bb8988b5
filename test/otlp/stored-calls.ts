import type { TestServer } from "../support/server.js";

/** Every stored call with everything that telemetry said of it, and what it was attributed to. */
export const storedCalls = ({ sql }: Pick<TestServer, "sql">) =>
  sql(`
    select source_key, source, claimed_execution_id, ws_execution_id, executor_session_id, provider, model, started_at,
      input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reported_cost_usd
    from llm_calls order by source_key`);
