import { execFileSync } from "node:child_process";
import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { startTestServer } from "./support/server.js";

type Environment = Readonly<Record<string, string>>;

const id = "3f0c0d2e-0000-4000-8000-000000000001";
const start = { id, ws_id: "WS-1", executor: "claude_code" };

const endpointOf = (env: Environment) => env.OTEL_EXPORTER_OTLP_ENDPOINT;

/** Starts the run with a `Host` header of one's own, which `fetch` does not allow. */
function startedAt(url: string, host: string): Promise<Environment> {
  return new Promise((resolve, reject) => {
    const post = request(
      `${url}/api/v1/metrics/ws-execution`,
      { method: "POST", headers: { "content-type": "application/json", host } },
      async (response) => {
        const body = JSON.parse(Buffer.concat(await response.toArray()).toString());
        resolve(body.executor_env);
      },
    );
    post.on("error", reject).end(JSON.stringify(start));
  });
}

/** What a POSIX shell makes of the variables when they are exported as the documentation shows. */
function exported(env: Environment, key: string): Environment {
  const lines = Object.entries(env).map(([name, value]) => `export ${name}="${value}"`);
  const script = `${lines.join("\n")}\nexec node -p 'JSON.stringify(process.env)'`;
  return JSON.parse(
    execFileSync("sh", ["-c", script], { env: { PATH: process.env.PATH, WSM_API_KEY: key } }).toString(),
  );
}

describe("the environment of an executor", async () => {
  const server = await startTestServer({ env: { INSECURE_NO_AUTH: "true" } });

  test("correlates its telemetry with the run that was started", async () => {
    const { body } = await server.post("/ws-execution", start);

    expect(body.executor_env).toEqual({
      WS_EXECUTION_ID: id,
      OTEL_RESOURCE_ATTRIBUTES: `ws_execution_id=${id}`,
      OTEL_LOGS_EXPORTER: "otlp",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
      OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Bearer $WSM_API_KEY",
      CLAUDE_CODE_ENABLE_TELEMETRY: "1",
      GEMINI_TELEMETRY_ENABLED: "true",
      GEMINI_TELEMETRY_TARGET: "local",
      GEMINI_TELEMETRY_OTLP_PROTOCOL: "http",
      GEMINI_TELEMETRY_OTLP_ENDPOINT: server.url,
      GEMINI_TELEMETRY_LOG_PROMPTS: "false",
      WSM_CODEX_CONFIG: `otel.exporter={otlp-http={endpoint='${server.url}/v1/logs',protocol='json',headers={authorization='Bearer $WSM_API_KEY'}}}`,
    });
  });

  test("is the same through GraphQL", async () => {
    const rest = await server.post<{ executor_env: Environment }>("/ws-execution", start);

    const { body } = await server.graphql<{
      startExecution: { executorEnv: { name: string; value: string }[] };
    }>(
      `mutation { startExecution(input: { id: "${id}", wsId: "WS-1", executor: "claude_code" }) { executorEnv { name value } } }`,
    );

    const pairs = body.data.startExecution.executorEnv.map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(pairs)).toEqual(rest.body.executor_env);
  });

  test("is exported by a shell as it is, with the key of whoever exports it", async () => {
    const { body } = await server.post<{ executor_env: Environment }>("/ws-execution", start);

    const env = exported(body.executor_env, "wsm_ingest_key");

    for (const [name, value] of Object.entries(body.executor_env)) {
      expect(env[name]).toBe(value.replace("$WSM_API_KEY", "wsm_ingest_key"));
    }
  });

  test("stands in the answer to a start, not to an update", async () => {
    await server.post("/ws-execution", start);

    const update = await server.post("/ws-execution", { id, rework_cycles: 1 });

    expect(update.body).not.toHaveProperty("executor_env");
  });

  test("names the host that the request was sent to", async () => {
    expect(endpointOf(await startedAt(server.url, "metrics.example.com:8443"))).toBe(
      "http://metrics.example.com:8443",
    );
    expect(endpointOf(await startedAt(server.url, "[::1]:4000"))).toBe("http://[::1]:4000");
  });

  test.each(["$(id)", "a`id`", 'a";id;"', "a'b", "a b", "a/../b", "user@host"])(
    "never hands on a host that a shell or a URL would read in another way: %s",
    async (host) => {
      expect(endpointOf(await startedAt(server.url, host))).toBe(server.url);
    },
  );
});

describe("with PUBLIC_URL", async () => {
  const server = await startTestServer({
    env: { INSECURE_NO_AUTH: "true", PUBLIC_URL: "https://metrics.example.com/ws/" },
  });

  test("telemetry goes there, whatever the request was sent to", async () => {
    const env = await startedAt(server.url, "elsewhere");

    expect(endpointOf(env)).toBe("https://metrics.example.com/ws");
    expect(env.WSM_CODEX_CONFIG).toContain("endpoint='https://metrics.example.com/ws/v1/logs'");
  });
});
