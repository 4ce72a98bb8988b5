CREATE TABLE "llm_log_copies" (
	"log_table" varchar PRIMARY KEY NOT NULL,
	"settled_until" timestamp (3) with time zone,
	"as_of" timestamp (3) with time zone,
	"copied_count" bigint DEFAULT 0 NOT NULL,
	"holder" uuid,
	"held_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "repricings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "repricings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"price_version" varchar NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"last_source_key" varchar,
	"last_execution_id" uuid,
	"call_count" bigint DEFAULT 0 NOT NULL,
	"changed_call_count" bigint DEFAULT 0 NOT NULL,
	"newly_priced_call_count" bigint DEFAULT 0 NOT NULL,
	"unknown_price_count" bigint DEFAULT 0 NOT NULL,
	"execution_count" bigint DEFAULT 0 NOT NULL,
	"changed_execution_count" bigint DEFAULT 0 NOT NULL,
	"difference_usd" numeric(18, 6) DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "llm_calls" ADD COLUMN "source_fingerprint" varchar;--> statement-breakpoint
CREATE INDEX "llm_calls_session_idx" ON "llm_calls" USING btree ("executor_session_id","started_at") WHERE "llm_calls"."claimed_execution_id" is null and "llm_calls"."executor_session_id" is not null;