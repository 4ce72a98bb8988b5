-- The SQL that the repositories send, made by `npm run generate` to be reviewed as text.

-- executions.insert
insert into
  "ws_executions" (
    "id",
    "ws_id",
    "wp_id",
    "scope_id",
    "executor",
    "status",
    "started_at",
    "completed_at",
    "phase_metrics",
    "reported_test_metrics",
    "derived_test_metrics",
    "file_metrics",
    "reported_rework_cycles",
    "derived_rework_cycles",
    "llm_calls",
    "llm_tokens_in",
    "llm_tokens_out",
    "llm_cost_usd",
    "llm_model",
    "estimated_cost_usd",
    "estimate_price_version",
    "logged_call_count",
    "logged_unpriced_call_count",
    "logged_cost_usd",
    "created_at"
  )
values
  (
    $1,
    $2,
    default,
    default,
    $3,
    default,
    $4,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    $5
  )
on conflict ("id") do nothing
returning
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "reported_test_metrics",
  "derived_test_metrics",
  "test_metrics",
  "tests_written",
  "file_metrics",
  "reported_rework_cycles",
  "derived_rework_cycles",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "estimated_cost_usd",
  "estimate_price_version",
  "logged_call_count",
  "logged_unpriced_call_count",
  "logged_cost_usd",
  "cost_usd",
  "cost_source",
  "created_at";

-- executions.lock
select
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "reported_test_metrics",
  "derived_test_metrics",
  "test_metrics",
  "tests_written",
  "file_metrics",
  "reported_rework_cycles",
  "derived_rework_cycles",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "estimated_cost_usd",
  "estimate_price_version",
  "logged_call_count",
  "logged_unpriced_call_count",
  "logged_cost_usd",
  "cost_usd",
  "cost_source",
  "created_at"
from
  "ws_executions"
where
  "ws_executions"."id" = $1
for no key update;

-- executions.lockAll
select
  "id"
from
  "ws_executions"
where
  "ws_executions"."id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  )
order by
  "ws_executions"."id"
for no key update;

-- executions.lockFree
select
  "id"
from
  "ws_executions"
where
  "ws_executions"."id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  )
order by
  "ws_executions"."id"
for no key update
  skip locked;

-- executions.byIds
select
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "test_metrics",
  "file_metrics",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "cost_usd",
  "created_at"
from
  "ws_executions"
where
  "ws_executions"."id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  );

-- executions.update, metrics
update "ws_executions"
set
  "reported_test_metrics" = jsonb_strip_nulls("ws_executions"."reported_test_metrics" || $1::jsonb),
  "file_metrics" = jsonb_strip_nulls("ws_executions"."file_metrics" || $2::jsonb),
  "reported_rework_cycles" = $3
where
  "ws_executions"."id" = $4
returning
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "reported_test_metrics",
  "derived_test_metrics",
  "test_metrics",
  "tests_written",
  "file_metrics",
  "reported_rework_cycles",
  "derived_rework_cycles",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "estimated_cost_usd",
  "estimate_price_version",
  "logged_call_count",
  "logged_unpriced_call_count",
  "logged_cost_usd",
  "cost_usd",
  "cost_source",
  "created_at";

-- executions.update, to a final status
update "ws_executions"
set
  "status" = $1,
  "completed_at" = coalesce("ws_executions"."completed_at", greatest($2::timestamptz, "ws_executions"."started_at"))
where
  (
    "ws_executions"."id" = $3
    and "ws_executions"."status" in ($4, $5, $6)
  )
returning
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "reported_test_metrics",
  "derived_test_metrics",
  "test_metrics",
  "tests_written",
  "file_metrics",
  "reported_rework_cycles",
  "derived_rework_cycles",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "estimated_cost_usd",
  "estimate_price_version",
  "logged_call_count",
  "logged_unpriced_call_count",
  "logged_cost_usd",
  "cost_usd",
  "cost_source",
  "created_at";

-- executions.derive
update "ws_executions"
set
  "phase_metrics" = shown.phase_metrics,
  "derived_test_metrics" = shown.test_metrics,
  "derived_rework_cycles" = shown.rework_cycles
from
  (
    select
      ws_execution_id,
      jsonb_build_object(
        'phases',
        coalesce(
          jsonb_agg(
            entry
            order by
              sequence,
              started_at,
              event_id collate "C"
          ),
          '[]'::jsonb
        )
      ) as phase_metrics,
      jsonb_build_object(
        'written',
        least(coalesce(sum(tests_written), 0), 2147483647),
        'passing',
        coalesce(
          (
            array_agg(
              tests_passing
              order by
                started_at desc,
                sequence desc,
                event_id collate "C" desc
            ) filter (
              where
                name = 'verify'
            )
          ) [1],
          0
        ),
        'failing',
        coalesce(
          (
            array_agg(
              tests_failing
              order by
                started_at desc,
                sequence desc,
                event_id collate "C" desc
            ) filter (
              where
                name = 'verify'
            )
          ) [1],
          0
        ),
        'skipped',
        0
      ) as test_metrics,
      (
        count(*) filter (
          where
            name = 'implement'
            and previous_name = 'verify'
            and previous_result = 'fail'
        )
      )::integer as rework_cycles
    from
      (
        select
          ws_execution_id,
          sequence,
          event_id,
          name,
          started_at,
          tests_written,
          tests_passing,
          tests_failing,
          lag(name) over work as previous_name,
          lag(result) over work as previous_result,
          jsonb_build_object(
            'event_id',
            event_id,
            'sequence',
            sequence,
            'name',
            name,
            'started_at',
            to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'completed_at',
            to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'duration_seconds',
            duration_seconds,
            'result',
            result
          ) || jsonb_strip_nulls(
            jsonb_build_object(
              'tests_written',
              tests_written,
              'tests_passing',
              tests_passing,
              'tests_failing',
              tests_failing,
              'files_modified',
              files_modified
            )
          ) as entry
        from
          ws_phases
        where
          "ws_phases"."ws_execution_id" = any (
            array(
              select
                jsonb_array_elements_text($1::jsonb)::uuid
            )
          )
        window
          work as (
            partition by
              ws_execution_id,
              name in ('implement', 'verify')
            order by
              started_at,
              sequence,
              event_id collate "C"
          )
      ) as phases
    group by
      ws_execution_id
  ) as shown
where
  (
    "ws_executions"."id" = shown.ws_execution_id
    and (
      "ws_executions"."phase_metrics",
      "ws_executions"."derived_test_metrics",
      "ws_executions"."derived_rework_cycles"
    ) is distinct from (shown.phase_metrics, shown.test_metrics, shown.rework_cycles)
  )
returning
  "ws_executions"."id",
  "ws_executions"."ws_id",
  "ws_executions"."wp_id",
  "ws_executions"."scope_id",
  "ws_executions"."executor",
  "ws_executions"."status",
  "ws_executions"."started_at",
  "ws_executions"."completed_at",
  "ws_executions"."duration_seconds",
  "ws_executions"."phase_metrics",
  "ws_executions"."reported_test_metrics",
  "ws_executions"."derived_test_metrics",
  "ws_executions"."test_metrics",
  "ws_executions"."tests_written",
  "ws_executions"."file_metrics",
  "ws_executions"."reported_rework_cycles",
  "ws_executions"."derived_rework_cycles",
  "ws_executions"."rework_cycles",
  "ws_executions"."llm_calls",
  "ws_executions"."llm_tokens_in",
  "ws_executions"."llm_tokens_out",
  "ws_executions"."llm_cost_usd",
  "ws_executions"."llm_model",
  "ws_executions"."estimated_cost_usd",
  "ws_executions"."estimate_price_version",
  "ws_executions"."logged_call_count",
  "ws_executions"."logged_unpriced_call_count",
  "ws_executions"."logged_cost_usd",
  "ws_executions"."cost_usd",
  "ws_executions"."cost_source",
  "ws_executions"."created_at";

-- executions.deriveUnseen
update "ws_executions"
set
  "phase_metrics" = shown.phase_metrics,
  "derived_test_metrics" = shown.test_metrics,
  "derived_rework_cycles" = shown.rework_cycles
from
  (
    select
      ws_execution_id,
      jsonb_build_object(
        'phases',
        coalesce(
          jsonb_agg(
            entry
            order by
              sequence,
              started_at,
              event_id collate "C"
          ),
          '[]'::jsonb
        )
      ) as phase_metrics,
      jsonb_build_object(
        'written',
        least(coalesce(sum(tests_written), 0), 2147483647),
        'passing',
        coalesce(
          (
            array_agg(
              tests_passing
              order by
                started_at desc,
                sequence desc,
                event_id collate "C" desc
            ) filter (
              where
                name = 'verify'
            )
          ) [1],
          0
        ),
        'failing',
        coalesce(
          (
            array_agg(
              tests_failing
              order by
                started_at desc,
                sequence desc,
                event_id collate "C" desc
            ) filter (
              where
                name = 'verify'
            )
          ) [1],
          0
        ),
        'skipped',
        0
      ) as test_metrics,
      (
        count(*) filter (
          where
            name = 'implement'
            and previous_name = 'verify'
            and previous_result = 'fail'
        )
      )::integer as rework_cycles
    from
      (
        select
          ws_execution_id,
          sequence,
          event_id,
          name,
          started_at,
          tests_written,
          tests_passing,
          tests_failing,
          lag(name) over work as previous_name,
          lag(result) over work as previous_result,
          jsonb_build_object(
            'event_id',
            event_id,
            'sequence',
            sequence,
            'name',
            name,
            'started_at',
            to_char(started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'completed_at',
            to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'duration_seconds',
            duration_seconds,
            'result',
            result
          ) || jsonb_strip_nulls(
            jsonb_build_object(
              'tests_written',
              tests_written,
              'tests_passing',
              tests_passing,
              'tests_failing',
              tests_failing,
              'files_modified',
              files_modified
            )
          ) as entry
        from
          ws_phases
        where
          "ws_phases"."ws_execution_id" = any (
            array(
              select
                jsonb_array_elements_text($1::jsonb)::uuid
            )
          )
        window
          work as (
            partition by
              ws_execution_id,
              name in ('implement', 'verify')
            order by
              started_at,
              sequence,
              event_id collate "C"
          )
      ) as phases
    group by
      ws_execution_id
  ) as shown
where
  (
    "ws_executions"."id" = shown.ws_execution_id
    and (
      "ws_executions"."phase_metrics",
      "ws_executions"."derived_test_metrics",
      "ws_executions"."derived_rework_cycles"
    ) is distinct from (shown.phase_metrics, shown.test_metrics, shown.rework_cycles)
  );

-- executions.list, first page
select
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "test_metrics",
  "file_metrics",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "cost_usd",
  "created_at"
from
  "ws_executions"
order by
  "ws_executions"."started_at" desc nulls last,
  "ws_executions"."id" asc
limit
  $1;

-- executions.list, next page, filtered
select
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "test_metrics",
  "file_metrics",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "cost_usd",
  "created_at"
from
  "ws_executions"
where
  (
    (
      "ws_executions"."ws_id" = $1
      and "ws_executions"."status" in ($2)
      and "ws_executions"."started_at" >= $3
      and "ws_executions"."started_at" < $4
    )
    and (
      "ws_executions"."started_at" <= $5::timestamptz
      and (
        "ws_executions"."started_at" < $6::timestamptz
        or "ws_executions"."id" > $7
      )
    )
  )
order by
  "ws_executions"."started_at" desc nulls last,
  "ws_executions"."id" asc
limit
  $8;

-- executions.list, next page by a column with nulls
select
  "id",
  "ws_id",
  "wp_id",
  "scope_id",
  "executor",
  "status",
  "started_at",
  "completed_at",
  "duration_seconds",
  "phase_metrics",
  "test_metrics",
  "file_metrics",
  "rework_cycles",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "llm_cost_usd",
  "llm_model",
  "cost_usd",
  "created_at"
from
  "ws_executions"
where
  (
    (
      "ws_executions"."cost_usd" >= $1::numeric
      and (
        "ws_executions"."cost_usd" > $2::numeric
        or "ws_executions"."id" > $3
      )
    )
    or "ws_executions"."cost_usd" is null
  )
order by
  "ws_executions"."cost_usd" asc,
  "ws_executions"."id" asc
limit
  $4;

-- executions.countMatching
select
  count(*)
from
  "ws_executions"
where
  (
    "ws_executions"."ws_id" = $1
    and "ws_executions"."status" in ($2)
    and "ws_executions"."started_at" >= $3
    and "ws_executions"."started_at" < $4
  );

-- executions.countMatching, every filter
select
  count(*)
from
  "ws_executions"
where
  (
    "ws_executions"."ws_id" = $1
    and "ws_executions"."ws_id" in ($2)
    and starts_with("ws_executions"."ws_id", $3)
    and "ws_executions"."wp_id" = $4
    and "ws_executions"."wp_id" in ($5)
    and starts_with("ws_executions"."wp_id", $6)
    and "ws_executions"."executor" = $7
    and "ws_executions"."executor" in ($8)
    and starts_with("ws_executions"."executor", $9)
    and "ws_executions"."scope_id" = $10
    and "ws_executions"."scope_id" in ($11)
    and "ws_executions"."llm_model" in ($12)
    and "ws_executions"."status" in ($13)
    and "ws_executions"."cost_source" in ($14)
    and "ws_executions"."started_at" >= $15
    and "ws_executions"."started_at" < $16
    and "ws_executions"."completed_at" >= $17
    and "ws_executions"."completed_at" < $18
    and "ws_executions"."duration_seconds" >= $19
    and "ws_executions"."duration_seconds" < $20
    and "ws_executions"."cost_usd" >= $21
    and "ws_executions"."cost_usd" < $22
    and "ws_executions"."rework_cycles" >= $23
    and not exists (
      select
      from
        "ws_bug_fixes"
      where
        "ws_bug_fixes"."ws_execution_id" = "ws_executions"."id"
    )
    and ("ws_executions"."logged_unpriced_call_count" > 0) = $24
    and (
      (
        strpos(lower("ws_executions"."ws_id"), lower($25)) > 0
        or strpos(lower("ws_executions"."wp_id"), lower($26)) > 0
      )
      or exists (
        select
        from
          "ws_bug_fixes"
        where
          (
            "ws_bug_fixes"."ws_execution_id" = "ws_executions"."id"
            and (
              strpos(lower("ws_bug_fixes"."description"), lower($27)) > 0
              or strpos(lower("ws_bug_fixes"."root_cause"), lower($28)) > 0
              or strpos(lower("ws_bug_fixes"."test_name"), lower($29)) > 0
              or strpos(lower("ws_bug_fixes"."fix_summary"), lower($30)) > 0
            )
          )
      )
    )
  );

-- executions.countMatching, text among all runs
select
  count(*)
from
  "ws_executions"
where
  "ws_executions"."id" in (
    select
      "ws_bug_fixes"."ws_execution_id"
    from
      "ws_bug_fixes"
    where
      (
        strpos(lower("ws_bug_fixes"."description"), lower($1)) > 0
        or strpos(lower("ws_bug_fixes"."root_cause"), lower($2)) > 0
        or strpos(lower("ws_bug_fixes"."test_name"), lower($3)) > 0
        or strpos(lower("ws_bug_fixes"."fix_summary"), lower($4)) > 0
      )
    union all
    select
      "ws_executions"."id"
    from
      "ws_executions"
    where
      (
        strpos(lower("ws_executions"."ws_id"), lower($5)) > 0
        or strpos(lower("ws_executions"."wp_id"), lower($6)) > 0
      )
  );

-- phases.upsertAll
with
  "sent" as (
    select
      *
    from
      json_to_recordset($1::json) as events (
        run uuid,
        event_id varchar,
        sequence integer,
        name varchar,
        started_at timestamptz,
        completed_at timestamptz,
        duration_seconds integer,
        result varchar,
        tests_written integer,
        tests_passing integer,
        tests_failing integer,
        files_modified integer,
        created_at timestamptz
      )
  ),
  "written" as (
    insert into
      "ws_phases" (
        "id",
        "ws_execution_id",
        "event_id",
        "sequence",
        "reported_sequence",
        "name",
        "started_at",
        "completed_at",
        "reported_duration_seconds",
        "result",
        "tests_written",
        "tests_passing",
        "tests_failing",
        "files_modified",
        "created_at"
      )
    overriding system value
    select
      nextval('ws_phases_id_seq'),
      run,
      event_id,
      coalesce(
        sequence,
        (
          select
            coalesce(max(before.sequence), 0) + 1
          from
            ws_phases as before
          where
            before.ws_execution_id = run
        )
      ),
      sequence,
      name,
      started_at,
      completed_at,
      duration_seconds,
      result,
      tests_written,
      tests_passing,
      tests_failing,
      files_modified,
      created_at
    from
      sent
    on conflict ("ws_execution_id", "event_id") do update
    set
      "sequence" = coalesce(
        case
          when excluded."completed_at" is null then coalesce("ws_phases"."reported_sequence", excluded."reported_sequence")
          else coalesce(excluded."reported_sequence", "ws_phases"."reported_sequence")
        end,
        "ws_phases"."sequence"
      ),
      "reported_sequence" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."reported_sequence", excluded."reported_sequence")
        else coalesce(excluded."reported_sequence", "ws_phases"."reported_sequence")
      end,
      "completed_at" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."completed_at", excluded."completed_at")
        else coalesce(excluded."completed_at", "ws_phases"."completed_at")
      end,
      "result" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."result", excluded."result")
        else coalesce(excluded."result", "ws_phases"."result")
      end,
      "tests_written" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."tests_written", excluded."tests_written")
        else coalesce(excluded."tests_written", "ws_phases"."tests_written")
      end,
      "tests_passing" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."tests_passing", excluded."tests_passing")
        else coalesce(excluded."tests_passing", "ws_phases"."tests_passing")
      end,
      "tests_failing" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."tests_failing", excluded."tests_failing")
        else coalesce(excluded."tests_failing", "ws_phases"."tests_failing")
      end,
      "files_modified" = case
        when excluded."completed_at" is null then coalesce("ws_phases"."files_modified", excluded."files_modified")
        else coalesce(excluded."files_modified", "ws_phases"."files_modified")
      end
    where
      (
        "ws_phases"."name" = excluded."name"
        and "ws_phases"."started_at" = excluded."started_at"
        and (
          "ws_phases"."completed_at" is null
          or excluded."completed_at" is null
        )
        and (
          "ws_phases"."reported_sequence",
          "ws_phases"."completed_at",
          "ws_phases"."result",
          "ws_phases"."tests_written",
          "ws_phases"."tests_passing",
          "ws_phases"."tests_failing",
          "ws_phases"."files_modified"
        ) is distinct from (
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."reported_sequence", excluded."reported_sequence")
            else coalesce(excluded."reported_sequence", "ws_phases"."reported_sequence")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."completed_at", excluded."completed_at")
            else coalesce(excluded."completed_at", "ws_phases"."completed_at")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."result", excluded."result")
            else coalesce(excluded."result", "ws_phases"."result")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."tests_written", excluded."tests_written")
            else coalesce(excluded."tests_written", "ws_phases"."tests_written")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."tests_passing", excluded."tests_passing")
            else coalesce(excluded."tests_passing", "ws_phases"."tests_passing")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."tests_failing", excluded."tests_failing")
            else coalesce(excluded."tests_failing", "ws_phases"."tests_failing")
          end,
          case
            when excluded."completed_at" is null then coalesce("ws_phases"."files_modified", excluded."files_modified")
            else coalesce(excluded."files_modified", "ws_phases"."files_modified")
          end
        )
      )
    returning
      "id"
  )
