DROP TABLE "ws_bug_fixes", "ws_executions", "llm_calls", "ws_phases", "ws_execution_sessions";
