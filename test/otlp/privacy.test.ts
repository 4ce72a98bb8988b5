import { expect, test } from "vitest";
import { startTestServer } from "../support/server.js";
import { storedRows } from "../wire/refusal.js";
import { encodings, exportTo } from "./exporter.js";
import {
  captured,
  fixture,
  fixtureNames,
  type KeyValue,
  keyValues,
  type LogRecord,
  recordsOf,
  withRecords,
} from "./requests.js";

const server = await startTestServer({ clock: captured });

const canary = "canary@example.com /home/canary";

/** What may be stored of a call, and what tells that it is one. */
const mayBeRead = [
  /^ws_execution_id$|^service\.name$|^model$|^request_id$|^(session|conversation|prompt)[._]id$|^anthropic\.provider$/,
  /^event\.(name|kind|sequence|timestamp)$|^(cost_usd|cost_usd_micros|duration_ms)$|_tokens?(_count)?$/,
];
const isPrivate = (key: string) => !mayBeRead.some((pattern) => pattern.test(key));

const isCall = ({ attributes }: LogRecord) => attributes.some(({ key }) => /^input_token/.test(key));

const hidden = { stringValue: canary };
const lists = [
  { arrayValue: { values: [hidden] } },
  { kvlistValue: { values: [{ key: canary, value: hidden }] } },
  { bytesValue: "Y2FuYXJ5" },
];

/** The attributes with a canary in each that is nobody's business, and in many more. */
const withCanaries = (attributes: readonly KeyValue[], isBusiness: (key: string) => boolean) => [
  ...attributes.map(({ key, value }) => ({ key, value: isBusiness(key) ? value : hidden })),
  ...keyValues({ "user.email": canary, "process.command_args": canary, prompt: canary, [canary]: canary }),
  ...lists.map((value, index) => ({ key: `list.${index}`, value })),
];

test.each(
  fixtureNames.flatMap((name) => encodings.map((manner) => ({ name, manner, encoding: manner.encoding }))),
)(
  "nothing but what a call is about gets from $name into the database ($encoding)",
  async ({ name, manner }) => {
    const request = fixture(name);
    const records = recordsOf(request).map((record) => ({
      ...record,
      body: hidden,
      severityText: canary,
      attributes: withCanaries(record.attributes, (key) =>
        isCall(record) ? !isPrivate(key) : key === "event.name",
      ),
    }));
    const {
      resourceLogs: [whole],
    } = withRecords(request, records);
    const resource = {
      attributes: withCanaries(whole?.resource?.attributes ?? [], (key) => !isPrivate(key)),
    };

    const answer = await exportTo(
      server,
      "logs",
      { resourceLogs: [{ ...whole, resource, schemaUrl: canary }] },
      manner,
    );

    expect(answer).toMatchObject({ status: 200, body: {} });
    const stored = JSON.stringify(await storedRows(server));
    expect(stored).toContain("llm_calls");
    expect(stored).not.toMatch(/canary/i);
  },
);

test("what breaks a rule is not repeated in the answer", async () => {
  const [first] = recordsOf(fixture("claude-code")).filter(isCall);
  const attributes = (first?.attributes ?? []).map(({ key, value }) => ({
    key,
    value: /model|ws_execution_id|_tokens$/.test(key) ? hidden : value,
  }));
  const record = { ...first, attributes: [...attributes, ...keyValues({ "session.id": canary.repeat(20) })] };

  const answer = await exportTo(server, "logs", withRecords(fixture("claude-code"), [record]));

  expect(answer.body).toMatchObject({ partialSuccess: { rejectedLogRecords: "1" } });
  expect(JSON.stringify(answer.body)).not.toMatch(/canary/i);
});
