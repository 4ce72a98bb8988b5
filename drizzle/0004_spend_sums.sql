CREATE TABLE "spend_cells" (
	"ws_execution_id" uuid,
	"start_at" timestamp (3) with time zone NOT NULL,
	"ws_id" varchar,
	"document_type" varchar,
	"model" varchar,
	"phase_name" varchar,
	"source" varchar NOT NULL,
	"cost_usd" numeric DEFAULT 0 NOT NULL,
	"known_cost_count" bigint DEFAULT 0 NOT NULL,
	"call_count" bigint DEFAULT 0 NOT NULL,
	"unpriced_count" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spend_marks" (
	"ws_execution_id" uuid,
	"start_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spend_sums" (
	"grain" varchar NOT NULL,
	"dimension" varchar NOT NULL,
	"start_at" timestamp (3) with time zone NOT NULL,
	"previous_at" timestamp (3) with time zone NOT NULL,
	"key" varchar,
	"cost_usd" numeric DEFAULT 0 NOT NULL,
	"known_cost_count" bigint DEFAULT 0 NOT NULL,
	"call_count" bigint DEFAULT 0 NOT NULL,
	"unpriced_count" bigint DEFAULT 0 NOT NULL,
	"execution_count" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "spend_sums_grain_known" CHECK ("spend_sums"."grain" in ('quarter_hour', 'day', 'ever'))
);
--> statement-breakpoint
CREATE INDEX "spend_cells_execution_idx" ON "spend_cells" USING btree ("ws_execution_id");--> statement-breakpoint
CREATE INDEX "spend_cells_unattributed_idx" ON "spend_cells" USING btree ("start_at") WHERE "spend_cells"."ws_execution_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "spend_sums_place_idx" ON "spend_sums" USING btree ("grain","dimension","start_at","previous_at",("key" is null),coalesce("key", ''));--> statement-breakpoint
ALTER TABLE "spend_marks" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);
--> statement-breakpoint
CREATE FUNCTION "public"."mark_spending_of_new_calls"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks
	SELECT DISTINCT ws_execution_id, CASE WHEN ws_execution_id IS NULL THEN date_bin('15 minutes', started_at, '2000-01-01 00:00:00+00') END
	FROM come;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."mark_spending_of_old_calls"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks
	SELECT DISTINCT ws_execution_id, CASE WHEN ws_execution_id IS NULL THEN date_bin('15 minutes', started_at, '2000-01-01 00:00:00+00') END
	FROM gone;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."mark_spending_of_changed_calls"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks
	SELECT DISTINCT ws_execution_id, CASE WHEN ws_execution_id IS NULL THEN date_bin('15 minutes', started_at, '2000-01-01 00:00:00+00') END
	FROM (SELECT ws_execution_id, started_at FROM gone UNION ALL SELECT ws_execution_id, started_at FROM come) AS calls;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."mark_spending_of_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks VALUES (coalesce(NEW.id, OLD.id), NULL);
	RETURN NULL;
END
$$;
--> statement-breakpoint
-- Phases say nothing about the spending of runs without calls, which are most runs while they report phases.
CREATE FUNCTION "public"."mark_spending_of_phase"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks
	SELECT DISTINCT run.id, NULL::timestamptz
	FROM (VALUES (OLD.ws_execution_id), (NEW.ws_execution_id)) AS run(id)
	WHERE EXISTS (SELECT FROM public.llm_calls AS call WHERE call.ws_execution_id = run.id);
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."mark_all_spending"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO public.spend_marks
	SELECT DISTINCT ws_execution_id, CASE WHEN ws_execution_id IS NULL THEN start_at END FROM public.spend_cells;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "llm_calls_spend_appear" AFTER INSERT ON "llm_calls" REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_spending_of_new_calls"();
--> statement-breakpoint
CREATE TRIGGER "llm_calls_spend_change" AFTER UPDATE ON "llm_calls" REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_spending_of_changed_calls"();
--> statement-breakpoint
CREATE TRIGGER "llm_calls_spend_vanish" AFTER DELETE ON "llm_calls" REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_spending_of_old_calls"();
--> statement-breakpoint
CREATE TRIGGER "llm_calls_spend_empty" AFTER TRUNCATE ON "llm_calls" FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_all_spending"();
--> statement-breakpoint
CREATE TRIGGER "ws_executions_spend_appear" AFTER INSERT ON "ws_executions" FOR EACH ROW
	WHEN (NEW.cost_usd IS NOT NULL) EXECUTE FUNCTION "public"."mark_spending_of_run"();
