CREATE TABLE "duration_sums" (
	"day" timestamp (3) with time zone NOT NULL,
	"duration_bucket" integer NOT NULL,
	"completed_count" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "duration_sums_day_duration_bucket_pk" PRIMARY KEY("day","duration_bucket")
);
--> statement-breakpoint
CREATE TABLE "run_sum_changes" (
	"start_at" timestamp (3) with time zone NOT NULL,
	"duration_bucket" integer,
	"started_count" bigint DEFAULT 0 NOT NULL,
	"blocked_count" bigint DEFAULT 0 NOT NULL,
	"completed_count" bigint DEFAULT 0 NOT NULL,
	"failed_count" bigint DEFAULT 0 NOT NULL,
	"hard_stop_count" bigint DEFAULT 0 NOT NULL,
	"first_pass_count" bigint DEFAULT 0 NOT NULL,
	"completed_seconds" bigint DEFAULT 0 NOT NULL,
	"completed_rework_cycles" bigint DEFAULT 0 NOT NULL,
	"tests_written" bigint DEFAULT 0 NOT NULL,
	"cost_usd" numeric DEFAULT 0 NOT NULL,
	"known_cost_count" bigint DEFAULT 0 NOT NULL,
	"autonomous_bug_fix_count" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "run_sums" (
	"grain" varchar NOT NULL,
	"start_at" timestamp (3) with time zone NOT NULL,
	"started_count" bigint DEFAULT 0 NOT NULL,
	"blocked_count" bigint DEFAULT 0 NOT NULL,
	"completed_count" bigint DEFAULT 0 NOT NULL,
	"failed_count" bigint DEFAULT 0 NOT NULL,
	"hard_stop_count" bigint DEFAULT 0 NOT NULL,
	"first_pass_count" bigint DEFAULT 0 NOT NULL,
	"completed_seconds" bigint DEFAULT 0 NOT NULL,
	"completed_rework_cycles" bigint DEFAULT 0 NOT NULL,
	"tests_written" bigint DEFAULT 0 NOT NULL,
	"cost_usd" numeric DEFAULT 0 NOT NULL,
	"known_cost_count" bigint DEFAULT 0 NOT NULL,
	"autonomous_bug_fix_count" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "run_sums_grain_start_at_pk" PRIMARY KEY("grain","start_at"),
	CONSTRAINT "run_sums_grain_known" CHECK ("run_sums"."grain" in ('quarter_hour', 'day'))
);
--> statement-breakpoint
CREATE INDEX "ws_executions_completed_duration_idx" ON "ws_executions" USING btree ("duration_seconds","started_at") WHERE "ws_executions"."status" = 'COMPLETED';--> statement-breakpoint
ALTER TABLE "run_sum_changes" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);
--> statement-breakpoint
-- How many seconds long the bucket of a duration is: 1 up to 32 seconds, then from 1/32 to 1/16 of where it begins.
CREATE FUNCTION "public"."duration_bucket_width"("seconds" integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT 1 << (28 - position(B'1' IN (seconds | 16)::bit(32)))
$$;
--> statement-breakpoint
-- The shortest duration in the bucket of a duration: its five leading binary digits.
CREATE FUNCTION "public"."duration_bucket"("seconds" integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT seconds & -public.duration_bucket_width(seconds)
$$;
--> statement-breakpoint
-- What one run adds to the sums of its quarter hour; `factor` -1 takes it away.
CREATE FUNCTION "public"."run_measures"("run" "public"."ws_executions", "factor" integer) RETURNS SETOF "public"."run_sum_changes" LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT
		date_bin('15 minutes', run.started_at, '2000-01-01 00:00:00+00')::timestamp (3) with time zone,
		CASE WHEN run.status = 'COMPLETED' THEN public.duration_bucket(run.duration_seconds) END,
		(factor * (run.status = 'STARTED')::integer)::bigint,
		(factor * (run.status = 'BLOCKED')::integer)::bigint,
		(factor * (run.status = 'COMPLETED')::integer)::bigint,
		(factor * (run.status = 'FAILED')::integer)::bigint,
		(factor * (run.status = 'HARD_STOP')::integer)::bigint,
		(factor * (run.status = 'COMPLETED' AND run.rework_cycles = 0)::integer)::bigint,
		CASE WHEN run.status = 'COMPLETED' THEN factor * run.duration_seconds::bigint ELSE 0 END,
		CASE WHEN run.status = 'COMPLETED' THEN factor * run.rework_cycles::bigint ELSE 0 END,
		factor * run.tests_written::bigint,
		coalesce(factor * run.cost_usd, 0),
		(factor * (run.cost_usd IS NOT NULL)::integer)::bigint,
		0::bigint
$$;
--> statement-breakpoint
-- What one bug fix adds to the sums of its quarter hour; `factor` -1 takes it away.
CREATE FUNCTION "public"."bug_fix_measures"("fix" "public"."ws_bug_fixes", "factor" integer) RETURNS SETOF "public"."run_sum_changes" LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT
		date_bin('15 minutes', fix.created_at, '2000-01-01 00:00:00+00')::timestamp (3) with time zone,
		NULL::integer,
		0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::numeric, 0::bigint,
		(factor * fix.autonomous::integer)::bigint
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."note_run_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		INSERT INTO public.run_sum_changes SELECT * FROM public.run_measures(OLD, -1);
	END IF;
	IF TG_OP <> 'DELETE' THEN
		INSERT INTO public.run_sum_changes SELECT * FROM public.run_measures(NEW, 1);
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."note_bug_fix_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		INSERT INTO public.run_sum_changes SELECT * FROM public.bug_fix_measures(OLD, -1) WHERE OLD.autonomous;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		INSERT INTO public.run_sum_changes SELECT * FROM public.bug_fix_measures(NEW, 1) WHERE NEW.autonomous;
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
-- Runs are only ever emptied together with their bug fixes. What is not folded yet goes first: whoever folds it at
-- this moment is waited for.
CREATE FUNCTION "public"."forget_runs"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM public.run_sum_changes;
	DELETE FROM public.run_sums;
	DELETE FROM public.duration_sums;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "public"."forget_bug_fixes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE public.run_sum_changes SET autonomous_bug_fix_count = 0 WHERE autonomous_bug_fix_count <> 0;
	UPDATE public.run_sums SET autonomous_bug_fix_count = 0 WHERE autonomous_bug_fix_count <> 0;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "ws_executions_appear" AFTER INSERT OR DELETE ON "ws_executions" FOR EACH ROW EXECUTE FUNCTION "public"."note_run_change"();
--> statement-breakpoint
-- The condition costs nothing where it does not hold, which is most reports of a phase.
CREATE TRIGGER "ws_executions_change" AFTER UPDATE ON "ws_executions" FOR EACH ROW
	WHEN ((OLD.started_at, OLD.status, OLD.tests_written, OLD.cost_usd) IS DISTINCT FROM (NEW.started_at, NEW.status, NEW.tests_written, NEW.cost_usd)
		OR NEW.status = 'COMPLETED' AND (OLD.duration_seconds, OLD.rework_cycles) IS DISTINCT FROM (NEW.duration_seconds, NEW.rework_cycles))
	EXECUTE FUNCTION "public"."note_run_change"();
--> statement-breakpoint
CREATE TRIGGER "ws_executions_empty" AFTER TRUNCATE ON "ws_executions" FOR EACH STATEMENT EXECUTE FUNCTION "public"."forget_runs"();
--> statement-breakpoint
CREATE TRIGGER "ws_bug_fixes_appear" AFTER INSERT OR DELETE ON "ws_bug_fixes" FOR EACH ROW EXECUTE FUNCTION "public"."note_bug_fix_change"();
--> statement-breakpoint
CREATE TRIGGER "ws_bug_fixes_change" AFTER UPDATE ON "ws_bug_fixes" FOR EACH ROW
	WHEN ((OLD.created_at, OLD.autonomous) IS DISTINCT FROM (NEW.created_at, NEW.autonomous))
	EXECUTE FUNCTION "public"."note_bug_fix_change"();
--> statement-breakpoint
CREATE TRIGGER "ws_bug_fixes_empty" AFTER TRUNCATE ON "ws_bug_fixes" FOR EACH STATEMENT EXECUTE FUNCTION "public"."forget_bug_fixes"();
--> statement-breakpoint
-- What is there already.
INSERT INTO "run_sum_changes"
SELECT "start_at", "duration_bucket", sum("started_count"), sum("blocked_count"), sum("completed_count"), sum("failed_count"), sum("hard_stop_count"), sum("first_pass_count"), sum("completed_seconds"), sum("completed_rework_cycles"), sum("tests_written"), sum("cost_usd"), sum("known_cost_count"), sum("autonomous_bug_fix_count")
FROM (
	SELECT "measures".* FROM "ws_executions" AS "run", "run_measures"("run", 1) AS "measures"
	UNION ALL
	SELECT "measures".* FROM "ws_bug_fixes" AS "fix", "bug_fix_measures"("fix", 1) AS "measures" WHERE "fix"."autonomous"
) AS "facts"
GROUP BY "start_at", "duration_bucket";
--> statement-breakpoint
INSERT INTO "run_sums"
SELECT "grain", date_bin("length", "start_at", '2000-01-01 00:00:00+00'), sum("started_count"), sum("blocked_count"), sum("completed_count"), sum("failed_count"), sum("hard_stop_count"), sum("first_pass_count"), sum("completed_seconds"), sum("completed_rework_cycles"), sum("tests_written"), sum("cost_usd"), sum("known_cost_count"), sum("autonomous_bug_fix_count")
FROM "run_sum_changes", (VALUES ('quarter_hour', interval '15 minutes'), ('day', interval '1 day')) AS "grains"("grain", "length")
GROUP BY 1, 2;
--> statement-breakpoint
INSERT INTO "duration_sums"
SELECT date_bin('1 day', "start_at", '2000-01-01 00:00:00+00'), "duration_bucket", sum("completed_count")
FROM "run_sum_changes" WHERE "duration_bucket" IS NOT NULL
GROUP BY 1, 2;
--> statement-breakpoint
DELETE FROM "run_sum_changes";