select
  "ws_phases"."id",
  "ws_phases"."ws_execution_id",
  "ws_phases"."event_id",
  "ws_phases"."sequence",
  "ws_phases"."reported_sequence",
  "ws_phases"."name",
  "ws_phases"."started_at",
  "ws_phases"."completed_at",
  "ws_phases"."reported_duration_seconds",
  "ws_phases"."duration_seconds",
  "ws_phases"."result",
  "ws_phases"."tests_written",
  "ws_phases"."tests_passing",
  "ws_phases"."tests_failing",
  "ws_phases"."files_modified",
  "ws_phases"."created_at"
from
  "ws_phases"
  inner join sent on ("ws_phases"."ws_execution_id", "ws_phases"."event_id") = (sent.run, sent.event_id)
where
  "ws_phases"."id" not in (
    select
      "id"
    from
      "written"
  );

-- sessions.bind
insert into
  "ws_execution_sessions" ("ws_execution_id", "executor_session_id", "created_at")
values
  ($1, $2, $3)
on conflict do nothing
returning
  "executor_session_id";

-- bugFixes.insert
insert into
  "ws_bug_fixes" (
    "id",
    "ws_execution_id",
    "scope_id",
    "description",
    "root_cause",
    "test_name",
    "fix_summary",
    "files_modified",
    "autonomous",
    "created_at"
  )
values
  ($1, $2, default, $3, $4, $5, $6, default, $7, $8)
on conflict ("id") do nothing
returning
  "id",
  "ws_execution_id",
  "scope_id",
  "description",
  "root_cause",
  "test_name",
  "fix_summary",
  "files_modified",
  "autonomous",
  "created_at";

-- bugFixes.byId
select
  "id",
  "ws_execution_id",
  "scope_id",
  "description",
  "root_cause",
  "test_name",
  "fix_summary",
  "files_modified",
  "autonomous",
  "created_at"
from
  "ws_bug_fixes"
where
  "ws_bug_fixes"."id" = $1;

-- bugFixes.byExecutionIds
select
  "id",
  "ws_execution_id",
  "scope_id",
  "description",
  "root_cause",
  "test_name",
  "fix_summary",
  "files_modified",
  "autonomous",
  "created_at"
from
  "ws_bug_fixes"
where
  "ws_bug_fixes"."ws_execution_id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  )
order by
  "ws_bug_fixes"."created_at" asc,
  "ws_bug_fixes"."id" asc;

-- bugFixes.list, next page, filtered
select
  "id",
  "ws_execution_id",
  "scope_id",
  "description",
  "root_cause",
  "test_name",
  "fix_summary",
  "files_modified",
  "autonomous",
  "created_at"
from
  "ws_bug_fixes"
where
  (
    (
      "ws_bug_fixes"."ws_execution_id" = $1
      and "ws_bug_fixes"."ws_execution_id" in (
        select
          "id"
        from
          "ws_executions"
        where
          (
            "ws_executions"."ws_id" = $2
            and "ws_executions"."wp_id" = $3
            and "ws_executions"."executor" = $4
          )
      )
      and "ws_bug_fixes"."scope_id" = $5
      and "ws_bug_fixes"."autonomous" = $6
      and "ws_bug_fixes"."created_at" >= $7
      and "ws_bug_fixes"."created_at" < $8
      and starts_with("ws_bug_fixes"."test_name", $9)
      and (
        strpos(lower("ws_bug_fixes"."description"), lower($10)) > 0
        or strpos(lower("ws_bug_fixes"."root_cause"), lower($11)) > 0
        or strpos(lower("ws_bug_fixes"."test_name"), lower($12)) > 0
        or strpos(lower("ws_bug_fixes"."fix_summary"), lower($13)) > 0
      )
    )
    and (
      "ws_bug_fixes"."created_at" <= $14
      and (
        "ws_bug_fixes"."created_at" < $15
        or "ws_bug_fixes"."id" > $16
      )
    )
  )
order by
  "ws_bug_fixes"."created_at" desc,
  "ws_bug_fixes"."id" asc
limit
  $17;

-- bugFixes.countMatching
select
  count(*)
from
  "ws_bug_fixes"
where
  "ws_bug_fixes"."autonomous" = $1;

-- bugFixes.listOfRuns
select
  "id",
  "ws_execution_id",
  "scope_id",
  "description",
  "root_cause",
  "test_name",
  "fix_summary",
  "files_modified",
  "autonomous",
  "created_at"
from
  "ws_bug_fixes"
where
  "ws_bug_fixes"."id" = any (
    array(
      select
        page.id
      from
        jsonb_array_elements_text($1::jsonb) as runs (id)
        cross join lateral (
          select
            "ws_bug_fixes"."id"
          from
            "ws_bug_fixes"
          where
            "ws_bug_fixes"."ws_execution_id" = runs.id::uuid
            and coalesce("ws_bug_fixes"."autonomous" = $2::boolean, true)
            and ("ws_bug_fixes"."created_at", "ws_bug_fixes"."id") > (
              coalesce($3::timestamptz, '-infinity'),
              coalesce($4::uuid, '00000000-0000-0000-0000-000000000000')
            )
          order by
            "ws_bug_fixes"."created_at",
            "ws_bug_fixes"."id"
          limit
            $5::integer
        ) as page
    )
  )
order by
  "ws_bug_fixes"."created_at" asc,
  "ws_bug_fixes"."id" asc;

-- bugFixes.countOfRuns
select
  "ws_execution_id",
  count(*)
from
  "ws_bug_fixes"
where
  (
    "ws_bug_fixes"."ws_execution_id" = any (
      array(
        select
          jsonb_array_elements_text($1::jsonb)::uuid
      )
    )
    and coalesce("ws_bug_fixes"."autonomous" = $2::boolean, true)
  )
group by
  "ws_bug_fixes"."ws_execution_id";

-- apiKeys.insert
insert into
  "api_keys" ("id", "name", "role", "digest", "created_at", "expires_at", "revoked_at", "last_used_at")
values
  ($1, $2, $3, $4, $5, $6, default, default)
returning
  "id",
  "name",
  "role",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at";

-- apiKeys.all
select
  "id",
  "name",
  "role",
  "digest",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at"
from
  "api_keys"
order by
  "api_keys"."created_at" asc,
  "api_keys"."id" asc;

-- apiKeys.list
select
  "id",
  "name",
  "role",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at"
from
  "api_keys"
order by
  "api_keys"."created_at" asc,
  "api_keys"."id" asc;

-- apiKeys.revoke
update "api_keys"
set
  "revoked_at" = least("api_keys"."revoked_at", $1::timestamptz)
where
  "api_keys"."id" = $2
returning
  "id",
  "name",
  "role",
  "created_at",
  "expires_at",
  "revoked_at",
  "last_used_at";

-- apiKeys.noteUse
update "api_keys"
set
  "last_used_at" = $1
where
  (
    "api_keys"."id" = $2
    and (
      "api_keys"."last_used_at" is null
      or "api_keys"."last_used_at" < $3
    )
  );

-- claims.hold
select
  pg_advisory_xact_lock_shared(1, 0),
  pg_advisory_xact_lock(hashtextextended (name, 0))
from
  (
    select
      name
    from
      jsonb_array_elements_text($1::jsonb) as name
    order by
      name collate "C"
  ) as claims;

-- claims.share
select
  pg_advisory_xact_lock_shared(1, 0),
  pg_advisory_xact_lock_shared(hashtextextended (name, 0))
from
  (
    select
      name
    from
      jsonb_array_elements_text($1::jsonb) as name
    order by
      name collate "C"
  ) as claims;

-- sessions.ofExecutions
select distinct
  "executor_session_id"
from
  "ws_execution_sessions"
where
  "ws_execution_sessions"."ws_execution_id" in ($1);

-- sessions.executionsOf
select distinct
  "ws_execution_id"
from
  "ws_execution_sessions"
where
  "ws_execution_sessions"."executor_session_id" in ($1);

-- calls.insert
insert into
  "llm_calls" (
    "source_key",
    "source",
    "source_fingerprint",
    "claimed_execution_id",
    "ws_execution_id",
    "executor_session_id",
    "phase_name",
    "document_type",
    "provider",
    "model",
    "started_at",
    "input_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "output_tokens",
    "reported_cost_usd",
    "computed_cost_usd",
    "price_version",
    "created_at"
  )
select
  sent.source_key,
  $1::varchar as source,
  sent.source_fingerprint,
  sent.claimed_execution_id,
  coalesce(claimed.id, bound.id) as ws_execution_id,
  sent.executor_session_id,
  sent.phase_name,
  sent.document_type,
  sent.provider,
  sent.model,
  sent.started_at,
  sent.input_tokens,
  sent.cache_read_tokens,
  sent.cache_write_5m_tokens,
  sent.cache_write_1h_tokens,
  sent.output_tokens,
  sent.reported_cost_usd,
  sent.computed_cost_usd,
  sent.price_version,
  $2::timestamptz as created_at
from
  json_to_recordset($3::json) as sent (
    source_key varchar,
    source_fingerprint varchar,
    claimed_execution_id uuid,
    executor_session_id varchar,
    phase_name varchar,
    document_type varchar,
    provider varchar,
    model varchar,
    started_at timestamptz,
    input_tokens integer,
    cache_read_tokens integer,
    cache_write_5m_tokens integer,
    cache_write_1h_tokens integer,
    output_tokens integer,
    reported_cost_usd numeric,
    computed_cost_usd numeric,
    price_version varchar
  )
  left join ws_executions as claimed on claimed.id = sent.claimed_execution_id
  left join lateral (
    select
      case
        when "sent"."started_at" <= coalesce(runs.completed_at + interval '5 minutes', 'infinity') then runs.id
      end as id
    from
      ws_execution_sessions as sessions
      join ws_executions as runs on runs.id = sessions.ws_execution_id
    where
      "sent"."claimed_execution_id" is null
      and sessions.executor_session_id = "sent"."executor_session_id"
      and runs.started_at <= "sent"."started_at"
    order by
      runs.started_at desc,
      runs.id desc
    limit
      1
  ) as bound on true
order by
  sent.source_key
on conflict ("source_key") do nothing
returning
  "source_key";

-- calls.replace
update "llm_calls"
set
  "source_fingerprint" = sent."source_fingerprint",
  "claimed_execution_id" = sent."claimed_execution_id",
  "ws_execution_id" = sent."ws_execution_id",
  "executor_session_id" = sent."executor_session_id",
  "phase_name" = sent."phase_name",
  "document_type" = sent."document_type",
  "provider" = sent."provider",
  "model" = sent."model",
  "started_at" = sent."started_at",
  "input_tokens" = sent."input_tokens",
  "cache_read_tokens" = sent."cache_read_tokens",
  "cache_write_5m_tokens" = sent."cache_write_5m_tokens",
  "cache_write_1h_tokens" = sent."cache_write_1h_tokens",
  "output_tokens" = sent."output_tokens",
  "reported_cost_usd" = sent."reported_cost_usd",
  "computed_cost_usd" = case
    when (
      "llm_calls"."provider",
      "llm_calls"."model",
      "llm_calls"."started_at",
      "llm_calls"."input_tokens",
      "llm_calls"."output_tokens",
      "llm_calls"."cache_read_tokens",
      "llm_calls"."cache_write_5m_tokens",
      "llm_calls"."cache_write_1h_tokens"
    ) is distinct from (
      sent."provider",
      sent."model",
      sent."started_at",
      sent."input_tokens",
      sent."output_tokens",
      sent."cache_read_tokens",
      sent."cache_write_5m_tokens",
      sent."cache_write_1h_tokens"
    ) then sent."computed_cost_usd"
    else "llm_calls"."computed_cost_usd"
  end,
  "price_version" = case
    when (
      "llm_calls"."provider",
      "llm_calls"."model",
      "llm_calls"."started_at",
      "llm_calls"."input_tokens",
      "llm_calls"."output_tokens",
      "llm_calls"."cache_read_tokens",
      "llm_calls"."cache_write_5m_tokens",
      "llm_calls"."cache_write_1h_tokens"
    ) is distinct from (
      sent."provider",
      sent."model",
      sent."started_at",
      sent."input_tokens",
      sent."output_tokens",
      sent."cache_read_tokens",
      sent."cache_write_5m_tokens",
      sent."cache_write_1h_tokens"
    ) then sent."price_version"
    else "llm_calls"."price_version"
  end
from
  (
    select
      sent.source_key,
      $1::varchar as source,
      sent.source_fingerprint,
      sent.claimed_execution_id,
      coalesce(claimed.id, bound.id) as ws_execution_id,
      sent.executor_session_id,
      sent.phase_name,
      sent.document_type,
      sent.provider,
      sent.model,
      sent.started_at,
      sent.input_tokens,
      sent.cache_read_tokens,
      sent.cache_write_5m_tokens,
      sent.cache_write_1h_tokens,
      sent.output_tokens,
      sent.reported_cost_usd,
      sent.computed_cost_usd,
      sent.price_version,
      $2::timestamptz as created_at
    from
      json_to_recordset($3::json) as sent (
        source_key varchar,
        source_fingerprint varchar,
        claimed_execution_id uuid,
        executor_session_id varchar,
        phase_name varchar,
        document_type varchar,
        provider varchar,
        model varchar,
        started_at timestamptz,
        input_tokens integer,
        cache_read_tokens integer,
        cache_write_5m_tokens integer,
        cache_write_1h_tokens integer,
        output_tokens integer,
        reported_cost_usd numeric,
        computed_cost_usd numeric,
        price_version varchar
      )
      left join ws_executions as claimed on claimed.id = sent.claimed_execution_id
      left join lateral (
        select
          case
            when "sent"."started_at" <= coalesce(runs.completed_at + interval '5 minutes', 'infinity') then runs.id
          end as id
        from
          ws_execution_sessions as sessions
          join ws_executions as runs on runs.id = sessions.ws_execution_id
        where
          "sent"."claimed_execution_id" is null
          and sessions.executor_session_id = "sent"."executor_session_id"
          and runs.started_at <= "sent"."started_at"
        order by
          runs.started_at desc,
          runs.id desc
        limit
          1
      ) as bound on true
  ) as sent
  join lateral (
    select
      ws_execution_id
    from
      llm_calls as before
    where
      before.source_key = sent.source_key
  ) as before on true
where
  "llm_calls"."source_key" = sent.source_key
  and "llm_calls"."source" = $4
returning
  before.ws_execution_id,
  "llm_calls"."ws_execution_id";

-- calls.bySourceKeys
select
  "source_key",
  "source",
  "source_fingerprint",
  "claimed_execution_id",
  "ws_execution_id",
  "executor_session_id",
  "phase_name",
  "document_type",
  "provider",
  "model",
  "started_at",
  "input_tokens",
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "reported_cost_usd",
  "computed_cost_usd",
  "price_version",
  "cost_usd",
  "created_at"
from
  "llm_calls"
where
  "llm_calls"."source_key" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::varchar
    )
  );

-- attribution.boundExecutions
select distinct
  bound.id
from
  json_to_recordset($1::json) as sent (claimed_execution_id uuid, executor_session_id varchar, started_at timestamptz)
  left join lateral (
    select
      case
        when "sent"."started_at" <= coalesce(runs.completed_at + interval '5 minutes', 'infinity') then runs.id
      end as id
    from
      ws_execution_sessions as sessions
      join ws_executions as runs on runs.id = sessions.ws_execution_id
    where
      "sent"."claimed_execution_id" is null
      and sessions.executor_session_id = "sent"."executor_session_id"
      and runs.started_at <= "sent"."started_at"
    order by
      runs.started_at desc,
      runs.id desc
    limit
      1
  ) as bound on true
where
  bound.id is not null;

-- attribution.addToSums
update "ws_executions"
set
  "logged_call_count" = "ws_executions"."logged_call_count" + "calls",
  "logged_unpriced_call_count" = "ws_executions"."logged_unpriced_call_count" + "unpriced",
  "logged_cost_usd" = case
    when "added_cost_usd" is null then "ws_executions"."logged_cost_usd"
    else coalesce("ws_executions"."logged_cost_usd", 0) + "added_cost_usd"
  end
from
  (
    select
      "ws_execution_id",
      count(*) as "calls",
      count(*) filter (
        where
          "cost_usd" is null
      ) as "unpriced",
      sum("cost_usd") as "added_cost_usd"
    from
      "llm_calls"
    where
      "llm_calls"."source_key" = any (
        array(
          select
            jsonb_array_elements_text($1::jsonb)::varchar
        )
      )
    group by
      "llm_calls"."ws_execution_id"
  ) "added"
where
  "ws_executions"."id" = "added"."ws_execution_id";

-- attribution.refreshSums
update "ws_executions"
set
  "logged_call_count" = (
    select
      count(*)
    from
      "llm_calls"
    where
      "llm_calls"."ws_execution_id" = "ws_executions"."id"
  ),
  "logged_unpriced_call_count" = (
    select
      count(*) filter (
        where
          "llm_calls"."cost_usd" is null
      )
    from
      "llm_calls"
    where
      "llm_calls"."ws_execution_id" = "ws_executions"."id"
  ),
  "logged_cost_usd" = (
    select
      sum("llm_calls"."cost_usd")
    from
      "llm_calls"
    where
      "llm_calls"."ws_execution_id" = "ws_executions"."id"
  )
where
  "ws_executions"."id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  );

-- attribution.attributeWaiting
update "llm_calls"
set
  "ws_execution_id" = $1
where
  (
    "llm_calls"."claimed_execution_id" = $2
    and "llm_calls"."ws_execution_id" is null
  )
returning
  "source_key";

-- attribution.reattribute
with
  "moved" as (
    update "llm_calls"
    set
      "ws_execution_id" = misattributed.belongs
    from
      (
        select
          calls.source_key,
          calls.ws_execution_id as was,
          bound.id as belongs
        from
          (
            select
              bindings.executor_session_id,
              (
                select
                  min(runs.started_at)
                from
                  ws_execution_sessions as sessions
                  join ws_executions as runs on runs.id = sessions.ws_execution_id
                where
                  sessions.executor_session_id = bindings.executor_session_id
                  and (runs.started_at, runs.id) > ($1::timestamptz, $2::uuid)
              ) as next_start
            from
              ws_execution_sessions as bindings
            where
              bindings.ws_execution_id = $3
          ) as spans
          join llm_calls as calls on calls.executor_session_id = spans.executor_session_id
          and calls.claimed_execution_id is null
          and calls.started_at >= $4
          and calls.started_at < coalesce(spans.next_start, 'infinity')
          left join lateral (
            select
              case
                when "calls"."started_at" <= coalesce(runs.completed_at + interval '5 minutes', 'infinity') then runs.id
              end as id
            from
              ws_execution_sessions as sessions
              join ws_executions as runs on runs.id = sessions.ws_execution_id
            where
              "calls"."claimed_execution_id" is null
              and sessions.executor_session_id = "calls"."executor_session_id"
              and runs.started_at <= "calls"."started_at"
            order by
              runs.started_at desc,
              runs.id desc
            limit
              1
          ) as bound on true
        where
          calls.ws_execution_id is distinct from bound.id
      ) as misattributed
    where
      "llm_calls"."source_key" = misattributed.source_key
    returning
      misattributed.was as "was",
      misattributed.belongs as "belongs"
  )
select
  id
from
  (
    select
      was as id
    from
      "moved"
    union
    select
      belongs
    from
      "moved"
  ) as touched
where
  id is not null;

-- repricings.begin
lock table "repricings" in exclusive mode;

select
  "id",
  "price_version",
  "started_at",
  "finished_at",
  "last_source_key",
  "last_execution_id",
  "call_count",
  "changed_call_count",
  "newly_priced_call_count",
  "unknown_price_count",
  "execution_count",
  "changed_execution_count",
  "difference_usd"
from
  "repricings"
order by
  "repricings"."id" desc
limit
  $1;

insert into
  "repricings" (
    "id",
    "price_version",
    "started_at",
    "finished_at",
    "last_source_key",
    "last_execution_id",
    "call_count",
    "changed_call_count",
    "newly_priced_call_count",
    "unknown_price_count",
    "execution_count",
    "changed_execution_count",
    "difference_usd"
  )
