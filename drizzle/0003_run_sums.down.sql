DROP TRIGGER "ws_executions_appear" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_executions_change" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_executions_empty" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_bug_fixes_appear" ON "ws_bug_fixes";
--> statement-breakpoint
DROP TRIGGER "ws_bug_fixes_change" ON "ws_bug_fixes";
--> statement-breakpoint
DROP TRIGGER "ws_bug_fixes_empty" ON "ws_bug_fixes";
--> statement-breakpoint
DROP FUNCTION "note_run_change", "note_bug_fix_change", "forget_runs", "forget_bug_fixes", "run_measures", "bug_fix_measures", "duration_bucket", "duration_bucket_width";
--> statement-breakpoint
DROP INDEX "ws_executions_completed_duration_idx";
--> statement-breakpoint
DROP TABLE "duration_sums", "run_sum_changes", "run_sums";
