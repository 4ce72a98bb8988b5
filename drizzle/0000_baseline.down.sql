DROP TABLE "llm_calls", "ws_bug_fixes", "ws_execution_sessions", "ws_executions", "ws_phases";