--> statement-breakpoint
-- The condition costs nothing where it does not hold, which is most reports of a phase.
CREATE TRIGGER "ws_executions_spend_change" AFTER UPDATE ON "ws_executions" FOR EACH ROW
	WHEN ((NEW.logged_call_count > 0 OR coalesce(OLD.cost_usd, NEW.cost_usd) IS NOT NULL)
		AND (OLD.ws_id, OLD.started_at, OLD.completed_at, OLD.llm_model, OLD.cost_usd, OLD.cost_source, OLD.logged_cost_usd)
			IS DISTINCT FROM (NEW.ws_id, NEW.started_at, NEW.completed_at, NEW.llm_model, NEW.cost_usd, NEW.cost_source, NEW.logged_cost_usd))
	EXECUTE FUNCTION "public"."mark_spending_of_run"();
--> statement-breakpoint
CREATE TRIGGER "ws_executions_spend_vanish" AFTER DELETE ON "ws_executions" FOR EACH ROW
	WHEN (OLD.cost_usd IS NOT NULL) EXECUTE FUNCTION "public"."mark_spending_of_run"();
--> statement-breakpoint
CREATE TRIGGER "ws_executions_spend_empty" AFTER TRUNCATE ON "ws_executions" FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_all_spending"();
--> statement-breakpoint
CREATE TRIGGER "ws_phases_spend_appear" AFTER INSERT OR DELETE ON "ws_phases" FOR EACH ROW EXECUTE FUNCTION "public"."mark_spending_of_phase"();
--> statement-breakpoint
CREATE TRIGGER "ws_phases_spend_change" AFTER UPDATE ON "ws_phases" FOR EACH ROW
	WHEN ((OLD.ws_execution_id, OLD.name, OLD.started_at, OLD.completed_at) IS DISTINCT FROM (NEW.ws_execution_id, NEW.name, NEW.started_at, NEW.completed_at))
	EXECUTE FUNCTION "public"."mark_spending_of_phase"();
--> statement-breakpoint
CREATE TRIGGER "ws_phases_spend_empty" AFTER TRUNCATE ON "ws_phases" FOR EACH STATEMENT EXECUTE FUNCTION "public"."mark_all_spending"();
--> statement-breakpoint
-- What is there already.
INSERT INTO
	spend_cells
SELECT
	execution_id AS ws_execution_id,
	place AS start_at,
	ws_id,
	document_type,
	model,
	phase_name,
	source,
	coalesce(cost_usd, 0) AS cost_usd,
	known_cost_count,
	call_count,
	unpriced_count
FROM
	(
		SELECT
			execution_id,
			document_type,
			ws_id,
			place,
			model,
			phase_name,
			source,
			sum(cost_usd) AS cost_usd,
			count(cost_usd) AS known_cost_count,
			count(*) AS call_count,
			count(*) FILTER (
				WHERE
					cost_usd IS NULL
			) AS unpriced_count
		FROM
			(
				SELECT
					calls.ws_execution_id AS execution_id,
					calls.document_type,
					runs.ws_id,
					date_bin('15 minutes', calls.started_at, '2000-01-01 00:00:00+00') AS place,
					calls.model,
					coalesce(calls.phase_name, phases.name) AS phase_name,
					calls.source,
					calls.cost_usd
				FROM
					(
						SELECT
							*
						FROM
							llm_calls AS calls
						WHERE
							TRUE
					) AS calls
					LEFT JOIN ws_executions AS runs ON runs.id = calls.ws_execution_id
					LEFT JOIN (
						SELECT
							ws_execution_id,
							started_at,
							ended_at,
							phase_id::bigint
						FROM
							(
								SELECT
									ws_execution_id,
									at AS started_at,
									coalesce(lead(at) OVER in_time, 'infinity') AS ended_at,
									sum(opened) OVER in_time AS open_count,
									sum(opened_id) OVER in_time AS phase_id -- the sum of the ids of all open phases, hence the id of a single one
								FROM
									(
										SELECT
											ws_execution_id,
											at,
											sum(opened) AS opened,
											sum(opened * id) AS opened_id
										FROM
											(
												SELECT
													phases.ws_execution_id,
													phases.id,
													edge.at,
													edge.opened
												FROM
													ws_phases AS phases
													JOIN ws_executions AS runs ON runs.id = phases.ws_execution_id
													CROSS JOIN LATERAL (
														VALUES
															(phases.started_at, 1),
															(coalesce(phases.completed_at, runs.completed_at, 'infinity'), -1)
													) AS edge (at, opened)
												WHERE
													phases.ws_execution_id IN (
														SELECT
															calls.ws_execution_id
														FROM
															llm_calls AS calls
														WHERE
															calls.phase_name IS NULL
															AND TRUE
													)
													AND phases.started_at < coalesce(phases.completed_at, runs.completed_at, 'infinity')
											) AS edges
										GROUP BY
											ws_execution_id,
											at
									) AS changes
								WINDOW
									in_time AS (
										PARTITION BY
											ws_execution_id
										ORDER BY
											at
									)
							) AS spans
						WHERE
							open_count = 1
					) AS spans ON calls.phase_name IS NULL
					AND spans.ws_execution_id = calls.ws_execution_id
					AND calls.started_at >= spans.started_at
					AND calls.started_at < spans.ended_at
					LEFT JOIN ws_phases AS phases ON phases.id = spans.phase_id
			) AS calls
		GROUP BY
			execution_id,
			document_type,
			ws_id,
			place,
			model,
			phase_name,
			source
		UNION ALL
		SELECT
			runs.id,
			NULL,
			runs.ws_id,
			date_bin('15 minutes', runs.started_at, '2000-01-01 00:00:00+00'),
			runs.llm_model,
			NULL,
			lower(runs.cost_source),
			runs.cost_usd,
			1,
			0,
			0
		FROM
			(
				SELECT
					*
				FROM
					ws_executions AS runs
				WHERE
					TRUE
			) AS runs
		WHERE
			runs.logged_cost_usd IS NULL
			AND runs.cost_usd IS NOT NULL
	) AS spending;
