CREATE TABLE "ws_bug_fixes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ws_execution_id" uuid NOT NULL,
	"scope_id" varchar,
	"description" text NOT NULL,
	"root_cause" text NOT NULL,
	"test_name" varchar NOT NULL,
	"fix_summary" text NOT NULL,
	"files_modified" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"autonomous" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ws_executions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ws_id" varchar NOT NULL,
	"wp_id" varchar,
	"scope_id" varchar,
	"executor" varchar NOT NULL,
	"status" varchar DEFAULT 'STARTED' NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"duration_seconds" integer GENERATED ALWAYS AS (floor(extract(epoch from completed_at - started_at))::integer) STORED,
	"phase_metrics" jsonb DEFAULT '{"phases":[]}'::jsonb NOT NULL,
	"reported_test_metrics" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"derived_test_metrics" jsonb DEFAULT '{"written":0,"passing":0,"failing":0,"skipped":0}'::jsonb NOT NULL,
	"test_metrics" jsonb GENERATED ALWAYS AS (derived_test_metrics || reported_test_metrics) STORED NOT NULL,
	"tests_written" integer GENERATED ALWAYS AS (((derived_test_metrics || reported_test_metrics) ->> 'written')::integer) STORED NOT NULL,
	"file_metrics" jsonb DEFAULT '{"created":[],"modified":[],"deleted":[]}'::jsonb NOT NULL,
	"reported_rework_cycles" integer,
	"derived_rework_cycles" integer DEFAULT 0 NOT NULL,
	"rework_cycles" integer GENERATED ALWAYS AS (greatest(coalesce(reported_rework_cycles, 0), derived_rework_cycles)) STORED NOT NULL,
	"llm_calls" integer DEFAULT 0 NOT NULL,
	"llm_tokens_in" integer DEFAULT 0 NOT NULL,
	"llm_tokens_out" integer DEFAULT 0 NOT NULL,
	"llm_cost_usd" numeric(12, 6),
	"llm_model" varchar,
	"estimated_cost_usd" numeric(12, 6),
	"estimate_price_version" varchar,
	"logged_call_count" integer DEFAULT 0 NOT NULL,
	"logged_unpriced_call_count" integer DEFAULT 0 NOT NULL,
	"logged_cost_usd" numeric(18, 6),
	"cost_usd" numeric(18, 6) GENERATED ALWAYS AS (coalesce(logged_cost_usd, llm_cost_usd, estimated_cost_usd)) STORED,
	"cost_source" varchar GENERATED ALWAYS AS (case
        when logged_cost_usd is not null then 'LLM_LOG'
        when llm_cost_usd is not null then 'EXECUTOR_REPORTED'
        when estimated_cost_usd is not null then 'PRICED'
        else 'NONE' end) STORED NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ws_executions_status_known" CHECK ("ws_executions"."status" in ('STARTED', 'COMPLETED', 'FAILED', 'HARD_STOP', 'BLOCKED')),
	CONSTRAINT "ws_executions_completed_when_final" CHECK (("ws_executions"."status" in ('COMPLETED', 'FAILED', 'HARD_STOP')) = ("ws_executions"."completed_at" is not null)),
	CONSTRAINT "ws_executions_completed_after_start" CHECK ("ws_executions"."completed_at" >= "ws_executions"."started_at"),
	CONSTRAINT "ws_executions_counts_not_negative" CHECK (least("ws_executions"."reported_rework_cycles", "ws_executions"."llm_calls", "ws_executions"."llm_tokens_in", "ws_executions"."llm_tokens_out") >= 0 and coalesce("ws_executions"."llm_cost_usd", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "llm_calls" (
	"source_key" varchar PRIMARY KEY NOT NULL,
	"source" varchar NOT NULL,
	"claimed_execution_id" uuid,
	"ws_execution_id" uuid,
	"executor_session_id" varchar,
	"phase_name" varchar,
	"document_type" varchar,
	"provider" varchar,
	"model" varchar NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"input_tokens" integer,
	"cache_read_tokens" integer,
	"cache_write_5m_tokens" integer,
	"cache_write_1h_tokens" integer,
	"output_tokens" integer,
	"reported_cost_usd" numeric(12, 6),
	"computed_cost_usd" numeric(12, 6),
	"price_version" varchar,
	"cost_usd" numeric(12, 6) GENERATED ALWAYS AS (coalesce(reported_cost_usd, computed_cost_usd)) STORED,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "llm_calls_source_known" CHECK ("llm_calls"."source" in ('api', 'otlp', 'llm_log')),
	CONSTRAINT "llm_calls_phase_known" CHECK ("llm_calls"."phase_name" in ('failing_tests', 'implement', 'verify', 'do_no_harm_audit')),
	CONSTRAINT "llm_calls_counts_not_negative" CHECK (least("llm_calls"."input_tokens", "llm_calls"."cache_read_tokens", "llm_calls"."cache_write_5m_tokens", "llm_calls"."cache_write_1h_tokens", "llm_calls"."output_tokens") >= 0 and coalesce("llm_calls"."reported_cost_usd", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "ws_phases" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ws_phases_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"ws_execution_id" uuid NOT NULL,
	"event_id" varchar NOT NULL,
	"sequence" integer NOT NULL,
	"reported_sequence" integer,
	"name" varchar NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"completed_at" timestamp (3) with time zone,
	"reported_duration_seconds" integer,
	"duration_seconds" integer GENERATED ALWAYS AS (coalesce(floor(extract(epoch from completed_at - started_at))::integer, reported_duration_seconds)) STORED,
	"result" varchar,
	"tests_written" integer,
	"tests_passing" integer,
	"tests_failing" integer,
	"files_modified" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ws_phases_event_unique" UNIQUE("ws_execution_id","event_id"),
	CONSTRAINT "ws_phases_name_known" CHECK ("ws_phases"."name" in ('failing_tests', 'implement', 'verify', 'do_no_harm_audit')),
	CONSTRAINT "ws_phases_result_known" CHECK ("ws_phases"."result" in ('pass', 'fail', 'skipped')),
	CONSTRAINT "ws_phases_completed_after_start" CHECK ("ws_phases"."completed_at" >= "ws_phases"."started_at"),
	CONSTRAINT "ws_phases_sequence_positive" CHECK ("ws_phases"."sequence" >= 1),
	CONSTRAINT "ws_phases_counts_not_negative" CHECK (least("ws_phases"."tests_written", "ws_phases"."tests_passing", "ws_phases"."tests_failing", "ws_phases"."files_modified", "ws_phases"."reported_duration_seconds") >= 0)
);
--> statement-breakpoint
CREATE TABLE "ws_execution_sessions" (
	"ws_execution_id" uuid NOT NULL,
	"executor_session_id" varchar NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ws_execution_sessions_ws_execution_id_executor_session_id_pk" PRIMARY KEY("ws_execution_id","executor_session_id")
);
--> statement-breakpoint
ALTER TABLE "ws_bug_fixes" ADD CONSTRAINT "ws_bug_fixes_ws_execution_id_ws_executions_id_fk" FOREIGN KEY ("ws_execution_id") REFERENCES "public"."ws_executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "llm_calls" ADD CONSTRAINT "llm_calls_ws_execution_id_ws_executions_id_fk" FOREIGN KEY ("ws_execution_id") REFERENCES "public"."ws_executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ws_phases" ADD CONSTRAINT "ws_phases_ws_execution_id_ws_executions_id_fk" FOREIGN KEY ("ws_execution_id") REFERENCES "public"."ws_executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ws_execution_sessions" ADD CONSTRAINT "ws_execution_sessions_ws_execution_id_ws_executions_id_fk" FOREIGN KEY ("ws_execution_id") REFERENCES "public"."ws_executions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ws_bug_fixes_execution_idx" ON "ws_bug_fixes" USING btree ("ws_execution_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ws_bug_fixes_created_at_idx" ON "ws_bug_fixes" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "ws_executions_started_at_idx" ON "ws_executions" USING btree ("started_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "ws_executions_ws_id_idx" ON "ws_executions" USING btree ("ws_id","started_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "ws_executions_wp_id_idx" ON "ws_executions" USING btree ("wp_id","started_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "llm_calls_execution_idx" ON "llm_calls" USING btree ("ws_execution_id","started_at");--> statement-breakpoint
CREATE INDEX "llm_calls_started_at_idx" ON "llm_calls" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "llm_calls_waiting_idx" ON "llm_calls" USING btree ("claimed_execution_id") WHERE "llm_calls"."ws_execution_id" is null;--> statement-breakpoint
CREATE INDEX "ws_phases_sequence_idx" ON "ws_phases" USING btree ("ws_execution_id","sequence");--> statement-breakpoint
CREATE INDEX "ws_phases_started_at_idx" ON "ws_phases" USING btree ("ws_execution_id","started_at");--> statement-breakpoint
CREATE INDEX "ws_execution_sessions_session_idx" ON "ws_execution_sessions" USING btree ("executor_session_id");