values
  (
    default,
    $1,
    $2,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default,
    default
  )
returning
  "id",
  "price_version",
  "started_at",
  "finished_at",
  "last_source_key",
  "last_execution_id",
  "call_count",
  "changed_call_count",
  "newly_priced_call_count",
  "unknown_price_count",
  "execution_count",
  "changed_execution_count",
  "difference_usd";

-- repricings.take
select
  "id",
  "price_version",
  "started_at",
  "finished_at",
  "last_source_key",
  "last_execution_id",
  "call_count",
  "changed_call_count",
  "newly_priced_call_count",
  "unknown_price_count",
  "execution_count",
  "changed_execution_count",
  "difference_usd"
from
  "repricings"
where
  "repricings"."id" = $1
for update;

select
  "id",
  "price_version",
  "started_at",
  "finished_at",
  "last_source_key",
  "last_execution_id",
  "call_count",
  "changed_call_count",
  "newly_priced_call_count",
  "unknown_price_count",
  "execution_count",
  "changed_execution_count",
  "difference_usd"
from
  "repricings"
order by
  "repricings"."id" desc
limit
  $1;

-- repricings.save
update "repricings"
set
  "price_version" = $1,
  "started_at" = $2,
  "finished_at" = $3,
  "last_source_key" = $4,
  "last_execution_id" = $5,
  "call_count" = $6,
  "changed_call_count" = $7,
  "newly_priced_call_count" = $8,
  "unknown_price_count" = $9,
  "execution_count" = $10,
  "changed_execution_count" = $11,
  "difference_usd" = $12
where
  "repricings"."id" = $13;

-- repricings.callsAfter
select
  "source_key",
  "source",
  "source_fingerprint",
  "claimed_execution_id",
  "ws_execution_id",
  "executor_session_id",
  "phase_name",
  "document_type",
  "provider",
  "model",
  "started_at",
  "input_tokens",
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "reported_cost_usd",
  "computed_cost_usd",
  "price_version",
  "cost_usd",
  "created_at"
from
  "llm_calls"
where
  "llm_calls"."source_key" > $1
order by
  "llm_calls"."source_key" asc
limit
  $2;

-- repricings.lockCalls
select
  "source_key",
  "source",
  "source_fingerprint",
  "claimed_execution_id",
  "ws_execution_id",
  "executor_session_id",
  "phase_name",
  "document_type",
  "provider",
  "model",
  "started_at",
  "input_tokens",
  "cache_read_tokens",
  "cache_write_5m_tokens",
  "cache_write_1h_tokens",
  "output_tokens",
  "reported_cost_usd",
  "computed_cost_usd",
  "price_version",
  "cost_usd",
  "created_at"
from
  "llm_calls"
where
  "llm_calls"."source_key" in ($1)
order by
  "llm_calls"."source_key" asc
for no key update;

-- repricings.setCallCosts
update "llm_calls"
set
  "computed_cost_usd" = priced."computedCostUsd",
  "price_version" = priced."priceVersion"
from
  json_to_recordset($1::json) as priced ("sourceKey" varchar, "computedCostUsd" numeric, "priceVersion" varchar)
where
  "llm_calls"."source_key" = priced."sourceKey";

-- repricings.runsWithoutCallCosts
select
  "id",
  "cost_usd"
from
  "ws_executions"
where
  (
    "ws_executions"."id" in ($1)
    and "ws_executions"."logged_cost_usd" is null
  );

-- repricings.runsAfter
select
  "id",
  "llm_model",
  "llm_calls",
  "llm_tokens_in",
  "llm_tokens_out",
  "started_at",
  "llm_cost_usd",
  "logged_cost_usd",
  "estimated_cost_usd",
  "estimate_price_version"
from
  "ws_executions"
where
  (
    "ws_executions"."llm_model" is not null
    and "ws_executions"."id" > $1
  )
order by
  "ws_executions"."id" asc
limit
  $2
for no key update;

-- repricings.setEstimates
update "ws_executions"
set
  "estimated_cost_usd" = priced."computedCostUsd",
  "estimate_price_version" = priced."priceVersion"
from
  json_to_recordset($1::json) as priced ("id" uuid, "computedCostUsd" numeric, "priceVersion" varchar)
where
  "ws_executions"."id" = priced."id";

-- costs.byExecutionIds
select
  "ws_executions"."id",
  "ws_executions"."cost_usd",
  "ws_executions"."logged_cost_usd",
  "ws_executions"."llm_cost_usd",
  "ws_executions"."estimated_cost_usd",
  "ws_executions"."cost_source",
  "ws_executions"."logged_call_count",
  "ws_executions"."logged_unpriced_call_count",
  (
    ("ws_executions"."logged_call_count" - "ws_executions"."logged_unpriced_call_count")::numeric / nullif("ws_executions"."logged_call_count", 0)
  )::numeric,
  "ws_executions"."logged_cost_usd" - "ws_executions"."llm_cost_usd",
  "ws_executions"."cost_usd" - case
    when "ws_executions"."logged_cost_usd" is null then 0
    else coalesce(phases.total_usd, 0)
  end,
  phases.by_event_id
from
  "ws_executions"
  left join lateral (
    select
      jsonb_object_agg(event_id, cost_usd) as by_event_id,
      sum(cost_usd) as total_usd
    from
      (
        select
          phase.event_id,
          sum(calls.cost_usd) as cost_usd
        from
          (
            select
              "ws_executions"."id" as id,
              "ws_executions"."completed_at" as completed_at
            where
              "ws_executions"."logged_call_count" > 0 -- most have none, and are asked no further
          ) as runs
          join llm_calls as calls on calls.ws_execution_id = runs.id
          left join lateral (
            select
              event_id
            from
              ws_phases
            where
              calls.phase_name is not null
              and ws_execution_id = runs.id
              and name = calls.phase_name
              and started_at <= calls.started_at
            order by
              calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity') desc,
              started_at desc,
              sequence desc,
              event_id collate "C" desc
            limit
              1
          ) as named on true
          left join lateral (
            select
              min(event_id) as event_id
            from
              ws_phases
            where
              calls.phase_name is null
              and ws_execution_id = runs.id
              and started_at <= calls.started_at
              and calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity')
            having
              count(*) = 1
          ) as alone on true
          cross join lateral (
            select
              coalesce(named.event_id, alone.event_id) as event_id
          ) as phase
        where
          phase.event_id is not null
        group by
          phase.event_id
      ) as sums
  ) as phases on true
where
  "ws_executions"."id" = any (
    array(
      select
        jsonb_array_elements_text($1::jsonb)::uuid
    )
  );

-- breakdowns.byExecutionIds
select
  execution_id,
  case
    when grouping("document_type") = 0 then 'document_type'
    when grouping("model") = 0 then 'model'
    when grouping("phase_name") = 0 then 'phase_name'
    when grouping("source") = 0 then 'source'
  end,
  coalesce("document_type", "model", "phase_name", "source"),
  coalesce(sum(cost_usd), 0),
  coalesce(sum(call_count), 0),
  coalesce(count(distinct execution_id), 0)
