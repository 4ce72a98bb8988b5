import { ReportFailure } from "../../client/client.js";
import { recordEventsDocument } from "../../client/documents.js";
import { openTransport, type Reply } from "../../client/transport.js";
import { harmless } from "../harmless.js";
import type { Settings } from "../settings.js";
import { type Finding, fine, probe, reasonOf, warning, wrong } from "./finding.js";

/** From where on a clock that differs spoils the order of what several machines report. */
const noticeableSkewMs = 30_000;
/** What lies further ahead of the server's clock is refused. */
const refusedSkewMs = 24 * 60 * 60 * 1_000;

/** Whether the server is there, is ours, is ready, and agrees on the time. */
export async function serverChecks(
  { url, timeoutMs }: Settings,
  now: () => Date,
): Promise<readonly Finding[]> {
  const transport = openTransport(url);
  const get = (path: string) => transport.send({ method: "GET", path, timeoutMs });
  try {
    const health = await get("/healthz");
    if (health.status !== 200 || !health.body.includes('"status"')) {
      const what = `${url} answers, but not as ws-metrics does (status ${health.status}): set WSM_URL to where it is.`;
      return [wrong("server", what)];
    }
    return [fine("server", `${url} is ws-metrics`), readiness(await get("/readyz")), clock(health, now())];
  } catch (error) {
    return [
      wrong("server", `${reasonOf(error)}: start it with \`npm start\`, or set WSM_URL to where it is.`),
    ];
  } finally {
    transport.close();
  }
}

function readiness({ status, body }: Reply): Finding {
  if (status === 200) return fine("ready", "it takes requests");
  return wrong(
    "ready",
    `it is there but takes no requests (status ${status}): ${harmless(body.slice(0, 200))}`,
  );
}

function clock({ headers }: Reply, now: Date): Finding {
  if (headers.date === undefined) return warning("clock", "the server does not tell its time");
  const aheadMs = now.getTime() - Date.parse(headers.date);
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const where = aheadMs > 0 ? "ahead of" : "behind";
  if (aheadMs > refusedSkewMs)
    return wrong(
      "clock",
      `this clock is ${seconds} s ahead of the server's, which refuses such times: set it.`,
    );
  if (Math.abs(aheadMs) > noticeableSkewMs)
    return warning(
      "clock",
      `this clock is ${seconds} s ${where} the server's: durations across machines will be off.`,
    );
  return fine("clock", "it agrees with the server's");
}

/** What the key is good for, found without writing anything. */
export async function keyChecks(settings: Settings): Promise<readonly Finding[]> {
  const client = probe(settings);
  const { apiKey } = settings;
  const given = apiKey === undefined ? "without a key" : "with this key";
  const attempt = async (check: string, good: string, ask: () => Promise<unknown>): Promise<Finding> => {
    try {
      await ask();
      return fine(check, `${good} ${given}`);
    } catch (error) {
      const code = error instanceof ReportFailure ? error.code : "";
      if (code === "UNAUTHENTICATED") {
        const what =
          apiKey === undefined
            ? "the server asks for a key: set WSM_API_KEY or WSM_API_KEY_FILE"
            : "the server does not know this key: it is mistyped, revoked, or of another server";
        return wrong(check, `${what}.`);
      }
      if (code === "FORBIDDEN") return warning(check, `not ${given}: ${reasonOf(error)}`);
      return wrong(check, reasonOf(error));
    }
  };
  try {
    return [
      await attempt("reporting", "reports are taken", () =>
        client.request(recordEventsDocument, { events: [] }),
      ),
      await attempt("asking", "questions are answered", () => client.request("{ scoreboard { asOf } }")),
    ];
  } finally {
    client.close();
  }
}

/** A log record that no tool sends and nobody counts: it goes the way of all telemetry, and leaves nothing behind. */
const probeRecord = {
  resourceLogs: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "wsm-doctor" } }] },
      scopeLogs: [{ logRecords: [{ body: { stringValue: "wsm.probe" }, attributes: [] }] }],
    },
  ],
};

/** Sends a record the way that telemetry goes. */
export async function telemetryChecks(settings: Settings): Promise<readonly Finding[]> {
  const client = probe(settings);
  try {
    const sent = await client.forwardTelemetry({
      path: "/v1/logs",
      contentType: "application/json",
      body: Buffer.from(JSON.stringify(probeRecord)),
    });
    if (sent === "SPOOLED") return [wrong("telemetry", "a record had to wait")];
    if (sent.status < 300)
      return [fine("telemetry", "a record sent to /v1/logs was taken (and nothing stored)")];
    return [
      wrong(
        "telemetry",
        `a record sent to /v1/logs was answered ${sent.status}: executors drop it without a word.`,
      ),
    ];
  } catch (error) {
    return [wrong("telemetry", reasonOf(error))];
  } finally {
    client.close();
  }
}
