ALTER TABLE "llm_log_copies" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "repricings" DISABLE ROW LEVEL SECURITY;
--> statement-breakpoint
DROP INDEX "llm_calls_session_idx";
--> statement-breakpoint
ALTER TABLE "llm_calls" DROP COLUMN "source_fingerprint";
--> statement-breakpoint
DROP TABLE "llm_log_copies", "repricings";
