DROP TRIGGER "llm_calls_spend_appear" ON "llm_calls";
--> statement-breakpoint
DROP TRIGGER "llm_calls_spend_change" ON "llm_calls";
--> statement-breakpoint
DROP TRIGGER "llm_calls_spend_vanish" ON "llm_calls";
--> statement-breakpoint
DROP TRIGGER "llm_calls_spend_empty" ON "llm_calls";
--> statement-breakpoint
DROP TRIGGER "ws_executions_spend_appear" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_executions_spend_change" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_executions_spend_vanish" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_executions_spend_empty" ON "ws_executions";
--> statement-breakpoint
DROP TRIGGER "ws_phases_spend_appear" ON "ws_phases";
--> statement-breakpoint
DROP TRIGGER "ws_phases_spend_change" ON "ws_phases";
--> statement-breakpoint
DROP TRIGGER "ws_phases_spend_empty" ON "ws_phases";
--> statement-breakpoint
DROP FUNCTION "mark_spending_of_new_calls", "mark_spending_of_old_calls", "mark_spending_of_changed_calls", "mark_spending_of_run", "mark_spending_of_phase", "mark_all_spending";
--> statement-breakpoint
DROP TABLE "spend_cells", "spend_marks", "spend_sums";