from
  (
    select
      execution_id,
      document_type,
      ws_id,
      place,
      model,
      phase_name,
      source,
      sum(cost_usd) as cost_usd,
      count(cost_usd) as known_cost_count,
      count(*) as call_count,
      count(*) filter (
        where
          cost_usd is null
      ) as unpriced_count
    from
      (
        select
          calls.ws_execution_id as execution_id,
          calls.document_type,
          runs.ws_id,
          null as place,
          calls.model,
          coalesce(calls.phase_name, phases.name) as phase_name,
          calls.source,
          calls.cost_usd
        from
          (
            select
              *
            from
              llm_calls as calls
            where
              calls.ws_execution_id in ($1)
          ) as calls
          left join (
            select
              id,
              ws_id
            from
              ws_executions
          ) as runs on runs.id = calls.ws_execution_id
          left join (
            select
              ws_execution_id,
              started_at,
              ended_at,
              phase_id::bigint
            from
              (
                select
                  ws_execution_id,
                  at as started_at,
                  coalesce(lead(at) over in_time, 'infinity') as ended_at,
                  sum(opened) over in_time as open_count,
                  sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                from
                  (
                    select
                      ws_execution_id,
                      at,
                      sum(opened) as opened,
                      sum(opened * id) as opened_id
                    from
                      (
                        select
                          phases.ws_execution_id,
                          phases.id,
                          edge.at,
                          edge.opened
                        from
                          ws_phases as phases
                          join ws_executions as runs on runs.id = phases.ws_execution_id
                          cross join lateral (
                            values
                              (phases.started_at, 1),
                              (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                          ) as edge (at, opened)
                        where
                          phases.ws_execution_id in (
                            select
                              calls.ws_execution_id
                            from
                              llm_calls as calls
                            where
                              calls.phase_name is null
                              and calls.ws_execution_id in ($2)
                          )
                          and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                      ) as edges
                    group by
                      ws_execution_id,
                      at
                  ) as changes
                window
                  in_time as (
                    partition by
                      ws_execution_id
                    order by
                      at
                  )
              ) as spans
            where
              open_count = 1
          ) as spans on calls.phase_name is null
          and spans.ws_execution_id = calls.ws_execution_id
          and calls.started_at >= spans.started_at
          and calls.started_at < spans.ended_at
          left join ws_phases as phases on phases.id = spans.phase_id
      ) as calls
    group by
      execution_id,
      document_type,
      ws_id,
      place,
      model,
      phase_name,
      source
    union all
    select
      runs.id,
      null,
      runs.ws_id,
      null,
      runs.llm_model,
      null,
      lower(runs.cost_source),
      runs.cost_usd,
      1,
      0,
      0
    from
      (
        select
          *
        from
          ws_executions as runs
        where
          runs.id in ($3)
      ) as runs
    where
      runs.logged_cost_usd is null
      and runs.cost_usd is not null
  ) as spending
group by
  grouping sets (
    (execution_id, "document_type"),
    (execution_id, "model"),
    (execution_id, "phase_name"),
    (execution_id, "source")
  )
order by
  sum(cost_usd) desc nulls last,
  coalesce("document_type", "model", "phase_name", "source");

-- logs.minutes
select
  date_bin('1 minute', logged."started_at", '2000-01-01Z'),
  coalesce(count(*), 0),
  bit_xor(
    hash_record_extended (
      row (
        logged."id"::text collate "C",
        logged."started_at",
        logged."workflow_execution_id",
        logged."artifact_type",
        logged."model_provider",
        logged."model_name",
        logged."input_tokens",
        logged."output_tokens",
        logged."cost_usd"
      ),
      0
    )
  )::text
from
  "public"."llm_run" as logged
where
  logged."started_at" >= $1
  and logged."started_at" < $2
  and logged."id" is not null
group by
  1
order by
  1;

-- logs.copiedMinutes
select
  date_bin('1 minute', "llm_calls"."started_at", '2000-01-01Z'),
  coalesce(count(*), 0),
  bit_xor("llm_calls"."source_fingerprint"::bigint)::text
from
  "llm_calls"
where
  (
    "llm_calls"."source" = $1
    and "llm_calls"."started_at" >= $2
  )
group by
  1
order by
  1;

-- logs.count
select
  coalesce(count(*), 0)
from
  "public"."llm_run" as logged
where
  logged."started_at" >= $1
  and logged."started_at" < $2
  and logged."id" is not null;

-- logs.nextChunk
select
  read.source_key,
  read.fingerprint,
  read.started_at,
  read."execution_id",
  read."session",
  read."phase",
  read."document_type",
  read."provider",
  read."model",
  read."input_tokens",
  read."cache_read_tokens",
  read."cache_write_5m_tokens",
  read."cache_write_1h_tokens",
  read."output_tokens",
  read."cost_usd",
  read.is_new,
  read.is_different,
  read.size,
  read.started_at::text,
  read.id
from
  (
    select
      chunk.*,
      copied.source is null as is_new,
      copied.source is null
      or copied.source = 'llm_log'
      and copied.source_fingerprint is distinct from chunk.fingerprint as is_different,
      row_number() over (
        order by
          chunk.started_at,
          chunk.id
      ) as position,
      count(*) over () as size
    from
      (
        select
          case
            when pg_typeof(logged."id") = 'uuid'::regtype then ''
            else 'llm_log:'
          end || left(logged."id"::text, 256) as source_key,
          hash_record_extended (
            row (
              logged."id"::text collate "C",
              logged."started_at",
              logged."workflow_execution_id",
              logged."artifact_type",
              logged."model_provider",
              logged."model_name",
              logged."input_tokens",
              logged."output_tokens",
              logged."cost_usd"
            ),
            0
          )::text as fingerprint,
          logged."started_at" as started_at,
          logged."id"::text collate "C" as id,
          logged."workflow_execution_id"::text as "execution_id",
          null::text as "session",
          null::text as "phase",
          logged."artifact_type"::text as "document_type",
          logged."model_provider"::text as "provider",
          logged."model_name"::text as "model",
          logged."input_tokens"::text as "input_tokens",
          null::text as "cache_read_tokens",
          null::text as "cache_write_5m_tokens",
          null::text as "cache_write_1h_tokens",
          logged."output_tokens"::text as "output_tokens",
          logged."cost_usd"::text as "cost_usd"
        from
          "public"."llm_run" as logged
        where
          logged."started_at" >= $1
          and logged."started_at" < $2
          and logged."id" is not null
          and (logged."started_at", logged."id"::text collate "C") > ($3::timestamptz, $4)
        order by
          logged."started_at",
          logged."id"::text collate "C"
        limit
          $5
      ) as chunk
      left join lateral (
        select
          source,
          source_fingerprint
        from
          llm_calls
        where
          source_key = chunk.source_key
        limit
          1
      ) as copied on true
  ) as read
where
  read.is_different
  or read.position = read.size
order by
  read.position;

-- copies.takeTurn
insert into
  "llm_log_copies" ("log_table", "settled_until", "as_of", "copied_count", "holder", "held_until")
values
  ($1, default, default, default, $2, now() + interval '3 seconds')
on conflict ("log_table") do update
set
  "holder" = $3,
  "held_until" = now() + interval '3 seconds'
where
  coalesce(
    "llm_log_copies"."holder" = $4
    or "llm_log_copies"."held_until" < now(),
    true
  )
returning
  "settled_until",
  "as_of",
  "copied_count";

-- copies.advance
update "llm_log_copies"
set
  "settled_until" = $1,
  "as_of" = $2,
  "copied_count" = "llm_log_copies"."copied_count" + $3,
  "held_until" = now() + interval '3 seconds'
where
  (
    "llm_log_copies"."log_table" = $4
    and "llm_log_copies"."holder" = $5
  )
returning
  "settled_until",
  "as_of",
  "copied_count";

-- copies.giveTurnBack
update "llm_log_copies"
set
  "holder" = $1
where
  (
    "llm_log_copies"."log_table" = $2
    and "llm_log_copies"."holder" = $3
  );

-- copies.byLog
select
  "settled_until",
  "as_of",
  "copied_count"
from
  "llm_log_copies"
where
  "llm_log_copies"."log_table" = $1;

-- catalogue.columnsOf
select
  attribute.attname,
  case base.typtype
    when 'e' then 'enum'
    else format_type(base.oid, null)
  end,
  has_schema_privilege(namespace.oid, 'usage')
  and has_column_privilege(class.oid, attribute.attnum, 'select'),
  case
    when class.relkind in ('r', 'p', 'm') then exists (
      select
      from
        pg_index
      where
        indrelid = class.oid
        and indisvalid
        and indpred is null
        and indkey[0] = attribute.attnum
    )
  end
from
  pg_class as class
  join pg_namespace as namespace on namespace.oid = class.relnamespace
  join pg_attribute as attribute on attribute.attrelid = class.oid
  and attribute.attnum > 0
  and not attribute.attisdropped
  join pg_type as declared on declared.oid = attribute.atttypid
  join pg_type as base on base.oid = coalesce(nullif(declared.typbasetype, 0), declared.oid)
where
  namespace.nspname = $1
  and class.relname = $2
  and class.relkind in ('r', 'p', 'v', 'm', 'f')
order by
  attribute.attnum;

-- catalogue.tables
select
  namespace.nspname,
  class.relname
from
  pg_class as class
  join pg_namespace as namespace on namespace.oid = class.relnamespace
where
  class.relkind in ('r', 'p', 'v', 'm', 'f')
  and namespace.nspname !~ '^(pg_|information_schema$)'
order by
  1,
  2;

-- catalogue.roleOf
select
  current_user
from
  (
    select
  ) as one;

-- dashboard
select
  coalesce("period"."completed_count", 0),
  (("period"."completed_seconds")::numeric / nullif("period"."completed_count", 0))::numeric,
  coalesce("period"."tests_written", 0),
  coalesce("period"."autonomous_bug_fix_count", 0),
  coalesce("period"."cost_usd", 0),
  (("period"."completed_rework_cycles")::numeric / nullif("period"."completed_count", 0))::numeric,
  case
    when "period"."known_cost_count" > 0 then round("period"."cost_usd" / nullif("period"."completed_count", 0), 6)
  end,
  extract(
    epoch
    from
      bucket.start_at
  ) * 1000,
  extract(
    epoch
    from
      bucket.end_at
  ) * 1000,
  coalesce("bucket"."completed_count", 0),
  coalesce("bucket"."cost_usd", 0),
  case
    when "bucket"."known_cost_count" > 0 then round("bucket"."cost_usd" / nullif("bucket"."completed_count", 0), 6)
  end
from
  (
    with
      waiting as materialized (
        select
          start_at,
          sum(started_count) as started_count,
          sum(blocked_count) as blocked_count,
          sum(completed_count) as completed_count,
          sum(failed_count) as failed_count,
          sum(hard_stop_count) as hard_stop_count,
          sum(first_pass_count) as first_pass_count,
          sum(completed_seconds) as completed_seconds,
          sum(completed_rework_cycles) as completed_rework_cycles,
          sum(tests_written) as tests_written,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          run_sum_changes
        group by
          start_at
      )
    select
      start_at,
      end_at,
      sums.*
    from
      (
        select
          $1::timestamptz as start_at,
          $2::timestamptz as end_at
      ) as spans
      cross join lateral (
        select
          date_bin('1 day', start_at + interval '12 hours', '0001-01-01 00:00:00+00') as first_day,
          date_bin('1 day', end_at + interval '12 hours', '0001-01-01 00:00:00+00') as last_day,
          date_bin('15 minutes', start_at + interval '450 seconds', '0001-01-01 00:00:00+00') as first_quarter,
          date_bin('15 minutes', end_at + interval '450 seconds', '0001-01-01 00:00:00+00') as last_quarter
      ) as edges
      cross join lateral (
        select
          sum(part.factor * kept.started_count) as started_count,
          sum(part.factor * kept.blocked_count) as blocked_count,
          sum(part.factor * kept.completed_count) as completed_count,
          sum(part.factor * kept.failed_count) as failed_count,
          sum(part.factor * kept.hard_stop_count) as hard_stop_count,
          sum(part.factor * kept.first_pass_count) as first_pass_count,
          sum(part.factor * kept.completed_seconds) as completed_seconds,
          sum(part.factor * kept.completed_rework_cycles) as completed_rework_cycles,
          sum(part.factor * kept.tests_written) as tests_written,
          sum(part.factor * kept.cost_usd) as cost_usd,
          sum(part.factor * kept.known_cost_count) as known_cost_count,
          sum(part.factor * kept.autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          (
            values
              (1, 'day', first_day, last_day),
              (1, 'quarter_hour', last_day, last_quarter),
              (-1, 'quarter_hour', last_quarter, last_day),
              (-1, 'quarter_hour', first_day, first_quarter),
              (1, 'quarter_hour', first_quarter, first_day),
              (1, null, last_quarter, end_at),
              (-1, null, end_at, last_quarter),
              (-1, null, first_quarter, start_at),
              (1, null, start_at, first_quarter)
          ) as part (factor, grain, from_at, to_at)
          cross join lateral (
            select
              sum(started_count) as started_count,
              sum(blocked_count) as blocked_count,
              sum(completed_count) as completed_count,
              sum(failed_count) as failed_count,
              sum(hard_stop_count) as hard_stop_count,
              sum(first_pass_count) as first_pass_count,
              sum(completed_seconds) as completed_seconds,
              sum(completed_rework_cycles) as completed_rework_cycles,
              sum(tests_written) as tests_written,
              sum(cost_usd) as cost_usd,
              sum(known_cost_count) as known_cost_count,
              sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
            from
              (
                select
                  "run_sums".started_count,
                  "run_sums".blocked_count,
                  "run_sums".completed_count,
                  "run_sums".failed_count,
                  "run_sums".hard_stop_count,
                  "run_sums".first_pass_count,
                  "run_sums".completed_seconds,
                  "run_sums".completed_rework_cycles,
                  "run_sums".tests_written,
                  "run_sums".cost_usd,
                  "run_sums".known_cost_count,
                  "run_sums".autonomous_bug_fix_count
                from
                  run_sums
                where
                  run_sums.grain = part.grain
                  and run_sums.start_at >= part.from_at
                  and run_sums.start_at < part.to_at
                union all
                select
                  "waiting".started_count,
                  "waiting".blocked_count,
                  "waiting".completed_count,
                  "waiting".failed_count,
                  "waiting".hard_stop_count,
                  "waiting".first_pass_count,
                  "waiting".completed_seconds,
                  "waiting".completed_rework_cycles,
                  "waiting".tests_written,
                  "waiting".cost_usd,
                  "waiting".known_cost_count,
                  "waiting".autonomous_bug_fix_count
                from
                  waiting
                where
                  part.grain is not null
                  and waiting.start_at >= part.from_at
                  and waiting.start_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_executions as run,
                  run_measures (run, 1) as measures
                where
                  part.grain is null
                  and run.started_at >= part.from_at
                  and run.started_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_bug_fixes as fix,
                  bug_fix_measures (fix, 1) as measures
                where
                  part.grain is null
                  and fix.created_at >= part.from_at
                  and fix.created_at < part.to_at
              ) as facts
          ) as kept
        where
          part.from_at < part.to_at
      ) as sums
  ) as period
  cross join (
    with
      waiting as materialized (
        select
          start_at,
          sum(completed_count) as completed_count,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count
        from
          run_sum_changes
        group by
          start_at
      )
    select
      start_at,
      end_at,
      sums.*
    from
      (
        select
          start_at,
          end_at
        from
          (
            select
              greatest(edge, $3::timestamptz) as start_at,
              least(
                lead(edge) over (
                  order by
                    local
                ),
                $4::timestamptz
              ) as end_at
            from
              (
                select
                  local,
                  least(
                    (local at time zone $5),
                    case
                      when (
                        (
                          local - (
                            (((local at time zone $6) - interval '24 hours') at time zone $7) - (((local at time zone $8) - interval '24 hours') at time zone 'UTC')
                          )
                        ) at time zone 'UTC'
                      ) at time zone $9 = local then (
                        (
                          local - (
                            (((local at time zone $10) - interval '24 hours') at time zone $11) - (((local at time zone $12) - interval '24 hours') at time zone 'UTC')
                          )
                        ) at time zone 'UTC'
                      )
                    end
                  ) as edge
                from
                  generate_series(
                    date_trunc($13, $14::timestamptz at time zone $15),
                    date_trunc($16, $17::timestamptz at time zone $18) + $19::interval,
                    $20::interval
                  ) as local
              ) as edges
          ) as clipped
        where
          start_at < end_at
      ) as spans
      cross join lateral (
        select
          date_bin('1 day', start_at + interval '12 hours', '0001-01-01 00:00:00+00') as first_day,
          date_bin('1 day', end_at + interval '12 hours', '0001-01-01 00:00:00+00') as last_day,
          date_bin('15 minutes', start_at + interval '450 seconds', '0001-01-01 00:00:00+00') as first_quarter,
          date_bin('15 minutes', end_at + interval '450 seconds', '0001-01-01 00:00:00+00') as last_quarter
      ) as edges
      cross join lateral (
        select
          sum(part.factor * kept.completed_count) as completed_count,
          sum(part.factor * kept.cost_usd) as cost_usd,
          sum(part.factor * kept.known_cost_count) as known_cost_count
        from
          (
            values
              (1, 'day', first_day, last_day),
              (1, 'quarter_hour', last_day, last_quarter),
              (-1, 'quarter_hour', last_quarter, last_day),
              (-1, 'quarter_hour', first_day, first_quarter),
              (1, 'quarter_hour', first_quarter, first_day),
              (1, null, last_quarter, end_at),
              (-1, null, end_at, last_quarter),
              (-1, null, first_quarter, start_at),
              (1, null, start_at, first_quarter)
          ) as part (factor, grain, from_at, to_at)
          cross join lateral (
            select
              sum(completed_count) as completed_count,
              sum(cost_usd) as cost_usd,
              sum(known_cost_count) as known_cost_count
            from
              (
                select
                  "run_sums".completed_count,
                  "run_sums".cost_usd,
                  "run_sums".known_cost_count
                from
                  run_sums
                where
                  run_sums.grain = part.grain
                  and run_sums.start_at >= part.from_at
                  and run_sums.start_at < part.to_at
                union all
                select
                  "waiting".completed_count,
                  "waiting".cost_usd,
                  "waiting".known_cost_count
                from
                  waiting
                where
                  part.grain is not null
                  and waiting.start_at >= part.from_at
                  and waiting.start_at < part.to_at
                union all
                select
                  "measures".completed_count,
                  "measures".cost_usd,
                  "measures".known_cost_count
                from
                  ws_executions as run,
                  run_measures (run, 1) as measures
                where
                  part.grain is null
                  and run.started_at >= part.from_at
                  and run.started_at < part.to_at
                union all
                select
                  "measures".completed_count,
                  "measures".cost_usd,
                  "measures".known_cost_count
                from
                  ws_bug_fixes as fix,
                  bug_fix_measures (fix, 1) as measures
                where
                  part.grain is null
                  and fix.created_at >= part.from_at
                  and fix.created_at < part.to_at
              ) as facts
          ) as kept
        where
          part.from_at < part.to_at
      ) as sums
  ) as bucket
order by
  bucket.start_at;

-- scoreboard
select
  coalesce(
    (
      "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
    ),
    0
  ),
  coalesce("sums"."completed_count", 0),
  (
    ("sums"."completed_count")::numeric / nullif(
      (
        "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
      ),
      0
    )
  )::numeric,
  (
    ("sums"."completed_count")::numeric / nullif(("sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count"), 0)
  )::numeric,
  (("sums"."completed_seconds")::numeric / nullif("sums"."completed_count", 0))::numeric,
  (("sums"."first_pass_count")::numeric / nullif("sums"."completed_count", 0))::numeric,
  coalesce("sums"."cost_usd", 0),
  case
    when "sums"."known_cost_count" > 0 then round("sums"."cost_usd" / nullif("sums"."completed_count", 0), 6)
  end,
  coalesce("sums"."autonomous_bug_fix_count", 0),
  (
    with
      span as (
        select
          *,
          date_bin('1 day', start_at + interval '12 hours', '0001-01-01 00:00:00+00') as first_day,
          date_bin('1 day', end_at + interval '12 hours', '0001-01-01 00:00:00+00') as last_day
        from
          (
            select
              $1::timestamptz as start_at,
              $2::timestamptz as end_at
          ) as range
      ),
      counts as (
        select
          duration_bucket,
          completed_count
        from
          span,
          duration_sums
        where
          day >= first_day
          and day < last_day
        union all
        select
          duration_bucket,
          completed_count
        from
          span,
          run_sum_changes as change
        where
          duration_bucket is not null
          and change.start_at >= first_day
          and change.start_at < last_day
        union all
        select
          duration_bucket,
          factor * completed_count
        from
          span
          cross join lateral (
            values
              (1, last_day, end_at),
              (-1, end_at, last_day),
              (-1, first_day, span.start_at),
              (1, span.start_at, first_day)
          ) as part (factor, from_at, to_at)
          cross join lateral (
            select
              duration_bucket,
              sum(completed_count) as completed_count
            from
              ws_executions as run,
              run_measures (run, 1) as measures
            where
              part.from_at < part.to_at
              and run.started_at >= part.from_at
              and run.started_at < part.to_at
            group by
              duration_bucket
          ) as facts
        where
          duration_bucket is not null
      ),
      buckets as (
        select
          duration_bucket,
          sum(sum(completed_count)) over (
            order by
              duration_bucket
          ) as count_up_to,
          sum(sum(completed_count)) over (
            order by
              duration_bucket
          ) - sum(completed_count) as count_before,
          0.95::float8 * (sum(sum(completed_count)) over () - 1)::float8 as rank
        from
          counts
        group by
          duration_bucket
      ),
      durations as (
        select
          duration_seconds,
          rank,
          min(count_before) over () + sum(run_count) over (
            order by
              duration_seconds
          ) as count_up_to
        from
          buckets
          cross join span
          cross join lateral (
            select
              duration_seconds,
              count(*) as run_count
            from
              ws_executions as run
            where
              run.status = 'COMPLETED'
              and run.started_at >= span.start_at
              and run.started_at < span.end_at
              and run.duration_seconds >= duration_bucket
              and run.duration_seconds < duration_bucket + duration_bucket_width (duration_bucket)
            group by
              duration_seconds
          ) as runs
        where
          count_before <= ceil(rank)
          and count_up_to > floor(rank)
      ),
      neighbours as (
        select
          min(duration_seconds) filter (
            where
              count_up_to > floor(rank)
          ) as lower,
          min(duration_seconds) filter (
            where
              count_up_to > ceil(rank)
          ) as upper,
          min(rank - floor(rank)) as share
        from
          durations
      )
    select
      lower + share * (upper - lower)
    from
      neighbours
  )::numeric,
  coalesce(("sums"."started_count"), 0),
  coalesce(("sums"."completed_count"), 0),
  coalesce(("sums"."failed_count"), 0),
  coalesce(("sums"."hard_stop_count"), 0),
  coalesce(("sums"."blocked_count"), 0)
from
  (
    with
      waiting as materialized (
        select
          start_at,
          sum(started_count) as started_count,
          sum(blocked_count) as blocked_count,
          sum(completed_count) as completed_count,
          sum(failed_count) as failed_count,
          sum(hard_stop_count) as hard_stop_count,
          sum(first_pass_count) as first_pass_count,
          sum(completed_seconds) as completed_seconds,
          sum(completed_rework_cycles) as completed_rework_cycles,
          sum(tests_written) as tests_written,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          run_sum_changes
        group by
          start_at
      )
    select
      start_at,
      end_at,
      sums.*
    from
      (
        select
          $3::timestamptz as start_at,
          $4::timestamptz as end_at
      ) as spans
      cross join lateral (
        select
          date_bin('1 day', start_at + interval '12 hours', '0001-01-01 00:00:00+00') as first_day,
          date_bin('1 day', end_at + interval '12 hours', '0001-01-01 00:00:00+00') as last_day,
          date_bin('15 minutes', start_at + interval '450 seconds', '0001-01-01 00:00:00+00') as first_quarter,
          date_bin('15 minutes', end_at + interval '450 seconds', '0001-01-01 00:00:00+00') as last_quarter
      ) as edges
      cross join lateral (
        select
          sum(part.factor * kept.started_count) as started_count,
          sum(part.factor * kept.blocked_count) as blocked_count,
          sum(part.factor * kept.completed_count) as completed_count,
          sum(part.factor * kept.failed_count) as failed_count,
          sum(part.factor * kept.hard_stop_count) as hard_stop_count,
          sum(part.factor * kept.first_pass_count) as first_pass_count,
          sum(part.factor * kept.completed_seconds) as completed_seconds,
          sum(part.factor * kept.completed_rework_cycles) as completed_rework_cycles,
          sum(part.factor * kept.tests_written) as tests_written,
          sum(part.factor * kept.cost_usd) as cost_usd,
          sum(part.factor * kept.known_cost_count) as known_cost_count,
          sum(part.factor * kept.autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          (
            values
              (1, 'day', first_day, last_day),
              (1, 'quarter_hour', last_day, last_quarter),
              (-1, 'quarter_hour', last_quarter, last_day),
              (-1, 'quarter_hour', first_day, first_quarter),
              (1, 'quarter_hour', first_quarter, first_day),
              (1, null, last_quarter, end_at),
              (-1, null, end_at, last_quarter),
              (-1, null, first_quarter, start_at),
              (1, null, start_at, first_quarter)
          ) as part (factor, grain, from_at, to_at)
          cross join lateral (
            select
              sum(started_count) as started_count,
              sum(blocked_count) as blocked_count,
              sum(completed_count) as completed_count,
              sum(failed_count) as failed_count,
              sum(hard_stop_count) as hard_stop_count,
              sum(first_pass_count) as first_pass_count,
              sum(completed_seconds) as completed_seconds,
              sum(completed_rework_cycles) as completed_rework_cycles,
              sum(tests_written) as tests_written,
              sum(cost_usd) as cost_usd,
              sum(known_cost_count) as known_cost_count,
              sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
            from
              (
                select
                  "run_sums".started_count,
                  "run_sums".blocked_count,
                  "run_sums".completed_count,
                  "run_sums".failed_count,
                  "run_sums".hard_stop_count,
                  "run_sums".first_pass_count,
                  "run_sums".completed_seconds,
                  "run_sums".completed_rework_cycles,
                  "run_sums".tests_written,
                  "run_sums".cost_usd,
                  "run_sums".known_cost_count,
                  "run_sums".autonomous_bug_fix_count
                from
                  run_sums
                where
                  run_sums.grain = part.grain
                  and run_sums.start_at >= part.from_at
                  and run_sums.start_at < part.to_at
                union all
                select
                  "waiting".started_count,
                  "waiting".blocked_count,
                  "waiting".completed_count,
                  "waiting".failed_count,
                  "waiting".hard_stop_count,
                  "waiting".first_pass_count,
                  "waiting".completed_seconds,
                  "waiting".completed_rework_cycles,
                  "waiting".tests_written,
                  "waiting".cost_usd,
                  "waiting".known_cost_count,
                  "waiting".autonomous_bug_fix_count
                from
                  waiting
                where
                  part.grain is not null
                  and waiting.start_at >= part.from_at
                  and waiting.start_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_executions as run,
                  run_measures (run, 1) as measures
                where
                  part.grain is null
                  and run.started_at >= part.from_at
                  and run.started_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_bug_fixes as fix,
                  bug_fix_measures (fix, 1) as measures
                where
                  part.grain is null
                  and fix.created_at >= part.from_at
                  and fix.created_at < part.to_at
              ) as facts
          ) as kept
        where
          part.from_at < part.to_at
      ) as sums
  ) as sums;

-- metrics, of runs by key and month
select
  is_total,
  count(*) filter (
    where
      not is_total
      and ("count "::float8 >= $1::float8) is true
  ) over (),
  jsonb_build_array(key0),
  extract(
    epoch
    from
      least(
        (key1 at time zone $2),
        case
          when (
            (
              key1 - (
                (((key1 at time zone $3) - interval '24 hours') at time zone $4) - (((key1 at time zone $5) - interval '24 hours') at time zone 'UTC')
              )
            ) at time zone 'UTC'
          ) at time zone $6 = key1 then (
            (
              key1 - (
                (((key1 at time zone $7) - interval '24 hours') at time zone $8) - (((key1 at time zone $9) - interval '24 hours') at time zone 'UTC')
              )
            ) at time zone 'UTC'
          )
        end
      )
  ) * 1000,
  extract(
    epoch
    from
      least(
        ((key1 + ('1 ' || 'month')::interval) at time zone $10),
        case
          when (
            (
              (key1 + ('1 ' || 'month')::interval) - (
                (
                  (((key1 + ('1 ' || 'month')::interval) at time zone $11) - interval '24 hours') at time zone $12
                ) - (
                  (((key1 + ('1 ' || 'month')::interval) at time zone $13) - interval '24 hours') at time zone 'UTC'
                )
              )
            ) at time zone 'UTC'
          ) at time zone $14 = (key1 + ('1 ' || 'month')::interval) then (
            (
              (key1 + ('1 ' || 'month')::interval) - (
                (
                  (((key1 + ('1 ' || 'month')::interval) at time zone $15) - interval '24 hours') at time zone $16
                ) - (
                  (((key1 + ('1 ' || 'month')::interval) at time zone $17) - interval '24 hours') at time zone 'UTC'
                )
              )
            ) at time zone 'UTC'
          )
        end
      )
  ) * 1000,
  jsonb_build_array("count ", "cost_usd p90")
from
  (
    with
      groups as materialized (
        select
          runs.wp_id as key0,
          case
            when date_trunc('month', (runs.started_at at time zone $18)) < date_trunc('month', ((runs.started_at - interval '24 hours') at time zone $19) + interval '24 hours')
            and least(
              (
                (date_trunc('month', (runs.started_at at time zone $20)) + ('1 ' || 'month')::interval) at time zone $21
              ),
              case
                when (
                  (
                    (date_trunc('month', (runs.started_at at time zone $22)) + ('1 ' || 'month')::interval) - (
                      (
                        (
                          (
                            (date_trunc('month', (runs.started_at at time zone $23)) + ('1 ' || 'month')::interval) at time zone $24
                          ) - interval '24 hours'
                        ) at time zone $25
                      ) - (
                        (
                          (
                            (date_trunc('month', (runs.started_at at time zone $26)) + ('1 ' || 'month')::interval) at time zone $27
                          ) - interval '24 hours'
                        ) at time zone 'UTC'
                      )
                    )
                  ) at time zone 'UTC'
                ) at time zone $28 = (date_trunc('month', (runs.started_at at time zone $29)) + ('1 ' || 'month')::interval) then (
                  (
                    (date_trunc('month', (runs.started_at at time zone $30)) + ('1 ' || 'month')::interval) - (
                      (
                        (
                          (
                            (date_trunc('month', (runs.started_at at time zone $31)) + ('1 ' || 'month')::interval) at time zone $32
                          ) - interval '24 hours'
                        ) at time zone $33
                      ) - (
                        (
                          (
                            (date_trunc('month', (runs.started_at at time zone $34)) + ('1 ' || 'month')::interval) at time zone $35
                          ) - interval '24 hours'
                        ) at time zone 'UTC'
                      )
                    )
                  ) at time zone 'UTC'
                )
              end
            ) <= runs.started_at then (date_trunc('month', (runs.started_at at time zone $36)) + ('1 ' || 'month')::interval)
            else date_trunc('month', (runs.started_at at time zone $37))
          end as key1,
          count(*) as part0,
          percentile_cont(0.9) within group (
            order by
              runs.cost_usd
          ) as part1,
          count(*) filter (
            where
              runs.status = 'COMPLETED'
          ) as part2,
          count(*) as part3
        from
          ws_executions as runs
        where
          (
            runs.started_at >= $38
            and runs.started_at < $39
            and (
              "runs"."id" is not null
              and (
                "runs"."ws_id" = $40
                and "runs"."status" in ($41)
                and "runs"."started_at" >= $42
                and "runs"."started_at" < $43
              )
            )
          )
        group by
          1,
          2
      ),
      wholes as (
        select
          percentile_cont(0.9) within group (
            order by
              runs.cost_usd
          ) as part1
        from
          ws_executions as runs
        where
          (
            runs.started_at >= $44
            and runs.started_at < $45
            and (
              "runs"."id" is not null
              and (
                "runs"."ws_id" = $46
                and "runs"."status" in ($47)
                and "runs"."started_at" >= $48
                and "runs"."started_at" < $49
              )
            )
          )
      )
    select
      false as is_total,
      key0,
      key1,
      (part0)::numeric as "count ",
      round((part1)::numeric, 6) as "cost_usd p90",
      ((part2)::numeric / nullif(part3, 0))::numeric as "success_rate "
    from
      groups
    union all
    select
      true,
      null,
      null,
      (coalesce(sum(part0), 0))::numeric,
      round(
        (
          (
            select
              part1
            from
              wholes
          )
        )::numeric,
        6
      ),
      ((coalesce(sum(part2), 0))::numeric / nullif(coalesce(sum(part3), 0), 0))::numeric
    from
      groups
    having
      true
  ) as groups
where
  is_total
  or not is_total
  and ("count "::float8 >= $50::float8) is true
order by
  is_total desc,
  "success_rate " desc nulls last,
  key1,
  key0::text collate "C" nulls last
limit
  $51;

-- metrics, of the cost of phases
select
  is_total,
  count(*) filter (
    where
      not is_total
      and true
  ) over (),
  jsonb_build_array(key0, key1),
  null,
  null,
  jsonb_build_array("cost_usd sum")
from
  (
    with
      groups as materialized (
        select
          phases.name as key0,
          exists (
            select
            from
              ws_phases as earlier
            where
              earlier.ws_execution_id = phases.ws_execution_id
              and earlier.name = 'verify'
              and earlier.result = 'fail'
              and (earlier.started_at, earlier.sequence, earlier.event_id collate "C") < (phases.started_at, phases.sequence, phases.event_id collate "C")
          ) as key1,
          sum(
            case
              when runs.logged_cost_usd is null then null
              when costs.event_id is null then 0
              else costs.cost_usd
            end
          ) as part0
        from
          ws_phases as phases
          left join ws_executions as runs on runs.id = phases.ws_execution_id
          left join (
            select
              runs.id as ws_execution_id,
              phase.event_id,
              sum(calls.cost_usd) as cost_usd
            from
              (
                select
                  *
                from
                  ws_executions
                where
                  id in (
                    select
                      phases.ws_execution_id
                    from
                      ws_phases as phases
                      left join ws_executions as runs on runs.id = phases.ws_execution_id
                    where
                      (
                        phases.started_at >= $1
                        and phases.started_at < $2
                        and exists (
                          select
                          from
                            ws_phases as earlier
                          where
                            earlier.ws_execution_id = phases.ws_execution_id
                            and earlier.name = 'verify'
                            and earlier.result = 'fail'
                            and (earlier.started_at, earlier.sequence, earlier.event_id collate "C") < (phases.started_at, phases.sequence, phases.event_id collate "C")
                        ) = $3
                      )
                  )
              ) as runs
              cross join lateral (
                select
                  *
                from
                  llm_calls
                where
                  ws_execution_id = runs.id
                offset
                  0
              ) as calls
              left join lateral (
                select
                  event_id
                from
                  ws_phases
                where
                  calls.phase_name is not null
                  and ws_execution_id = runs.id
                  and name = calls.phase_name
                  and started_at <= calls.started_at
                order by
                  calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity') desc,
                  started_at desc,
                  sequence desc,
                  event_id collate "C" desc
                limit
                  1
              ) as named on true
              left join lateral (
                select
                  min(event_id) as event_id
                from
                  ws_phases
                where
                  calls.phase_name is null
                  and ws_execution_id = runs.id
                  and started_at <= calls.started_at
                  and calls.started_at < coalesce(completed_at, runs.completed_at, 'infinity')
                having
                  count(*) = 1
              ) as alone on true
              cross join lateral (
                select
                  coalesce(named.event_id, alone.event_id) as event_id
              ) as phase
            where
              phase.event_id is not null
            group by
              runs.id,
              phase.event_id
          ) as costs on costs.ws_execution_id = phases.ws_execution_id
          and costs.event_id = phases.event_id
        where
          (
            phases.started_at >= $4
            and phases.started_at < $5
            and exists (
              select
              from
                ws_phases as earlier
              where
                earlier.ws_execution_id = phases.ws_execution_id
                and earlier.name = 'verify'
                and earlier.result = 'fail'
                and (earlier.started_at, earlier.sequence, earlier.event_id collate "C") < (phases.started_at, phases.sequence, phases.event_id collate "C")
            ) = $6
          )
        group by
          1,
          2
      )
    select
      false as is_total,
      key0,
      key1,
      round((coalesce(part0, 0))::numeric, 6) as "cost_usd sum"
    from
      groups
    union all
    select
      true,
      null,
      null,
      round((coalesce(sum(part0), 0))::numeric, 6)
    from
      groups
    having
      true
  ) as groups
where
  is_total
  or not is_total
  and true
order by
  is_total desc,
  "cost_usd sum" desc nulls last,
  key0::text collate "C" nulls last,
  key1::text collate "C" nulls last
limit
  $7;

-- metrics, of all LLM calls
select
  is_total,
  count(*) filter (
    where
      not is_total
      and true
  ) over (),
  jsonb_build_array(),
  null,
  null,
  jsonb_build_array("unattributed_cost_rate ")
from
  (
    with
      groups as materialized (
        select
          sum(
            case
              when calls.ws_execution_id is null then calls.cost_usd
            end
          ) as part0,
          sum(calls.cost_usd) as part1
        from
          llm_calls as calls
          left join ws_executions as runs on runs.id = calls.ws_execution_id
        where
          (
            calls.started_at >= $1
            and calls.started_at < $2
            and calls.model in ($3)
          )
      )
    select
      false as is_total,
      ((coalesce(part0, 0))::numeric / nullif(part1, 0))::numeric as "unattributed_cost_rate "
    from
      groups
    union all
    select
      true,
      ((coalesce(sum(part0), 0))::numeric / nullif(sum(part1), 0))::numeric
    from
      groups
    having
      true
  ) as groups
where
  is_total
  or not is_total
  and true
order by
  is_total desc,
  "unattributed_cost_rate " desc nulls last
limit
  $4;

-- dashboards.periodFigures
select
  coalesce("period"."completed_count", 0),
  (("period"."completed_seconds")::numeric / nullif("period"."completed_count", 0))::numeric,
  coalesce("period"."tests_written", 0),
  coalesce("period"."autonomous_bug_fix_count", 0),
  coalesce("period"."cost_usd", 0),
  (("period"."completed_rework_cycles")::numeric / nullif("period"."completed_count", 0))::numeric,
  case
    when "period"."known_cost_count" > 0 then round("period"."cost_usd" / nullif("period"."completed_count", 0), 6)
  end
from
  (
    with
      waiting as materialized (
        select
          start_at,
          sum(started_count) as started_count,
          sum(blocked_count) as blocked_count,
          sum(completed_count) as completed_count,
          sum(failed_count) as failed_count,
          sum(hard_stop_count) as hard_stop_count,
          sum(first_pass_count) as first_pass_count,
          sum(completed_seconds) as completed_seconds,
          sum(completed_rework_cycles) as completed_rework_cycles,
          sum(tests_written) as tests_written,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          run_sum_changes
        group by
          start_at
      )
    select
      start_at,
      end_at,
      sums.*
    from
      (
        select
          $1::timestamptz as start_at,
          $2::timestamptz as end_at
      ) as spans
      cross join lateral (
        select
          date_bin('1 day', start_at + interval '12 hours', '0001-01-01 00:00:00+00') as first_day,
          date_bin('1 day', end_at + interval '12 hours', '0001-01-01 00:00:00+00') as last_day,
          date_bin('15 minutes', start_at + interval '450 seconds', '0001-01-01 00:00:00+00') as first_quarter,
          date_bin('15 minutes', end_at + interval '450 seconds', '0001-01-01 00:00:00+00') as last_quarter
      ) as edges
      cross join lateral (
        select
          sum(part.factor * kept.started_count) as started_count,
          sum(part.factor * kept.blocked_count) as blocked_count,
          sum(part.factor * kept.completed_count) as completed_count,
          sum(part.factor * kept.failed_count) as failed_count,
          sum(part.factor * kept.hard_stop_count) as hard_stop_count,
          sum(part.factor * kept.first_pass_count) as first_pass_count,
          sum(part.factor * kept.completed_seconds) as completed_seconds,
          sum(part.factor * kept.completed_rework_cycles) as completed_rework_cycles,
          sum(part.factor * kept.tests_written) as tests_written,
          sum(part.factor * kept.cost_usd) as cost_usd,
          sum(part.factor * kept.known_cost_count) as known_cost_count,
          sum(part.factor * kept.autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          (
            values
              (1, 'day', first_day, last_day),
              (1, 'quarter_hour', last_day, last_quarter),
              (-1, 'quarter_hour', last_quarter, last_day),
              (-1, 'quarter_hour', first_day, first_quarter),
              (1, 'quarter_hour', first_quarter, first_day),
              (1, null, last_quarter, end_at),
              (-1, null, end_at, last_quarter),
              (-1, null, first_quarter, start_at),
              (1, null, start_at, first_quarter)
          ) as part (factor, grain, from_at, to_at)
          cross join lateral (
            select
              sum(started_count) as started_count,
              sum(blocked_count) as blocked_count,
              sum(completed_count) as completed_count,
              sum(failed_count) as failed_count,
              sum(hard_stop_count) as hard_stop_count,
              sum(first_pass_count) as first_pass_count,
              sum(completed_seconds) as completed_seconds,
              sum(completed_rework_cycles) as completed_rework_cycles,
              sum(tests_written) as tests_written,
              sum(cost_usd) as cost_usd,
              sum(known_cost_count) as known_cost_count,
              sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
            from
              (
                select
                  "run_sums".started_count,
                  "run_sums".blocked_count,
                  "run_sums".completed_count,
                  "run_sums".failed_count,
                  "run_sums".hard_stop_count,
                  "run_sums".first_pass_count,
                  "run_sums".completed_seconds,
                  "run_sums".completed_rework_cycles,
                  "run_sums".tests_written,
                  "run_sums".cost_usd,
                  "run_sums".known_cost_count,
                  "run_sums".autonomous_bug_fix_count
                from
                  run_sums
                where
                  run_sums.grain = part.grain
                  and run_sums.start_at >= part.from_at
                  and run_sums.start_at < part.to_at
                union all
                select
                  "waiting".started_count,
                  "waiting".blocked_count,
                  "waiting".completed_count,
                  "waiting".failed_count,
                  "waiting".hard_stop_count,
                  "waiting".first_pass_count,
                  "waiting".completed_seconds,
                  "waiting".completed_rework_cycles,
                  "waiting".tests_written,
                  "waiting".cost_usd,
                  "waiting".known_cost_count,
                  "waiting".autonomous_bug_fix_count
                from
                  waiting
                where
                  part.grain is not null
                  and waiting.start_at >= part.from_at
                  and waiting.start_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_executions as run,
                  run_measures (run, 1) as measures
                where
                  part.grain is null
                  and run.started_at >= part.from_at
                  and run.started_at < part.to_at
                union all
                select
                  "measures".started_count,
                  "measures".blocked_count,
                  "measures".completed_count,
                  "measures".failed_count,
                  "measures".hard_stop_count,
                  "measures".first_pass_count,
                  "measures".completed_seconds,
                  "measures".completed_rework_cycles,
                  "measures".tests_written,
                  "measures".cost_usd,
                  "measures".known_cost_count,
                  "measures".autonomous_bug_fix_count
                from
                  ws_bug_fixes as fix,
                  bug_fix_measures (fix, 1) as measures
                where
                  part.grain is null
                  and fix.created_at >= part.from_at
                  and fix.created_at < part.to_at
              ) as facts
          ) as kept
        where
          part.from_at < part.to_at
      ) as sums
  ) as period;

-- runGroups, by Work Package
select
  sums.key,
  sums.is_rest,
  coalesce(("sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count"), 0),
  coalesce(
    (
      "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
    ),
    0
  ),
  coalesce("sums"."completed_count", 0),
  (
    ("sums"."completed_count")::numeric / nullif(
      (
        "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
      ),
      0
    )
  )::numeric,
  (
    ("sums"."completed_count")::numeric / nullif(("sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count"), 0)
  )::numeric,
  (("sums"."completed_seconds")::numeric / nullif("sums"."completed_count", 0))::numeric,
  (("sums"."first_pass_count")::numeric / nullif("sums"."completed_count", 0))::numeric,
  coalesce("sums"."cost_usd", 0),
  case
    when "sums"."known_cost_count" > 0 then round("sums"."cost_usd" / nullif("sums"."completed_count", 0), 6)
  end,
  coalesce("sums"."autonomous_bug_fix_count", 0),
  (sums.long_duration)::numeric
from
  (
    with
      labelled as (
        select
          coalesce('=' || run.wp_id, '') as label,
          1 as run_count,
          run.duration_seconds,
          measures.started_count,
          measures.blocked_count,
          measures.completed_count,
          measures.failed_count,
          measures.hard_stop_count,
          measures.first_pass_count,
          measures.completed_seconds,
          measures.completed_rework_cycles,
          measures.tests_written,
          measures.cost_usd,
          measures.known_cost_count,
          measures.autonomous_bug_fix_count
        from
          ws_executions as run,
          run_measures (run, 1) as measures
        where
          run.started_at >= $1
          and run.started_at < $2
        union all
        select
          coalesce('=' || run.wp_id, ''),
          0,
          null,
          measures.started_count,
          measures.blocked_count,
          measures.completed_count,
          measures.failed_count,
          measures.hard_stop_count,
          measures.first_pass_count,
          measures.completed_seconds,
          measures.completed_rework_cycles,
          measures.tests_written,
          measures.cost_usd,
          measures.known_cost_count,
          measures.autonomous_bug_fix_count
        from
          ws_bug_fixes as fix
          join ws_executions as run on run.id = fix.ws_execution_id,
          bug_fix_measures (fix, 1) as measures
        where
          fix.autonomous
          and fix.created_at >= $3
          and fix.created_at < $4
      ),
      labels as (
        select
          label,
          sum(run_count) as run_count,
          array_agg(duration_seconds) filter (
            where
              completed_count > 0
          ) as durations,
          sum(started_count) as started_count,
          sum(blocked_count) as blocked_count,
          sum(completed_count) as completed_count,
          sum(failed_count) as failed_count,
          sum(hard_stop_count) as hard_stop_count,
          sum(first_pass_count) as first_pass_count,
          sum(completed_seconds) as completed_seconds,
          sum(completed_rework_cycles) as completed_rework_cycles,
          sum(tests_written) as tests_written,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          labelled
        group by
          label
      ),
      places as (
        select
          *,
          least(
            row_number() over (
              order by
                run_count desc,
                label = '',
                label collate "C"
            ),
            $5::integer + 1
          ) as place
        from
          labels
      )
    select
      case
        when place <= $6::integer then nullif(substr(min(label), 2), '')
      end as key,
      place > $7::integer as is_rest,
      place,
      (
        select
          percentile_cont(0.95) within group (
            order by
              duration
          )
        from
          places as own,
          unnest(own.durations) as duration
        where
          own.place = places.place
      ) as long_duration,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      places
    group by
      place
  ) as sums
order by
  sums.place;

-- runGroups, by model
select
  sums.key,
  sums.is_rest,
  coalesce(("sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count"), 0),
  coalesce(
    (
      "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
    ),
    0
  ),
  coalesce("sums"."completed_count", 0),
  (
    ("sums"."completed_count")::numeric / nullif(
      (
        "sums"."started_count" + "sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count" + "sums"."blocked_count"
      ),
      0
    )
  )::numeric,
  (
    ("sums"."completed_count")::numeric / nullif(("sums"."completed_count" + "sums"."failed_count" + "sums"."hard_stop_count"), 0)
  )::numeric,
  (("sums"."completed_seconds")::numeric / nullif("sums"."completed_count", 0))::numeric,
  (("sums"."first_pass_count")::numeric / nullif("sums"."completed_count", 0))::numeric,
  coalesce("sums"."cost_usd", 0),
  case
    when "sums"."known_cost_count" > 0 then round("sums"."cost_usd" / nullif("sums"."completed_count", 0), 6)
  end,
  coalesce("sums"."autonomous_bug_fix_count", 0),
  (sums.long_duration)::numeric
from
  (
    with
      labelled as (
        select
          coalesce(
            '=' || coalesce(
              case
                when "run"."logged_call_count" > 0 then (
                  select
                    call.model
                  from
                    llm_calls as
                  call
                  where
                    call.ws_execution_id = "run"."id"
                  group by
                    call.model
                  order by
                    coalesce(sum(call.cost_usd), 0) desc,
                    count(*) desc,
                    call.model collate "C"
                  limit
                    1
                )
              end,
              "run"."llm_model"
            ),
            ''
          ) as label,
          1 as run_count,
          run.duration_seconds,
          measures.started_count,
          measures.blocked_count,
          measures.completed_count,
          measures.failed_count,
          measures.hard_stop_count,
          measures.first_pass_count,
          measures.completed_seconds,
          measures.completed_rework_cycles,
          measures.tests_written,
          measures.cost_usd,
          measures.known_cost_count,
          measures.autonomous_bug_fix_count
        from
          ws_executions as run,
          run_measures (run, 1) as measures
        where
          run.started_at >= $1
          and run.started_at < $2
        union all
        select
          coalesce(
            '=' || coalesce(
              case
                when "run"."logged_call_count" > 0 then (
                  select
                    call.model
                  from
                    llm_calls as
                  call
                  where
                    call.ws_execution_id = "run"."id"
                  group by
                    call.model
                  order by
                    coalesce(sum(call.cost_usd), 0) desc,
                    count(*) desc,
                    call.model collate "C"
                  limit
                    1
                )
              end,
              "run"."llm_model"
            ),
            ''
          ),
          0,
          null,
          measures.started_count,
          measures.blocked_count,
          measures.completed_count,
          measures.failed_count,
          measures.hard_stop_count,
          measures.first_pass_count,
          measures.completed_seconds,
          measures.completed_rework_cycles,
          measures.tests_written,
          measures.cost_usd,
          measures.known_cost_count,
          measures.autonomous_bug_fix_count
        from
          ws_bug_fixes as fix
          join ws_executions as run on run.id = fix.ws_execution_id,
          bug_fix_measures (fix, 1) as measures
        where
          fix.autonomous
          and fix.created_at >= $3
          and fix.created_at < $4
      ),
      labels as (
        select
          label,
          sum(run_count) as run_count,
          array_agg(duration_seconds) filter (
            where
              completed_count > 0
          ) as durations,
          sum(started_count) as started_count,
          sum(blocked_count) as blocked_count,
          sum(completed_count) as completed_count,
          sum(failed_count) as failed_count,
          sum(hard_stop_count) as hard_stop_count,
          sum(first_pass_count) as first_pass_count,
          sum(completed_seconds) as completed_seconds,
          sum(completed_rework_cycles) as completed_rework_cycles,
          sum(tests_written) as tests_written,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
        from
          labelled
        group by
          label
      ),
      places as (
        select
          *,
          least(
            row_number() over (
              order by
                run_count desc,
                label = '',
                label collate "C"
            ),
            $5::integer + 1
          ) as place
        from
          labels
      )
    select
      case
        when place <= $6::integer then nullif(substr(min(label), 2), '')
      end as key,
      place > $7::integer as is_rest,
      place,
      (
        select
          percentile_cont(0.95) within group (
            order by
              duration
          )
        from
          places as own,
          unnest(own.durations) as duration
        where
          own.place = places.place
      ) as long_duration,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      places
    group by
      place
  ) as sums
order by
  sums.place;

-- signs.silentRuns
select
  coalesce(max(silent.total), 0),
  coalesce(
    jsonb_agg(
      silent.id
      order by
        silent.heard_at,
        silent.id
    ),
    '[]'
  )
from
  (
    select
      id,
      heard_at,
      count(*) over () as total
    from
      (
        select
          run.id,
          greatest(
            run.created_at,
            case
              when run.completed_at is not null then least(run.completed_at, $1::timestamptz)
            end,
            (
              select
                max(
                  greatest(
                    phase.created_at,
                    case
                      when phase.completed_at is not null then least(phase.completed_at, $2::timestamptz)
                    end
                  )
                )
              from
                ws_phases as phase
              where
                phase.ws_execution_id = run.id
            ),
            (
              select
                max(fix.created_at)
              from
                ws_bug_fixes as fix
              where
                fix.ws_execution_id = run.id
            ),
            (
              select
                max(call.created_at)
              from
                llm_calls as
              call
              where
                call.ws_execution_id = run.id
            )
          ) as heard_at
        from
          ws_executions as run
        where
          run.status = 'STARTED'
          and run.started_at >= $3
          and run.started_at < $4
          and run.created_at < $5
      ) as heard
    where
      heard_at < $6
    order by
      heard_at,
      id
    limit
      $7::integer
  ) as silent;

-- signs.lastSignsOfLife
select
  run.id,
  extract(
    epoch
    from
      greatest(
        run.created_at,
        case
          when run.completed_at is not null then least(run.completed_at, $1::timestamptz)
        end,
        (
          select
            max(
              greatest(
                phase.created_at,
                case
                  when phase.completed_at is not null then least(phase.completed_at, $2::timestamptz)
                end
              )
            )
          from
            ws_phases as phase
          where
            phase.ws_execution_id = run.id
        ),
        (
          select
            max(fix.created_at)
          from
            ws_bug_fixes as fix
          where
            fix.ws_execution_id = run.id
        ),
        (
          select
            max(call.created_at)
          from
            llm_calls as
          call
          where
            call.ws_execution_id = run.id
        )
      )
  ) * 1000
from
  ws_executions as run
where
  run.id = any (
    array(
      select
        jsonb_array_elements_text($3::jsonb)::uuid
    )
  );

-- evidence.gaps
select
  coalesce(count(*), 0),
  extract(
    epoch
    from
      min("ws_executions"."started_at")
  ) * 1000,
  coalesce(
    count(*) filter (
      where
        found.phase_count = 0
    ),
    0
  ),
  coalesce(sum(found.open_count), 0),
  coalesce(sum(found.untold_count), 0),
  coalesce(
    count(*) filter (
      where
        "ws_executions"."logged_cost_usd" <> "ws_executions"."llm_cost_usd"
    ),
    0
  )
from
  "ws_executions"
  cross join lateral (
    select
      count(*) as phase_count,
      count(*) filter (
        where
          "ws_phases"."completed_at" is null
      ) as open_count,
      count(*) filter (
        where
          "ws_phases"."completed_at" is not null
          and "ws_phases"."result" is null
      ) as untold_count
    from
      "ws_phases"
    where
      "ws_phases"."ws_execution_id" = "ws_executions"."id"
  ) as found
where
  (
    "ws_executions"."ws_id" = $1
    and "ws_executions"."status" in ($2)
    and "ws_executions"."started_at" >= $3
    and "ws_executions"."started_at" < $4
  );

-- runSums.fold
with
  "turn" as (
    select
      pg_try_advisory_xact_lock(hashtextextended ('ws-metrics run_sums', 0)) as is_ours
  ),
  "taken" as (
    delete from run_sum_changes
    where
      ctid = any (
        array(
          select
            ctid
          from
            run_sum_changes
          where
            (
              select
                is_ours
              from
                turn
            )
          limit
            $1
        )
      )
    returning
      *
  ),
  "run_sums_added" as (
    insert into
      run_sums (
        grain,
        start_at,
        started_count,
        blocked_count,
        completed_count,
        failed_count,
        hard_stop_count,
        first_pass_count,
        completed_seconds,
        completed_rework_cycles,
        tests_written,
        cost_usd,
        known_cost_count,
        autonomous_bug_fix_count
      )
    select
      grain,
      date_bin(length, start_at, '0001-01-01 00:00:00+00'),
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      taken
      cross join (
        values
          ('quarter_hour', interval '15 minutes'),
          ('day', interval '1 day')
      ) as grains (grain, length)
    group by
      1,
      2
    on conflict (grain, start_at) do update
    set
      started_count = run_sums.started_count + excluded.started_count,
      blocked_count = run_sums.blocked_count + excluded.blocked_count,
      completed_count = run_sums.completed_count + excluded.completed_count,
      failed_count = run_sums.failed_count + excluded.failed_count,
      hard_stop_count = run_sums.hard_stop_count + excluded.hard_stop_count,
      first_pass_count = run_sums.first_pass_count + excluded.first_pass_count,
      completed_seconds = run_sums.completed_seconds + excluded.completed_seconds,
      completed_rework_cycles = run_sums.completed_rework_cycles + excluded.completed_rework_cycles,
      tests_written = run_sums.tests_written + excluded.tests_written,
      cost_usd = run_sums.cost_usd + excluded.cost_usd,
      known_cost_count = run_sums.known_cost_count + excluded.known_cost_count,
      autonomous_bug_fix_count = run_sums.autonomous_bug_fix_count + excluded.autonomous_bug_fix_count
  ),
  "duration_sums_added" as (
    insert into
      duration_sums (day, duration_bucket, completed_count)
    select
      date_bin('1 day', start_at, '0001-01-01 00:00:00+00'),
      duration_bucket,
      sum(completed_count)
    from
      taken
    where
      duration_bucket is not null
    group by
      1,
      2
    on conflict (day, duration_bucket) do update
    set
      completed_count = duration_sums.completed_count + excluded.completed_count
  )
select
  count(*)
from
  taken;

-- runSums.differences
with
  "facts" as (
    select
      start_at,
      duration_bucket,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      (
        select
          measures.*
        from
          ws_executions as run,
          run_measures (run, -1) as measures
        union all
        select
          measures.*
        from
          ws_bug_fixes as fix,
          bug_fix_measures (fix, -1) as measures
        union all
        select
          *
        from
          run_sum_changes
      ) as each_fact
    group by
      start_at,
      duration_bucket
  ),
  "run_excess" as (
    select
      grain,
      start_at,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      (
        select
          grain,
          start_at,
          started_count,
          blocked_count,
          completed_count,
          failed_count,
          hard_stop_count,
          first_pass_count,
          completed_seconds,
          completed_rework_cycles,
          tests_written,
          cost_usd,
          known_cost_count,
          autonomous_bug_fix_count
        from
          run_sums
        union all
        select
          grain,
          date_bin(length, start_at, '0001-01-01 00:00:00+00'),
          started_count,
          blocked_count,
          completed_count,
          failed_count,
          hard_stop_count,
          first_pass_count,
          completed_seconds,
          completed_rework_cycles,
          tests_written,
          cost_usd,
          known_cost_count,
          autonomous_bug_fix_count
        from
          facts
          cross join (
            values
              ('quarter_hour', interval '15 minutes'),
              ('day', interval '1 day')
          ) as grains (grain, length)
      ) as kept
    group by
      grain,
      start_at
  ),
  "duration_excess" as (
    select
      start_at,
      duration_bucket,
      sum(completed_count) as completed_count
    from
      (
        select
          day as start_at,
          duration_bucket,
          completed_count
        from
          duration_sums
        union all
        select
          date_bin('1 day', start_at, '0001-01-01 00:00:00+00'),
          duration_bucket,
          completed_count
        from
          facts
        where
          duration_bucket is not null
      ) as kept
    group by
      start_at,
      duration_bucket
  )
select
  "table",
  grain,
  extract(
    epoch
    from
      start_at
  ) * 1000,
  measure,
  excess::text
from
  (
    select
      'run_sums' as "table",
      grain,
      start_at,
      measure,
      excess
    from
      run_excess
      cross join lateral (
        values
          ('started_count', started_count),
          ('blocked_count', blocked_count),
          ('completed_count', completed_count),
          ('failed_count', failed_count),
          ('hard_stop_count', hard_stop_count),
          ('first_pass_count', first_pass_count),
          ('completed_seconds', completed_seconds),
          ('completed_rework_cycles', completed_rework_cycles),
          ('tests_written', tests_written),
          ('cost_usd', cost_usd),
          ('known_cost_count', known_cost_count),
          ('autonomous_bug_fix_count', autonomous_bug_fix_count)
      ) as each (measure, excess)
    union all
    select
      'duration_sums',
      'day',
      start_at,
      'completed_count of bucket ' || duration_bucket,
      completed_count
    from
      duration_excess
  ) as found
where
  excess <> 0
order by
  "table",
  grain,
  start_at,
  measure;

-- runSums.rebuild
select
  pg_advisory_xact_lock(hashtextextended ('ws-metrics run_sums', 0));

with
  "facts" as (
    select
      start_at,
      duration_bucket,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      (
        select
          measures.*
        from
          ws_executions as run,
          run_measures (run, -1) as measures
        union all
        select
          measures.*
        from
          ws_bug_fixes as fix,
          bug_fix_measures (fix, -1) as measures
        union all
        select
          *
        from
          run_sum_changes
      ) as each_fact
    group by
      start_at,
      duration_bucket
  ),
  "run_excess" as (
    select
      grain,
      start_at,
      sum(started_count) as started_count,
      sum(blocked_count) as blocked_count,
      sum(completed_count) as completed_count,
      sum(failed_count) as failed_count,
      sum(hard_stop_count) as hard_stop_count,
      sum(first_pass_count) as first_pass_count,
      sum(completed_seconds) as completed_seconds,
      sum(completed_rework_cycles) as completed_rework_cycles,
      sum(tests_written) as tests_written,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(autonomous_bug_fix_count) as autonomous_bug_fix_count
    from
      (
        select
          grain,
          start_at,
          started_count,
          blocked_count,
          completed_count,
          failed_count,
          hard_stop_count,
          first_pass_count,
          completed_seconds,
          completed_rework_cycles,
          tests_written,
          cost_usd,
          known_cost_count,
          autonomous_bug_fix_count
        from
          run_sums
        union all
        select
          grain,
          date_bin(length, start_at, '0001-01-01 00:00:00+00'),
          started_count,
          blocked_count,
          completed_count,
          failed_count,
          hard_stop_count,
          first_pass_count,
          completed_seconds,
          completed_rework_cycles,
          tests_written,
          cost_usd,
          known_cost_count,
          autonomous_bug_fix_count
        from
          facts
          cross join (
            values
              ('quarter_hour', interval '15 minutes'),
              ('day', interval '1 day')
          ) as grains (grain, length)
      ) as kept
    group by
      grain,
      start_at
  ),
  "duration_excess" as (
    select
      start_at,
      duration_bucket,
      sum(completed_count) as completed_count
    from
      (
        select
          day as start_at,
          duration_bucket,
          completed_count
        from
          duration_sums
        union all
        select
          date_bin('1 day', start_at, '0001-01-01 00:00:00+00'),
          duration_bucket,
          completed_count
        from
          facts
        where
          duration_bucket is not null
      ) as kept
    group by
      start_at,
      duration_bucket
  ),
  "run_sums_added" as (
    insert into
      run_sums (
        grain,
        start_at,
        started_count,
        blocked_count,
        completed_count,
        failed_count,
        hard_stop_count,
        first_pass_count,
        completed_seconds,
        completed_rework_cycles,
        tests_written,
        cost_usd,
        known_cost_count,
        autonomous_bug_fix_count
      )
    select
      grain,
      start_at,
      - started_count,
      - blocked_count,
      - completed_count,
      - failed_count,
      - hard_stop_count,
      - first_pass_count,
      - completed_seconds,
      - completed_rework_cycles,
      - tests_written,
      - cost_usd,
      - known_cost_count,
      - autonomous_bug_fix_count
    from
      run_excess
    where
      (
        started_count,
        blocked_count,
        completed_count,
        failed_count,
        hard_stop_count,
        first_pass_count,
        completed_seconds,
        completed_rework_cycles,
        tests_written,
        cost_usd,
        known_cost_count,
        autonomous_bug_fix_count
      ) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    on conflict (grain, start_at) do update
    set
      started_count = run_sums.started_count + excluded.started_count,
      blocked_count = run_sums.blocked_count + excluded.blocked_count,
      completed_count = run_sums.completed_count + excluded.completed_count,
      failed_count = run_sums.failed_count + excluded.failed_count,
      hard_stop_count = run_sums.hard_stop_count + excluded.hard_stop_count,
      first_pass_count = run_sums.first_pass_count + excluded.first_pass_count,
      completed_seconds = run_sums.completed_seconds + excluded.completed_seconds,
      completed_rework_cycles = run_sums.completed_rework_cycles + excluded.completed_rework_cycles,
      tests_written = run_sums.tests_written + excluded.tests_written,
      cost_usd = run_sums.cost_usd + excluded.cost_usd,
      known_cost_count = run_sums.known_cost_count + excluded.known_cost_count,
      autonomous_bug_fix_count = run_sums.autonomous_bug_fix_count + excluded.autonomous_bug_fix_count
  ),
  "duration_sums_added" as (
    insert into
      duration_sums (day, duration_bucket, completed_count)
    select
      start_at,
      duration_bucket,
      - completed_count
    from
      duration_excess
    where
      completed_count <> 0
    on conflict (day, duration_bucket) do update
    set
      completed_count = duration_sums.completed_count + excluded.completed_count
  )
select
  1
from
  (
    values
      (1)
  ) as done;

-- isTimeZone
select
  name
from
  pg_timezone_names;

-- costSummary
select
  dimension,
  coalesce(sum(cost_usd), 0),
  coalesce(sum(unpriced_count), 0),
  bool_or(is_cut),
  (
    select
      as_of
    from
      llm_log_copies
    order by
      held_until desc nulls last
    limit
      1
  ),
  coalesce(
    json_agg(
      json_build_array(key, cost_usd, call_count, execution_count, unpriced_count)
      order by
        case
          when dimension = 'local_date' then key
        end,
        case
          when known_cost_count > 0 then cost_usd
        end desc nulls last,
        key
    ) filter (
      where
        known_cost_count > 0
        or (
          dimension <> 'local_date'
          and call_count > 0
        )
    ),
    '[]'
  )
from
  (
    select
      dimension,
      key,
      coalesce(sum(cost_usd), 0) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(call_count) as call_count,
      sum(execution_count) as execution_count,
      sum(unpriced_count) as unpriced_count,
      bool_or(is_cut) as is_cut
    from
      (
        with
          units as (
            select distinct
              ws_execution_id,
              start_at
            from
              spend_marks
          ),
          changes as (
            select
              dimension,
              key,
              start_at,
              previous_at,
              - cost_usd as cost_usd,
              - known_cost_count as known_cost_count,
              - call_count as call_count,
              - unpriced_count as unpriced_count,
              - execution_count as execution_count
            from
              (
                select
                  dimension,
                  key,
                  start_at,
                  case
                    when ws_execution_id is null then '-infinity'
                    else coalesce(
                      lag(start_at) over (
                        partition by
                          ws_execution_id,
                          dimension,
                          key
                        order by
                          start_at
                      ),
                      '-infinity'
                    )
                  end as previous_at,
                  cost_usd,
                  known_cost_count,
                  call_count,
                  unpriced_count,
                  (ws_execution_id is not null)::integer as execution_count
                from
                  (
                    select
                      ws_execution_id,
                      dimension,
                      key,
                      start_at,
                      sum(cost_usd) as cost_usd,
                      sum(known_cost_count) as known_cost_count,
                      sum(call_count) as call_count,
                      sum(unpriced_count) as unpriced_count
                    from
                      (
                        select
                          *
                        from
                          (
                            select
                              cells.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  spend_cells as cells
                                where
                                  cells.ws_execution_id = units.ws_execution_id
                                offset
                                  0
                              ) as cells
                            union all
                            select
                              cells.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  spend_cells as cells
                                where
                                  units.ws_execution_id is null
                                  and cells.ws_execution_id is null
                                  and cells.start_at = units.start_at
                                offset
                                  0
                              ) as cells
                          ) as cells
                        where
                          start_at >= $1
                          and start_at < $2
                      ) as cells
                      cross join lateral (
                        values
                          ('document_type', "document_type"),
                          ('ws_id', "ws_id"),
                          ('model', "model"),
                          ('phase_name', "phase_name"),
                          ('source', "source"),
                          ('is_attributed', (ws_execution_id is not null)::text)
                      ) as keys (dimension, key)
                    group by
                      ws_execution_id,
                      dimension,
                      key,
                      start_at
                  ) as shares
              ) as rows
            union all
            select
              dimension,
              key,
              start_at,
              case
                when ws_execution_id is null then '-infinity'
                else coalesce(
                  lag(start_at) over (
                    partition by
                      ws_execution_id,
                      dimension,
                      key
                    order by
                      start_at
                  ),
                  '-infinity'
                )
              end as previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              (ws_execution_id is not null)::integer as execution_count
            from
              (
                select
                  ws_execution_id,
                  dimension,
                  key,
                  start_at,
                  sum(cost_usd) as cost_usd,
                  sum(known_cost_count) as known_cost_count,
                  sum(call_count) as call_count,
                  sum(unpriced_count) as unpriced_count
                from
                  (
                    select
                      execution_id as ws_execution_id,
                      place as start_at,
                      ws_id,
                      document_type,
                      model,
                      phase_name,
                      source,
                      coalesce(cost_usd, 0) as cost_usd,
                      known_cost_count,
                      call_count,
                      unpriced_count
                    from
                      (
                        select
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source,
                          sum(cost_usd) as cost_usd,
                          count(cost_usd) as known_cost_count,
                          count(*) as call_count,
                          count(*) filter (
                            where
                              cost_usd is null
                          ) as unpriced_count
                        from
                          (
                            select
                              calls.ws_execution_id as execution_id,
                              calls.document_type,
                              runs.ws_id,
                              date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') as place,
                              calls.model,
                              coalesce(calls.phase_name, phases.name) as phase_name,
                              calls.source,
                              calls.cost_usd
                            from
                              (
                                select
                                  calls.*
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      llm_calls as calls
                                    where
                                      calls.ws_execution_id = units.ws_execution_id
                                      and calls.started_at >= $3
                                      and calls.started_at < $4
                                    offset
                                      0
                                  ) as calls
                                union all
                                select
                                  calls.*
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      llm_calls as calls
                                    where
                                      units.ws_execution_id is null
                                      and calls.ws_execution_id is null
                                      and calls.started_at >= units.start_at
                                      and calls.started_at < units.start_at + interval '15 minutes'
                                      and calls.started_at >= $5
                                      and calls.started_at < $6
                                    offset
                                      0
                                  ) as calls
                              ) as calls
                              left join (
                                select
                                  runs.id,
                                  runs.ws_id
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      ws_executions as runs
                                    where
                                      runs.id = units.ws_execution_id
                                    offset
                                      0
                                  ) as runs
                              ) as runs on runs.id = calls.ws_execution_id
                              left join (
                                select
                                  ws_execution_id,
                                  started_at,
                                  ended_at,
                                  phase_id::bigint
                                from
                                  (
                                    select
                                      ws_execution_id,
                                      at as started_at,
                                      coalesce(lead(at) over in_time, 'infinity') as ended_at,
                                      sum(opened) over in_time as open_count,
                                      sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                                    from
                                      (
                                        select
                                          ws_execution_id,
                                          at,
                                          sum(opened) as opened,
                                          sum(opened * id) as opened_id
                                        from
                                          (
                                            select
                                              phases.ws_execution_id,
                                              phases.id,
                                              edge.at,
                                              edge.opened
                                            from
                                              ws_phases as phases
                                              join ws_executions as runs on runs.id = phases.ws_execution_id
                                              cross join lateral (
                                                values
                                                  (phases.started_at, 1),
                                                  (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                                              ) as edge (at, opened)
                                            where
                                              phases.ws_execution_id in (
                                                select
                                                  ws_execution_id
                                                from
                                                  units as units
                                                where
                                                  ws_execution_id is not null
                                              )
                                              and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                                          ) as edges
                                        group by
                                          ws_execution_id,
                                          at
                                      ) as changes
                                    window
                                      in_time as (
                                        partition by
                                          ws_execution_id
                                        order by
                                          at
                                      )
                                  ) as spans
                                where
                                  open_count = 1
                              ) as spans on calls.phase_name is null
                              and spans.ws_execution_id = calls.ws_execution_id
                              and calls.started_at >= spans.started_at
                              and calls.started_at < spans.ended_at
                              left join ws_phases as phases on phases.id = spans.phase_id
                          ) as calls
                        group by
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source
                        union all
                        select
                          runs.id,
                          null,
                          runs.ws_id,
                          date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
                          runs.llm_model,
                          null,
                          lower(runs.cost_source),
                          runs.cost_usd,
                          1,
                          0,
                          0
                        from
                          (
                            select
                              runs.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  ws_executions as runs
                                where
                                  runs.id = units.ws_execution_id
                                  and runs.started_at >= $7
                                  and runs.started_at < $8
                                offset
                                  0
                              ) as runs
                          ) as runs
                        where
                          runs.logged_cost_usd is null
                          and runs.cost_usd is not null
                      ) as spending
                  ) as cells
                  cross join lateral (
                    values
                      ('document_type', "document_type"),
                      ('ws_id', "ws_id"),
                      ('model', "model"),
                      ('phase_name', "phase_name"),
                      ('source', "source"),
                      ('is_attributed', (ws_execution_id is not null)::text)
                  ) as keys (dimension, key)
                group by
                  ws_execution_id,
                  dimension,
                  key,
                  start_at
              ) as shares
          )
        select
          dimension,
          key,
          cost_usd,
          known_cost_count,
          call_count,
          unpriced_count,
          case
            when previous_at < $9 then execution_count
            else 0
          end as execution_count,
          false as is_cut
        from
          (
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              (
                select
                  *
                from
                  spend_sums
                where
                  grain = 'quarter_hour'
                  and dimension in ('document_type', 'ws_id', 'model', 'phase_name', 'source', 'is_attributed')
                  and start_at >= $10
                  and start_at < $11
              ) as parts
            union all
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              changes
          ) as sums
        union all
        select
          'local_date',
          to_char(date_bin('1 day', start_at, '2000-01-01 00:00:00+00') at time zone $12, 'YYYY-MM-DD'),
          cost_usd,
          known_cost_count,
          call_count,
          unpriced_count,
          case
            when (
              previous_at < $13
              or previous_at = '-infinity'
              or date_bin('1 day', previous_at, '2000-01-01 00:00:00+00') <> date_bin('1 day', start_at, '2000-01-01 00:00:00+00')
            ) then execution_count
            else 0
          end,
          false
        from
          (
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              (
                select
                  *
                from
                  spend_sums
                where
                  grain = 'quarter_hour'
                  and dimension in ('is_attributed')
                  and start_at >= $14
                  and start_at < $15
              ) as parts
            union all
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              changes
            where
              dimension in ('is_attributed')
          ) as sums
        union all
        select
          'is_attributed',
          'true',
          0,
          0,
          0,
          0,
          0,
          false
      ) as spent
    group by
      dimension,
      key
  ) as sums