--> statement-breakpoint
INSERT INTO
	spend_sums
SELECT
	grain,
	dimension,
	places.start_at,
	places.previous_at,
	key,
	sum(cost_usd) AS cost_usd,
	sum(known_cost_count) AS known_cost_count,
	sum(call_count) AS call_count,
	sum(unpriced_count) AS unpriced_count,
	sum(places.execution_count) AS execution_count
FROM
	(
		SELECT
			dimension,
			key,
			start_at,
			CASE
				WHEN ws_execution_id IS NULL THEN '-infinity'
				ELSE coalesce(
					lag(start_at) OVER (
						PARTITION BY
							ws_execution_id,
							dimension,
							key
						ORDER BY
							start_at
					),
					'-infinity'
				)
			END AS previous_at,
			cost_usd,
			known_cost_count,
			call_count,
			unpriced_count,
			(ws_execution_id IS NOT NULL)::integer AS execution_count
		FROM
			(
				SELECT
					ws_execution_id,
					dimension,
					key,
					start_at,
					sum(cost_usd) AS cost_usd,
					sum(known_cost_count) AS known_cost_count,
					sum(call_count) AS call_count,
					sum(unpriced_count) AS unpriced_count
				FROM
					(
						SELECT
							*
						FROM
							spend_cells
					) AS cells
					CROSS JOIN LATERAL (
						VALUES
							('document_type', "document_type"),
							('ws_id', "ws_id"),
							('model', "model"),
							('phase_name', "phase_name"),
							('source', "source"),
							('is_attributed', (ws_execution_id IS NOT NULL)::text)
					) AS keys (dimension, key)
				GROUP BY
					ws_execution_id,
					dimension,
					key,
					start_at
			) AS shares
	) AS shares
	CROSS JOIN LATERAL (
		VALUES
			('quarter_hour', start_at, previous_at, execution_count),
			(
				'day',
				date_bin('1 day', start_at, '2000-01-01 00:00:00+00'),
				CASE
					WHEN previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') THEN previous_at
					ELSE '-infinity'
				END,
				CASE
					WHEN previous_at < date_bin('1 day', start_at, '2000-01-01 00:00:00+00') THEN execution_count
					ELSE 0
				END
			),
			(
				'ever',
				'-infinity',
				'-infinity',
				CASE
					WHEN previous_at = '-infinity' THEN execution_count
					ELSE 0
				END
			)
	) AS places (grain, start_at, previous_at, execution_count)
GROUP BY
	grain,
	dimension,
	places.start_at,
	places.previous_at,
	key
HAVING
	(
		sum(cost_usd),
		sum(known_cost_count),
		sum(call_count),
		sum(unpriced_count),
		sum(places.execution_count)
	) IS DISTINCT FROM (0, 0, 0, 0, 0);
