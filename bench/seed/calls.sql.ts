import { among, type Draw, drawn, weighted } from "./draws.sql.js";
import { callsPerRun, type SeedPlan } from "./seed-plan.js";

/** The last one is nobody's price list's: its calls cost nothing that is known. */
const models = [
  ["'claude-sonnet-4-5'", 50],
  ["'claude-haiku-4-5'", 20],
  ["'claude-opus-4-1'", 15],
  ["'gpt-5-codex'", 10],
  ["'house-model'", 5],
] as const;
const documentTypes = ["work_statement", "plan", "code", "test", "review", "report"];
/** Whom calls name: their run, the session it is bound to, nobody, or a run that never came. */
const owners = [
  ["'run'", 90],
  ["case when has_session then 'session' else 'run' end", 5],
  ["'nobody'", 4],
  ["'missing'", 1],
] as const;

/** The common table expression `calls`: the LLM calls of the runs in `phases`, each within one of its run's phases. */
export function callsOf({ seed, until }: SeedPlan): string {
  const perCall = (what: Draw) => drawn(seed, "call", what);
  const perPhase = (what: Draw) => drawn(seed, "run * 10 + sequence", what);
  return `
    calls as materialized (
      select *,
        case when model <> 'house-model'
          then round((0.002 + input_tokens * 3e-6 + cache_read_tokens * 3e-7 + output_tokens * 1.5e-5)::numeric, 6)
          end as cost_usd
      from (
        select run, id, began_at, name, call,
          began_at + ${perCall("moment")} * (least(ended_at, timestamptz '${until.toISOString()}') - began_at) as called_at,
          ${weighted(perCall("owner"), owners)} as owner,
          case when ${perCall("phase of call")} < 0.65 then name end as phase_name,
          case when ${perCall("document")} < 0.9 then ${among(perCall("call"), documentTypes)} end as document_type,
          ${weighted(perCall("model"), models)} as model,
          floor(${perCall("tokens")} * 4000)::integer as input_tokens,
          floor(${perCall("cache")} * 90000)::integer as cache_read_tokens,
          floor(${perCall("call")} ^ 2 * 6000)::integer as output_tokens
        from (
          select phases.*, run * 1000 + sequence * 100 + number as call
          from phases, generate_series(1, round(${2 * callsPerRun} * ${perPhase("calls")} / phase_count)::integer) as number
        ) as numbered
      ) as drawn
    )`;
}

/** Stores `calls`. */
export function storedCalls(seed: number): string {
  return `
    insert into llm_calls (source_key, source, claimed_execution_id, ws_execution_id, executor_session_id, phase_name,
      document_type, provider, model, started_at, input_tokens, cache_read_tokens, cache_write_5m_tokens,
      cache_write_1h_tokens, output_tokens, reported_cost_usd, created_at)
    select 'req_' || md5('call-${seed}-' || call), case when call % 4 = 0 then 'api' else 'otlp' end,
      case owner when 'run' then id when 'missing' then md5('missing-${seed}-' || run)::uuid end,
      case when owner in ('run', 'session') then id end,
      case when owner = 'session' then 'session-${seed}-' || run end,
      phase_name, document_type, case when model like 'claude%' then 'anthropic' when model like 'gpt%' then 'openai' end,
      model, called_at, input_tokens, cache_read_tokens, 0, 0, output_tokens, cost_usd, called_at
    from calls`;
}

/** The sums of its calls that a run keeps, by `run`. */
export const loggedSums = `
    select run, count(*) as calls, count(*) filter (where cost_usd is null) as unpriced, sum(cost_usd) as cost_usd
    from calls where owner in ('run', 'session') group by run`;