group by
  dimension;

-- costSummary, local, ever, not of whole quarter hours
select
  dimension,
  coalesce(sum(cost_usd), 0),
  coalesce(sum(unpriced_count), 0),
  bool_or(is_cut),
  (
    select
      as_of
    from
      llm_log_copies
    order by
      held_until desc nulls last
    limit
      1
  ),
  coalesce(
    json_agg(
      json_build_array(key, cost_usd, call_count, execution_count, unpriced_count)
      order by
        case
          when dimension = 'local_date' then key
        end,
        case
          when known_cost_count > 0 then cost_usd
        end desc nulls last,
        key
    ) filter (
      where
        known_cost_count > 0
        or (
          dimension <> 'local_date'
          and call_count > 0
        )
    ),
    '[]'
  )
from
  (
    select
      dimension,
      key,
      coalesce(sum(cost_usd), 0) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(call_count) as call_count,
      sum(execution_count) as execution_count,
      sum(unpriced_count) as unpriced_count,
      bool_or(is_cut) as is_cut
    from
      (
        with
          units as (
            select distinct
              ws_execution_id,
              start_at
            from
              spend_marks
            union
            select
              ws_execution_id,
              case
                when ws_execution_id is null then date_bin('15 minutes', started_at, '2000-01-01 00:00:00+00')
              end
            from
              llm_calls
            where
              started_at >= $1
              and started_at < $2
            union
            select
              id,
              null
            from
              ws_executions
            where
              logged_cost_usd is null
              and cost_usd is not null
              and started_at >= $3
              and started_at < $4
          ),
          changes as (
            select
              dimension,
              key,
              start_at,
              previous_at,
              - cost_usd as cost_usd,
              - known_cost_count as known_cost_count,
              - call_count as call_count,
              - unpriced_count as unpriced_count,
              - execution_count as execution_count
            from
              (
                select
                  dimension,
                  key,
                  start_at,
                  case
                    when ws_execution_id is null then '-infinity'
                    else coalesce(
                      lag(start_at) over (
                        partition by
                          ws_execution_id,
                          dimension,
                          key
                        order by
                          start_at
                      ),
                      '-infinity'
                    )
                  end as previous_at,
                  cost_usd,
                  known_cost_count,
                  call_count,
                  unpriced_count,
                  (ws_execution_id is not null)::integer as execution_count
                from
                  (
                    select
                      ws_execution_id,
                      dimension,
                      key,
                      start_at,
                      sum(cost_usd) as cost_usd,
                      sum(known_cost_count) as known_cost_count,
                      sum(call_count) as call_count,
                      sum(unpriced_count) as unpriced_count
                    from
                      (
                        select
                          *
                        from
                          (
                            select
                              cells.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  spend_cells as cells
                                where
                                  cells.ws_execution_id = units.ws_execution_id
                                offset
                                  0
                              ) as cells
                            union all
                            select
                              cells.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  spend_cells as cells
                                where
                                  units.ws_execution_id is null
                                  and cells.ws_execution_id is null
                                  and cells.start_at = units.start_at
                                offset
                                  0
                              ) as cells
                          ) as cells
                        where
                          start_at < $5
                      ) as cells
                      cross join lateral (
                        values
                          ('document_type', "document_type"),
                          ('ws_id', "ws_id"),
                          ('model', "model"),
                          ('phase_name', "phase_name"),
                          ('source', "source"),
                          ('is_attributed', (ws_execution_id is not null)::text)
                      ) as keys (dimension, key)
                    group by
                      ws_execution_id,
                      dimension,
                      key,
                      start_at
                  ) as shares
              ) as rows
            union all
            select
              dimension,
              key,
              start_at,
              case
                when ws_execution_id is null then '-infinity'
                else coalesce(
                  lag(start_at) over (
                    partition by
                      ws_execution_id,
                      dimension,
                      key
                    order by
                      start_at
                  ),
                  '-infinity'
                )
              end as previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              (ws_execution_id is not null)::integer as execution_count
            from
              (
                select
                  ws_execution_id,
                  dimension,
                  key,
                  start_at,
                  sum(cost_usd) as cost_usd,
                  sum(known_cost_count) as known_cost_count,
                  sum(call_count) as call_count,
                  sum(unpriced_count) as unpriced_count
                from
                  (
                    select
                      execution_id as ws_execution_id,
                      place as start_at,
                      ws_id,
                      document_type,
                      model,
                      phase_name,
                      source,
                      coalesce(cost_usd, 0) as cost_usd,
                      known_cost_count,
                      call_count,
                      unpriced_count
                    from
                      (
                        select
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source,
                          sum(cost_usd) as cost_usd,
                          count(cost_usd) as known_cost_count,
                          count(*) as call_count,
                          count(*) filter (
                            where
                              cost_usd is null
                          ) as unpriced_count
                        from
                          (
                            select
                              calls.ws_execution_id as execution_id,
                              calls.document_type,
                              runs.ws_id,
                              date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') as place,
                              calls.model,
                              coalesce(calls.phase_name, phases.name) as phase_name,
                              calls.source,
                              calls.cost_usd
                            from
                              (
                                select
                                  calls.*
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      llm_calls as calls
                                    where
                                      calls.ws_execution_id = units.ws_execution_id
                                      and calls.started_at < $6
                                    offset
                                      0
                                  ) as calls
                                union all
                                select
                                  calls.*
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      llm_calls as calls
                                    where
                                      units.ws_execution_id is null
                                      and calls.ws_execution_id is null
                                      and calls.started_at >= units.start_at
                                      and calls.started_at < units.start_at + interval '15 minutes'
                                      and calls.started_at < $7
                                    offset
                                      0
                                  ) as calls
                              ) as calls
                              left join (
                                select
                                  runs.id,
                                  runs.ws_id
                                from
                                  units as units
                                  cross join lateral (
                                    select
                                      *
                                    from
                                      ws_executions as runs
                                    where
                                      runs.id = units.ws_execution_id
                                    offset
                                      0
                                  ) as runs
                              ) as runs on runs.id = calls.ws_execution_id
                              left join (
                                select
                                  ws_execution_id,
                                  started_at,
                                  ended_at,
                                  phase_id::bigint
                                from
                                  (
                                    select
                                      ws_execution_id,
                                      at as started_at,
                                      coalesce(lead(at) over in_time, 'infinity') as ended_at,
                                      sum(opened) over in_time as open_count,
                                      sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                                    from
                                      (
                                        select
                                          ws_execution_id,
                                          at,
                                          sum(opened) as opened,
                                          sum(opened * id) as opened_id
                                        from
                                          (
                                            select
                                              phases.ws_execution_id,
                                              phases.id,
                                              edge.at,
                                              edge.opened
                                            from
                                              ws_phases as phases
                                              join ws_executions as runs on runs.id = phases.ws_execution_id
                                              cross join lateral (
                                                values
                                                  (phases.started_at, 1),
                                                  (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                                              ) as edge (at, opened)
                                            where
                                              phases.ws_execution_id in (
                                                select
                                                  ws_execution_id
                                                from
                                                  units as units
                                                where
                                                  ws_execution_id is not null
                                              )
                                              and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                                          ) as edges
                                        group by
                                          ws_execution_id,
                                          at
                                      ) as changes
                                    window
                                      in_time as (
                                        partition by
                                          ws_execution_id
                                        order by
                                          at
                                      )
                                  ) as spans
                                where
                                  open_count = 1
                              ) as spans on calls.phase_name is null
                              and spans.ws_execution_id = calls.ws_execution_id
                              and calls.started_at >= spans.started_at
                              and calls.started_at < spans.ended_at
                              left join ws_phases as phases on phases.id = spans.phase_id
                          ) as calls
                        group by
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source
                        union all
                        select
                          runs.id,
                          null,
                          runs.ws_id,
                          date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
                          runs.llm_model,
                          null,
                          lower(runs.cost_source),
                          runs.cost_usd,
                          1,
                          0,
                          0
                        from
                          (
                            select
                              runs.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  ws_executions as runs
                                where
                                  runs.id = units.ws_execution_id
                                  and runs.started_at < $8
                                offset
                                  0
                              ) as runs
                          ) as runs
                        where
                          runs.logged_cost_usd is null
                          and runs.cost_usd is not null
                      ) as spending
                  ) as cells
                  cross join lateral (
                    values
                      ('document_type', "document_type"),
                      ('ws_id', "ws_id"),
                      ('model', "model"),
                      ('phase_name', "phase_name"),
                      ('source', "source"),
                      ('is_attributed', (ws_execution_id is not null)::text)
                  ) as keys (dimension, key)
                group by
                  ws_execution_id,
                  dimension,
                  key,
                  start_at
              ) as shares
          )
        select
          dimension,
          key,
          cost_usd,
          known_cost_count,
          call_count,
          unpriced_count,
          case
            when previous_at = '-infinity' then execution_count
            else 0
          end as execution_count,
          false as is_cut
        from
          (
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              (
                select
                  *
                from
                  spend_sums
                where
                  grain = 'ever'
                  and dimension in ('document_type', 'ws_id', 'model', 'phase_name', 'source', 'is_attributed')
              ) as ever
            union all
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              (
                select
                  dimension,
                  key,
                  start_at,
                  previous_at,
                  - cost_usd as cost_usd,
                  - known_cost_count as known_cost_count,
                  - call_count as call_count,
                  - unpriced_count as unpriced_count,
                  - execution_count as execution_count
                from
                  (
                    select
                      *
                    from
                      spend_sums
                    where
                      grain = 'quarter_hour'
                      and dimension in ('document_type', 'ws_id', 'model', 'phase_name', 'source', 'is_attributed')
                      and start_at >= $9
                      and start_at < $10
                    union all
                    select
                      *
                    from
                      spend_sums
                    where
                      grain = 'day'
                      and dimension in ('document_type', 'ws_id', 'model', 'phase_name', 'source', 'is_attributed')
                      and start_at >= $11
                  ) as rows
              ) as later
            union all
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              changes
          ) as sums
        union all
        select
          'local_date',
          to_char(start_at at time zone $12, 'YYYY-MM-DD'),
          cost_usd,
          known_cost_count,
          call_count,
          unpriced_count,
          case
            when (
              previous_at = '-infinity'
              or previous_at = '-infinity'
              or (previous_at at time zone $13)::date <> (start_at at time zone $14)::date
            ) then execution_count
            else 0
          end,
          (start_at at time zone $15)::date <> ((start_at + interval '15 minutes' - interval '1 millisecond') at time zone $16)::date
          or (
            not previous_at = '-infinity'
            and (previous_at at time zone $17)::date > (start_at at time zone $18)::date
          )
        from
          (
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              (
                select
                  *
                from
                  spend_sums
                where
                  grain = 'quarter_hour'
                  and dimension in ('is_attributed')
                  and start_at < $19
              ) as sums
            union all
            select
              dimension,
              key,
              start_at,
              previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              execution_count
            from
              changes
            where
              dimension in ('is_attributed')
          ) as sums
        union all
        select
          'is_attributed',
          'true',
          0,
          0,
          0,
          0,
          0,
          false
      ) as spent
    group by
      dimension,
      key
  ) as sums
