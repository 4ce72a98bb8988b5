import { describe, expect, test } from "vitest";
import { logs } from "../../src/otlp/signals.js";
import { refusal } from "./refused-read.js";
import { attribute, bytes, field, ofRecord, text } from "./wire-bytes.js";

const model = attribute("model", text("a-model"));
const readAll = (content: Uint8Array) => [...logs.fromProtobuf(content)];
const modelsIn = (content: Uint8Array) => readAll(content).map(({ attributes }) => attributes.get("model"));

describe("protobuf", () => {
  test("is read in any order of its fields, with parts of one message apart", () => {
    const service = field(1, field(1, attribute("service.name", text("an-app"))));
    const session = field(1, field(1, attribute("session.id", text("s"))));
    const scope = field(2, bytes(field(2, field(6, model)), field(1, text("a-scope"))));

    const [sent] = readAll(field(1, bytes(service, scope, session)));

    const { resource, scopeName } = sent?.origin ?? {};
    expect([scopeName, resource?.get("service.name"), resource?.get("session.id")]).toEqual([
      "a-scope",
      "an-app",
      "s",
    ]);
    expect(sent?.attributes.get("model")).toBe("a-model");
  });

  test("takes the last of several attributes of one name, and of several values", () => {
    const twice = bytes(
      field(6, attribute("model", text("first"))),
      field(6, bytes(text("model"), field(2, text("x")), field(2, text("last")))),
    );

    expect(modelsIn(ofRecord(twice))).toEqual(["last"]);
  });

  test("passes over fields it does not know, of every wire type", () => {
    const unknown = bytes(
      [0xa0, 0x06, 0x05], // varint
      [0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8], // 64 bits
      [0xa2, 0x06, 0x02, 0xff, 0xff], // length-delimited
      [0xa3, 0x06, 0x08, 0x01, 0xa4, 0x06], // group
      [0xa5, 0x06, 1, 2, 3, 4], // 32 bits
    );

    expect(modelsIn(ofRecord(bytes(unknown, field(6, bytes(unknown, model)), unknown)))).toEqual(["a-model"]);
  });

  test("never decodes what it does not read, such as text that is no UTF-8", () => {
    const secret = bytes(text("prompt"), field(2, field(1, bytes(0xff, 0xfe))));

    expect(modelsIn(ofRecord(bytes(field(6, secret), field(5, bytes(0xff)), field(6, model))))).toEqual([
      "a-model",
    ]);
  });

  const opened = (depth: number) =>
    bytes(Array(depth).fill([0xa3, 0x06]).flat(), Array(depth).fill([0xa4, 0x06]).flat());
  test("passes over groups in groups, but not without end", () => {
    expect(modelsIn(ofRecord(opened(90)))).toEqual([undefined]);
    expect(refusal(() => readAll(ofRecord(opened(1_000))))).toMatchObject({ status: 400 });
  });

  test.each<[string, Uint8Array]>([
    ["a text", Buffer.from("resourceLogs")],
    ["JSON", Buffer.from('{"resourceLogs":[]}')],
    ["zeros", Buffer.alloc(64)],
    ["a length beyond the end", bytes(0x0a, [0xff, 0xff, 0xff, 0xff, 0x07])],
    [
      "a length of more than 32 bits",
      bytes(0x0a, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
    ],
    ["a number that never ends", Buffer.alloc(100, 0xff)],
    ["a field beyond its message", bytes(0x0a, 0x02, 0x12, 0x05, [1, 2, 3, 4, 5])],
    ["a group that is never closed", ofRecord(bytes(0xa3, 0x06))],
    ["a group closed by another", ofRecord(bytes([0xa3, 0x06], [0xac, 0x06]))],
    ["an end without a group", ofRecord(bytes(0xa4, 0x06))],
    ["a time that is cut off", ofRecord(bytes(0x09, 1, 2, 3))],
    ["a time of another wire type", ofRecord(bytes(0x08, 1))],
    ["a severity of another wire type", ofRecord(field(2, new Uint8Array()))],
    ["a trace id of 5 bytes", ofRecord(field(9, Buffer.alloc(5, 1)))],
    ["a name that is no UTF-8", ofRecord(field(6, field(1, bytes(0xff))))],
    ["a value that is no UTF-8", ofRecord(field(6, attribute("model", field(1, bytes(0xff)))))],
    ["a value of another wire type", ofRecord(field(6, attribute("model", bytes(0x08, 1))))],
  ])("that is %s is refused", (_, content) => {
    expect(refusal(() => readAll(content))).toEqual({
      code: "BAD_USER_INPUT",
      status: 400,
      message: expect.stringMatching(/^The body is not a protobuf request of logs/),
    });
  });
});
