import { given } from "../support/given.js";
import type { TestServer } from "../support/server.js";

const ten = "2026-02-23T10:00:00Z";
const eleven = "2026-02-23T11:10:00Z";

/** Three runs of a Work Package: one with everything there is to tell, one that failed, and one of which nothing is known. */
export async function givenWork(server: TestServer): Promise<void> {
  const work = { wp_id: "WP-17" };
  const full = await given(server)
    .execution({ ...work, id: "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a11", ws_id: "WS-112", started_at: ten })
    .phase("failing_tests", { completed_at: "2026-02-23T10:04:30Z", tests_written: 6 })
    .phase("implement", { completed_at: "2026-02-23T10:18:00Z", files_modified: 4 })
    .phase("verify", {
      ...{ completed_at: "2026-02-23T10:22:00Z", result: "fail" },
      ...{ tests_passing: 5, tests_failing: 1 },
    })
    .phase("implement", { completed_at: "2026-02-23T10:26:40Z" })
    .phase("verify", { completed_at: "2026-02-23T10:29:10Z", tests_passing: 6, tests_failing: 0 })
    .phase("do_no_harm_audit", { completed_at: "2026-02-23T10:31:00Z" })
    .completed({
      seconds: 1_920,
      llm_cost_usd: 0.11,
      file_metrics: {
        created: ["src/store/phase.table.ts", "drizzle/0007_unique_events.sql"],
        modified: ["src/services/phase.service.ts", "test/phases.test.ts"],
      },
    });
  const calls = [
    { sourceKey: "a", startedAt: "2026-02-23T10:01:10Z", costUsd: 0.01866 },
    { sourceKey: "b", startedAt: "2026-02-23T10:09:00Z", costUsd: 0.0342 },
    { sourceKey: "c", startedAt: "2026-02-23T10:24:00Z", costUsd: 0.0411 },
    { sourceKey: "d", startedAt: "2026-02-23T10:31:30Z", costUsd: 0.000001 },
    { sourceKey: "e", startedAt: "2026-02-23T10:28:00Z", model: "another-model" },
  ];
  for (const call of calls) await full.withLlmCall(call);
  await full.withBugFix({
    id: "5d6df4a2-d9ea-4f01-926c-539de520314c",
    description: "A repeated event was appended twice",
  });
  await full.withBugFix({
    ...{ id: "5d6df4a2-d9ea-4f01-926c-539de520314d", autonomous: false },
    description: "A phase that was closed twice took the later time",
  });
  await given(server)
    .execution({ ...work, id: "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a12", ws_id: "WS-113", started_at: eleven })
    .phase("implement", { completed_at: null, result: undefined })
    .failed({ llm_cost_usd: 0.25 });
  await given(server)
    .execution({
      ...work,
      id: "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a13",
      ws_id: "WS-114",
      started_at: "2026-02-23T11:30:00Z",
    })
    .inProgress();
  await server.post("/ws-execution", {
    id: "7c1d7d5e-7e5b-4b6e-9f0a-2f6f3f0c8a14",
    ws_id: "WS-115",
    executor: "human",
    started_at: ten,
  });
}