group by
  dimension;

-- costSummaryByCalls
select
  dimension,
  coalesce(sum(cost_usd), 0),
  coalesce(sum(unpriced_count), 0),
  bool_or(is_cut),
  (
    select
      as_of
    from
      llm_log_copies
    order by
      held_until desc nulls last
    limit
      1
  ),
  coalesce(
    json_agg(
      json_build_array(key, cost_usd, call_count, execution_count, unpriced_count)
      order by
        case
          when dimension = 'local_date' then key
        end,
        case
          when known_cost_count > 0 then cost_usd
        end desc nulls last,
        key
    ) filter (
      where
        known_cost_count > 0
        or (
          dimension <> 'local_date'
          and call_count > 0
        )
    ),
    '[]'
  )
from
  (
    select
      dimension,
      key,
      coalesce(sum(cost_usd), 0) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(call_count) as call_count,
      sum(execution_count) as execution_count,
      sum(unpriced_count) as unpriced_count,
      bool_or(is_cut) as is_cut
    from
      (
        select
          dimension,
          key,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(call_count) as call_count,
          sum(unpriced_count) as unpriced_count,
          count(distinct execution_id) as execution_count,
          false as is_cut
        from
          (
            select
              execution_id,
              document_type,
              ws_id,
              place,
              model,
              phase_name,
              source,
              sum(cost_usd) as cost_usd,
              count(cost_usd) as known_cost_count,
              count(*) as call_count,
              count(*) filter (
                where
                  cost_usd is null
              ) as unpriced_count
            from
              (
                select
                  calls.ws_execution_id as execution_id,
                  calls.document_type,
                  runs.ws_id,
                  to_char(calls.started_at at time zone $1, 'YYYY-MM-DD') as place,
                  calls.model,
                  coalesce(calls.phase_name, phases.name) as phase_name,
                  calls.source,
                  calls.cost_usd
                from
                  (
                    select
                      *
                    from
                      llm_calls as calls
                    where
                      calls.started_at >= $2
                      and calls.started_at < $3
                  ) as calls
                  left join (
                    select
                      id,
                      ws_id
                    from
                      ws_executions
                  ) as runs on runs.id = calls.ws_execution_id
                  left join (
                    select
                      ws_execution_id,
                      started_at,
                      ended_at,
                      phase_id::bigint
                    from
                      (
                        select
                          ws_execution_id,
                          at as started_at,
                          coalesce(lead(at) over in_time, 'infinity') as ended_at,
                          sum(opened) over in_time as open_count,
                          sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                        from
                          (
                            select
                              ws_execution_id,
                              at,
                              sum(opened) as opened,
                              sum(opened * id) as opened_id
                            from
                              (
                                select
                                  phases.ws_execution_id,
                                  phases.id,
                                  edge.at,
                                  edge.opened
                                from
                                  ws_phases as phases
                                  join ws_executions as runs on runs.id = phases.ws_execution_id
                                  cross join lateral (
                                    values
                                      (phases.started_at, 1),
                                      (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                                  ) as edge (at, opened)
                                where
                                  phases.ws_execution_id in (
                                    select
                                      calls.ws_execution_id
                                    from
                                      llm_calls as calls
                                    where
                                      calls.phase_name is null
                                      and calls.started_at >= $4
                                      and calls.started_at < $5
                                  )
                                  and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                              ) as edges
                            group by
                              ws_execution_id,
                              at
                          ) as changes
                        window
                          in_time as (
                            partition by
                              ws_execution_id
                            order by
                              at
                          )
                      ) as spans
                    where
                      open_count = 1
                  ) as spans on calls.phase_name is null
                  and spans.ws_execution_id = calls.ws_execution_id
                  and calls.started_at >= spans.started_at
                  and calls.started_at < spans.ended_at
                  left join ws_phases as phases on phases.id = spans.phase_id
              ) as calls
            group by
              execution_id,
              document_type,
              ws_id,
              place,
              model,
              phase_name,
              source
            union all
            select
              runs.id,
              null,
              runs.ws_id,
              to_char(runs.started_at at time zone $6, 'YYYY-MM-DD'),
              runs.llm_model,
              null,
              lower(runs.cost_source),
              runs.cost_usd,
              1,
              0,
              0
            from
              (
                select
                  *
                from
                  ws_executions as runs
                where
                  runs.started_at >= $7
                  and runs.started_at < $8
              ) as runs
            where
              runs.logged_cost_usd is null
              and runs.cost_usd is not null
          ) as spending
          cross join lateral (
            values
              ('document_type', "document_type"),
              ('ws_id', "ws_id"),
              ('model', "model"),
              ('phase_name', "phase_name"),
              ('source', "source"),
              ('is_attributed', (execution_id is not null)::text),
              ('local_date', place)
          ) as keys (dimension, key)
        group by
          dimension,
          key
        union all
        select
          'is_attributed',
          'true',
          0,
          0,
          0,
          0,
          0,
          false
      ) as spent
    group by
      dimension,
      key
  ) as sums
group by
  dimension;

-- spendSums.fold
with
  "turn" as (
    select
      pg_try_advisory_xact_lock(hashtextextended ('ws-metrics spend_sums', 0)) as is_ours
  )
select
  is_ours
from
  turn;

-- spendSums.differences
select
  'spend_sums',
  grain,
  extract(
    epoch
    from
      greatest(start_at, '0001-01-01 00:00:00+00')
  ) * 1000,
  measure || ' of ' || dimension || ' ' || coalesce(key, 'null'),
  sum(excess)::text
from
  (
    with
      units as (
        select distinct
          ws_execution_id,
          start_at
        from
          spend_marks
      )
    select
      *
    from
      spend_sums
    union all
    select
      grain,
      dimension,
      places.start_at,
      places.previous_at,
      key,
      sum(cost_usd) as cost_usd,
      sum(known_cost_count) as known_cost_count,
      sum(call_count) as call_count,
      sum(unpriced_count) as unpriced_count,
      sum(places.execution_count) as execution_count
    from
      (
        select
          dimension,
          key,
          start_at,
          case
            when ws_execution_id is null then '-infinity'
            else coalesce(
              lag(start_at) over (
                partition by
                  ws_execution_id,
                  dimension,
                  key
                order by
                  start_at
              ),
              '-infinity'
            )
          end as previous_at,
          cost_usd,
          known_cost_count,
          call_count,
          unpriced_count,
          (ws_execution_id is not null)::integer as execution_count
        from
          (
            select
              ws_execution_id,
              dimension,
              key,
              start_at,
              sum(cost_usd) as cost_usd,
              sum(known_cost_count) as known_cost_count,
              sum(call_count) as call_count,
              sum(unpriced_count) as unpriced_count
            from
              (
                select
                  execution_id as ws_execution_id,
                  place as start_at,
                  ws_id,
                  document_type,
                  model,
                  phase_name,
                  source,
                  coalesce(cost_usd, 0) as cost_usd,
                  known_cost_count,
                  call_count,
                  unpriced_count
                from
                  (
                    select
                      execution_id,
                      document_type,
                      ws_id,
                      place,
                      model,
                      phase_name,
                      source,
                      sum(cost_usd) as cost_usd,
                      count(cost_usd) as known_cost_count,
                      count(*) as call_count,
                      count(*) filter (
                        where
                          cost_usd is null
                      ) as unpriced_count
                    from
                      (
                        select
                          calls.ws_execution_id as execution_id,
                          calls.document_type,
                          runs.ws_id,
                          date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') as place,
                          calls.model,
                          coalesce(calls.phase_name, phases.name) as phase_name,
                          calls.source,
                          calls.cost_usd
                        from
                          (
                            select
                              calls.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  llm_calls as calls
                                where
                                  calls.ws_execution_id = units.ws_execution_id
                                  and true
                                offset
                                  0
                              ) as calls
                            union all
                            select
                              calls.*
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  llm_calls as calls
                                where
                                  units.ws_execution_id is null
                                  and calls.ws_execution_id is null
                                  and calls.started_at >= units.start_at
                                  and calls.started_at < units.start_at + interval '15 minutes'
                                  and true
                                offset
                                  0
                              ) as calls
                          ) as calls
                          left join (
                            select
                              runs.id,
                              runs.ws_id
                            from
                              units as units
                              cross join lateral (
                                select
                                  *
                                from
                                  ws_executions as runs
                                where
                                  runs.id = units.ws_execution_id
                                offset
                                  0
                              ) as runs
                          ) as runs on runs.id = calls.ws_execution_id
                          left join (
                            select
                              ws_execution_id,
                              started_at,
                              ended_at,
                              phase_id::bigint
                            from
                              (
                                select
                                  ws_execution_id,
                                  at as started_at,
                                  coalesce(lead(at) over in_time, 'infinity') as ended_at,
                                  sum(opened) over in_time as open_count,
                                  sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                                from
                                  (
                                    select
                                      ws_execution_id,
                                      at,
                                      sum(opened) as opened,
                                      sum(opened * id) as opened_id
                                    from
                                      (
                                        select
                                          phases.ws_execution_id,
                                          phases.id,
                                          edge.at,
                                          edge.opened
                                        from
                                          ws_phases as phases
                                          join ws_executions as runs on runs.id = phases.ws_execution_id
                                          cross join lateral (
                                            values
                                              (phases.started_at, 1),
                                              (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                                          ) as edge (at, opened)
                                        where
                                          phases.ws_execution_id in (
                                            select
                                              ws_execution_id
                                            from
                                              units as units
                                            where
                                              ws_execution_id is not null
                                          )
                                          and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                                      ) as edges
                                    group by
                                      ws_execution_id,
                                      at
                                  ) as changes
                                window
                                  in_time as (
                                    partition by
                                      ws_execution_id
                                    order by
                                      at
                                  )
                              ) as spans
                            where
                              open_count = 1
                          ) as spans on calls.phase_name is null
                          and spans.ws_execution_id = calls.ws_execution_id
                          and calls.started_at >= spans.started_at
                          and calls.started_at < spans.ended_at
                          left join ws_phases as phases on phases.id = spans.phase_id
                      ) as calls
                    group by
                      execution_id,
                      document_type,
                      ws_id,
                      place,
                      model,
                      phase_name,
                      source
                    union all
                    select
                      runs.id,
                      null,
                      runs.ws_id,
                      date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
                      runs.llm_model,
                      null,
                      lower(runs.cost_source),
                      runs.cost_usd,
                      1,
                      0,
                      0
                    from
                      (
                        select
                          runs.*
                        from
                          units as units
                          cross join lateral (
                            select
                              *
                            from
                              ws_executions as runs
                            where
                              runs.id = units.ws_execution_id
                              and true
                            offset
                              0
                          ) as runs
                      ) as runs
                    where
                      runs.logged_cost_usd is null
                      and runs.cost_usd is not null
                  ) as spending
              ) as cells
              cross join lateral (
                values
                  ('document_type', "document_type"),
                  ('ws_id', "ws_id"),
                  ('model', "model"),
                  ('phase_name', "phase_name"),
                  ('source', "source"),
                  ('is_attributed', (ws_execution_id is not null)::text)
              ) as keys (dimension, key)
            group by
              ws_execution_id,
              dimension,
              key,
              start_at
          ) as shares
        union all
        select
          dimension,
          key,
          start_at,
          previous_at,
          - cost_usd as cost_usd,
          - known_cost_count as known_cost_count,
          - call_count as call_count,
          - unpriced_count as unpriced_count,
          - execution_count as execution_count
        from
          (
            select
              dimension,
              key,
              start_at,
              case
                when ws_execution_id is null then '-infinity'
                else coalesce(
                  lag(start_at) over (
                    partition by
                      ws_execution_id,
                      dimension,
                      key
                    order by
                      start_at
                  ),
                  '-infinity'
                )
              end as previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              (ws_execution_id is not null)::integer as execution_count
            from
              (
                select
                  ws_execution_id,
                  dimension,
                  key,
                  start_at,
                  sum(cost_usd) as cost_usd,
                  sum(known_cost_count) as known_cost_count,
                  sum(call_count) as call_count,
                  sum(unpriced_count) as unpriced_count
                from
                  (
                    select
                      cells.*
                    from
                      units as units
                      cross join lateral (
                        select
                          *
                        from
                          spend_cells as cells
                        where
                          cells.ws_execution_id = units.ws_execution_id
                        offset
                          0
                      ) as cells
                    union all
                    select
                      cells.*
                    from
                      units as units
                      cross join lateral (
                        select
                          *
                        from
                          spend_cells as cells
                        where
                          units.ws_execution_id is null
                          and cells.ws_execution_id is null
                          and cells.start_at = units.start_at
                        offset
                          0
                      ) as cells
                  ) as cells
                  cross join lateral (
                    values
                      ('document_type', "document_type"),
                      ('ws_id', "ws_id"),
                      ('model', "model"),
                      ('phase_name', "phase_name"),
                      ('source', "source"),
                      ('is_attributed', (ws_execution_id is not null)::text)
                  ) as keys (dimension, key)
                group by
                  ws_execution_id,
                  dimension,
                  key,
                  start_at
              ) as shares
          ) as rows
        union all
        select
          dimension,
          key,
          start_at,
          previous_at,
          - cost_usd as cost_usd,
          - known_cost_count as known_cost_count,
          - call_count as call_count,
          - unpriced_count as unpriced_count,
          - execution_count as execution_count
        from
          (
            select
              dimension,
              key,
              start_at,
              case
                when ws_execution_id is null then '-infinity'
                else coalesce(
                  lag(start_at) over (
                    partition by
                      ws_execution_id,
                      dimension,
                      key
                    order by
                      start_at
                  ),
                  '-infinity'
                )
              end as previous_at,
              cost_usd,
              known_cost_count,
              call_count,
              unpriced_count,
              (ws_execution_id is not null)::integer as execution_count
            from
              (
                select
                  ws_execution_id,
                  dimension,
                  key,
                  start_at,
                  sum(cost_usd) as cost_usd,
                  sum(known_cost_count) as known_cost_count,
                  sum(call_count) as call_count,
                  sum(unpriced_count) as unpriced_count
                from
                  (
                    select
                      execution_id as ws_execution_id,
                      place as start_at,
                      ws_id,
                      document_type,
                      model,
                      phase_name,
                      source,
                      coalesce(cost_usd, 0) as cost_usd,
                      known_cost_count,
                      call_count,
                      unpriced_count
                    from
                      (
                        select
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source,
                          sum(cost_usd) as cost_usd,
                          count(cost_usd) as known_cost_count,
                          count(*) as call_count,
                          count(*) filter (
                            where
                              cost_usd is null
                          ) as unpriced_count
                        from
                          (
                            select
                              calls.ws_execution_id as execution_id,
                              calls.document_type,
                              runs.ws_id,
                              date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') as place,
                              calls.model,
                              coalesce(calls.phase_name, phases.name) as phase_name,
                              calls.source,
                              calls.cost_usd
                            from
                              (
                                select
                                  *
                                from
                                  llm_calls as calls
                                where
                                  true
                              ) as calls
                              left join (
                                select
                                  id,
                                  ws_id
                                from
                                  ws_executions
                              ) as runs on runs.id = calls.ws_execution_id
                              left join (
                                select
                                  ws_execution_id,
                                  started_at,
                                  ended_at,
                                  phase_id::bigint
                                from
                                  (
                                    select
                                      ws_execution_id,
                                      at as started_at,
                                      coalesce(lead(at) over in_time, 'infinity') as ended_at,
                                      sum(opened) over in_time as open_count,
                                      sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                                    from
                                      (
                                        select
                                          ws_execution_id,
                                          at,
                                          sum(opened) as opened,
                                          sum(opened * id) as opened_id
                                        from
                                          (
                                            select
                                              phases.ws_execution_id,
                                              phases.id,
                                              edge.at,
                                              edge.opened
                                            from
                                              ws_phases as phases
                                              join ws_executions as runs on runs.id = phases.ws_execution_id
                                              cross join lateral (
                                                values
                                                  (phases.started_at, 1),
                                                  (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                                              ) as edge (at, opened)
                                            where
                                              phases.ws_execution_id in (
                                                select
                                                  calls.ws_execution_id
                                                from
                                                  llm_calls as calls
                                                where
                                                  calls.phase_name is null
                                                  and true
                                              )
                                              and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                                          ) as edges
                                        group by
                                          ws_execution_id,
                                          at
                                      ) as changes
                                    window
                                      in_time as (
                                        partition by
                                          ws_execution_id
                                        order by
                                          at
                                      )
                                  ) as spans
                                where
                                  open_count = 1
                              ) as spans on calls.phase_name is null
                              and spans.ws_execution_id = calls.ws_execution_id
                              and calls.started_at >= spans.started_at
                              and calls.started_at < spans.ended_at
                              left join ws_phases as phases on phases.id = spans.phase_id
                          ) as calls
                        group by
                          execution_id,
                          document_type,
                          ws_id,
                          place,
                          model,
                          phase_name,
                          source
                        union all
                        select
                          runs.id,
                          null,
                          runs.ws_id,
                          date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
                          runs.llm_model,
                          null,
                          lower(runs.cost_source),
                          runs.cost_usd,
                          1,
                          0,
                          0
                        from
                          (
                            select
                              *
                            from
                              ws_executions as runs
                            where
                              true
                          ) as runs
                        where
                          runs.logged_cost_usd is null
                          and runs.cost_usd is not null
                      ) as spending
                  ) as cells
                  cross join lateral (
                    values
                      ('document_type', "document_type"),
                      ('ws_id', "ws_id"),
                      ('model', "model"),
                      ('phase_name', "phase_name"),
                      ('source', "source"),
                      ('is_attributed', (ws_execution_id is not null)::text)
                  ) as keys (dimension, key)
                group by
                  ws_execution_id,
                  dimension,
                  key,
                  start_at
              ) as shares
          ) as rows
      ) as shares
      cross join lateral (
        values
          ('quarter_hour', start_at, previous_at, execution_count),
          (
            'day',
            date_bin('1 day', start_at, '2000-01-01 00:00:00+00'),
            case
              when previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') then previous_at
              else '-infinity'
            end,
            case
              when previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') then execution_count
              else 0
            end
          ),
          (
            'ever',
            '-infinity',
            '-infinity',
            case
              when previous_at = '-infinity' then execution_count
              else 0
            end
          )
      ) as places (grain, start_at, previous_at, execution_count)
    group by
      grain,
      dimension,
      places.start_at,
      places.previous_at,
      key
    having
      (
        sum(cost_usd),
        sum(known_cost_count),
        sum(call_count),
        sum(unpriced_count),
        sum(places.execution_count)
      ) is distinct from (0, 0, 0, 0, 0)
  ) as sums
  cross join lateral (
    values
      ('cost_usd', cost_usd),
      ('known_cost_count', known_cost_count),
      ('call_count', call_count),
      ('unpriced_count', unpriced_count),
      ('execution_count', execution_count)
  ) as each (measure, excess)
group by
  grain,
  dimension,
  key,
  start_at,
  previous_at,
  measure
having
  sum(excess) <> 0
order by
  grain,
  dimension,
  start_at,
  key,
  previous_at,
  measure;

-- spendSums.rebuild
select
  pg_advisory_xact_lock(hashtextextended ('ws-metrics spend_sums', 0));

delete from "spend_marks";

delete from "spend_cells";

delete from "spend_sums";

insert into
  spend_cells
select
  execution_id as ws_execution_id,
  place as start_at,
  ws_id,
  document_type,
  model,
  phase_name,
  source,
  coalesce(cost_usd, 0) as cost_usd,
  known_cost_count,
  call_count,
  unpriced_count
from
  (
    select
      execution_id,
      document_type,
      ws_id,
      place,
      model,
      phase_name,
      source,
      sum(cost_usd) as cost_usd,
      count(cost_usd) as known_cost_count,
      count(*) as call_count,
      count(*) filter (
        where
          cost_usd is null
      ) as unpriced_count
    from
      (
        select
          calls.ws_execution_id as execution_id,
          calls.document_type,
          runs.ws_id,
          date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') as place,
          calls.model,
          coalesce(calls.phase_name, phases.name) as phase_name,
          calls.source,
          calls.cost_usd
        from
          (
            select
              *
            from
              llm_calls as calls
            where
              true
          ) as calls
          left join (
            select
              id,
              ws_id
            from
              ws_executions
          ) as runs on runs.id = calls.ws_execution_id
          left join (
            select
              ws_execution_id,
              started_at,
              ended_at,
              phase_id::bigint
            from
              (
                select
                  ws_execution_id,
                  at as started_at,
                  coalesce(lead(at) over in_time, 'infinity') as ended_at,
                  sum(opened) over in_time as open_count,
                  sum(opened_id) over in_time as phase_id -- the sum of the ids of all open phases, hence the id of a single one
                from
                  (
                    select
                      ws_execution_id,
                      at,
                      sum(opened) as opened,
                      sum(opened * id) as opened_id
                    from
                      (
                        select
                          phases.ws_execution_id,
                          phases.id,
                          edge.at,
                          edge.opened
                        from
                          ws_phases as phases
                          join ws_executions as runs on runs.id = phases.ws_execution_id
                          cross join lateral (
                            values
                              (phases.started_at, 1),
                              (coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
                          ) as edge (at, opened)
                        where
                          phases.ws_execution_id in (
                            select
                              calls.ws_execution_id
                            from
                              llm_calls as calls
                            where
                              calls.phase_name is null
                              and true
                          )
                          and phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
                      ) as edges
                    group by
                      ws_execution_id,
                      at
                  ) as changes
                window
                  in_time as (
                    partition by
                      ws_execution_id
                    order by
                      at
                  )
              ) as spans
            where
              open_count = 1
          ) as spans on calls.phase_name is null
          and spans.ws_execution_id = calls.ws_execution_id
          and calls.started_at >= spans.started_at
          and calls.started_at < spans.ended_at
          left join ws_phases as phases on phases.id = spans.phase_id
      ) as calls
    group by
      execution_id,
      document_type,
      ws_id,
      place,
      model,
      phase_name,
      source
    union all
    select
      runs.id,
      null,
      runs.ws_id,
      date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
      runs.llm_model,
      null,
      lower(runs.cost_source),
      runs.cost_usd,
      1,
      0,
      0
    from
      (
        select
          *
        from
          ws_executions as runs
        where
          true
      ) as runs
    where
      runs.logged_cost_usd is null
      and runs.cost_usd is not null
  ) as spending;

insert into
  spend_sums (
    grain,
    dimension,
    start_at,
    previous_at,
    key,
    cost_usd,
    known_cost_count,
    call_count,
    unpriced_count,
    execution_count
  )
select
  grain,
  dimension,
  places.start_at,
  places.previous_at,
  key,
  sum(cost_usd) as cost_usd,
  sum(known_cost_count) as known_cost_count,
  sum(call_count) as call_count,
  sum(unpriced_count) as unpriced_count,
  sum(places.execution_count) as execution_count
from
  (
    select
      dimension,
      key,
      start_at,
      case
        when ws_execution_id is null then '-infinity'
        else coalesce(
          lag(start_at) over (
            partition by
              ws_execution_id,
              dimension,
              key
            order by
              start_at
          ),
          '-infinity'
        )
      end as previous_at,
      cost_usd,
      known_cost_count,
      call_count,
      unpriced_count,
      (ws_execution_id is not null)::integer as execution_count
    from
      (
        select
          ws_execution_id,
          dimension,
          key,
          start_at,
          sum(cost_usd) as cost_usd,
          sum(known_cost_count) as known_cost_count,
          sum(call_count) as call_count,
          sum(unpriced_count) as unpriced_count
        from
          (
            select
              *
            from
              spend_cells
          ) as cells
          cross join lateral (
            values
              ('document_type', "document_type"),
              ('ws_id', "ws_id"),
              ('model', "model"),
              ('phase_name', "phase_name"),
              ('source', "source"),
              ('is_attributed', (ws_execution_id is not null)::text)
          ) as keys (dimension, key)
        group by
          ws_execution_id,
          dimension,
          key,
          start_at
      ) as shares
  ) as shares
  cross join lateral (
    values
      ('quarter_hour', start_at, previous_at, execution_count),
      (
        'day',
        date_bin('1 day', start_at, '2000-01-01 00:00:00+00'),
        case
          when previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') then previous_at
          else '-infinity'
        end,
        case
          when previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') then execution_count
          else 0
        end
      ),
      (
        'ever',
        '-infinity',
        '-infinity',
        case
          when previous_at = '-infinity' then execution_count
          else 0
        end
      )
  ) as places (grain, start_at, previous_at, execution_count)
group by
  grain,
  dimension,
  places.start_at,
  places.previous_at,
  key
having
  (
    sum(cost_usd),
    sum(known_cost_count),
    sum(call_count),
    sum(unpriced_count),
    sum(places.execution_count)
  ) is distinct from (0, 0, 0, 0, 0)
on conflict (grain, dimension, start_at, previous_at, (key is null), coalesce(key, '')) do update
set
  cost_usd = spend_sums.cost_usd + excluded.cost_usd,
  known_cost_count = spend_sums.known_cost_count + excluded.known_cost_count,
  call_count = spend_sums.call_count + excluded.call_count,
  unpriced_count = spend_sums.unpriced_count + excluded.unpriced_count,
  execution_count = spend_sums.execution_count + excluded.execution_count;
