import type { OutgoingHttpHeaders } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Door, Refusal } from "./refusal.js";

/** A request body that no door reads, or a body that holds no request. */
export interface BodyCase {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly headers?: OutgoingHttpHeaders;
  readonly refusal: Refusal | Readonly<Record<Door, Refusal>>;
}

/** The body limit of the server that these cases are for; packed, twenty times that fits well into it. */
export const bodyBytes = 262_144;

const notJson: Refusal = { code: "BAD_USER_INPUT", status: 400, errors: { "": /JSON/ } };
const notPacked: Refusal = { code: "BAD_USER_INPUT", status: 400, message: /cannot be unpacked/ };
const tooLarge: Refusal = {
  code: "PAYLOAD_TOO_LARGE",
  status: 413,
  message: new RegExp(`${bodyBytes} bytes`),
};
const media: Refusal = { code: "UNSUPPORTED_MEDIA_TYPE", status: 415, message: /application\/json/ };
const encoding: Refusal = { code: "UNSUPPORTED_MEDIA_TYPE", status: 415, message: /gzip, deflate, br/ };
/** JSON, but not the object that a request is. */
const noObject = {
  rest: { code: "BAD_USER_INPUT", status: 422, errors: { "": /must be an object/ } },
  graphql: { code: "BAD_USER_INPUT", status: 400 },
  mcp: { code: "BAD_USER_INPUT", status: 400, errors: { "": /one JSON-RPC 2.0 message/ } },
} as const;

const padded = (bytes: number) => `{"ws_id":"${"a".repeat(bytes - 12)}"}`;
const nested = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
const packed = (name: string) => ({ "content-encoding": name });
const typed = (name: string | undefined) => ({ "content-type": name });

/** Gzip ends with the checksum and the length, 4 bytes each. */
const withWrongChecksum = (gzip: Buffer) => gzip.fill(0, gzip.length - 8);

const syntax: readonly BodyCase[] = [
  { name: "that is empty", body: "", refusal: notJson },
  { name: "of blanks", body: " \n", refusal: notJson },
  { name: "that ends too early", body: '{"ws_id": "WS-1"', refusal: notJson },
  { name: "in single quotes", body: "{'ws_id': 'WS-1'}", refusal: notJson },
  { name: "with a comma too many", body: '{"ws_id": "WS-1",}', refusal: notJson },
  { name: "with NaN", body: '{"llm_cost_usd": NaN}', refusal: notJson },
  { name: "with a raw control character", body: '{"ws_id": "a\u0001"}', refusal: notJson },
  { name: "of two documents", body: "{}{}", refusal: notJson },
  { name: "of HTML", body: "<html></html>", refusal: notJson },
  {
    name: "in invalid UTF-8",
    body: Buffer.concat([Buffer.from('{"ws_id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    refusal: notJson,
  },
  { name: "in UTF-16", body: Buffer.from('{"ws_id":"WS-1"}', "utf16le"), refusal: notJson },
  {
    name: "with a surrogate encoded in UTF-8",
    body: Buffer.concat([Buffer.from('{"ws_id":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    refusal: notJson,
  },
];

const shapes: readonly BodyCase[] = [
  ...["[]", "[{}]", '"text"', "null", "5", "true"].map((body) => ({
    name: `that is ${body}`,
    body,
    refusal: noObject,
  })),
  {
    name: "of 100,000 nested lists",
    body: nested("[", "]"),
    refusal: noObject,
  },
  {
    name: "of 40,000 nested objects",
    body: `${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`,
    refusal: {
      rest: {
        code: "BAD_USER_INPUT",
        errors: { a: /is not a field/, ws_id: /required/, executor: /required/ },
      },
      graphql: { code: "BAD_USER_INPUT", status: 400 },
      mcp: noObject.mcp,
    },
  },
];

const sizes: readonly BodyCase[] = [
  { name: "one byte over the limit", body: padded(bodyBytes + 1), refusal: tooLarge },
  {
    name: "that gzip unpacks to twenty times the limit",
    body: gzipSync(padded(20 * bodyBytes)),
    headers: packed("gzip"),
    refusal: tooLarge,
  },
  {
    name: "that brotli unpacks to twenty times the limit",
    body: brotliCompressSync(padded(20 * bodyBytes)),
    headers: packed("br"),
    refusal: tooLarge,
  },
  {
    name: "that deflate unpacks to one byte over the limit",
    body: deflateSync(padded(bodyBytes + 1)),
    headers: packed("deflate"),
    refusal: tooLarge,
  },
  {
    name: "over the limit that says it is packed",
    body: padded(bodyBytes + 1),
    headers: packed("gzip"),
    refusal: tooLarge,
  },
];

const packings: readonly BodyCase[] = [
  { name: "that is no gzip", body: "{}", headers: packed("gzip"), refusal: notPacked },
  { name: "that is no brotli", body: "\u0001\u0002{}", headers: packed("br"), refusal: notPacked },
  { name: "that is no deflate", body: "{}", headers: packed("deflate"), refusal: notPacked },
  {
    name: "of gzip that ends too early",
    body: gzipSync(padded(10_000)).subarray(0, 30),
    headers: packed("gzip"),
    refusal: notPacked,
  },
  {
    name: "of gzip with a wrong checksum",
    body: withWrongChecksum(gzipSync(padded(100))),
    headers: packed("gzip"),
    refusal: notPacked,
  },
  { name: "in an unknown encoding", body: "{}", headers: packed("zstd"), refusal: encoding },
  { name: "packed twice", body: gzipSync(gzipSync("{}")), headers: packed("gzip, gzip"), refusal: encoding },
  { name: "in an encoding named constructor", body: "{}", headers: packed("constructor"), refusal: encoding },
];

const types: readonly BodyCase[] = [
  "text/plain",
  "text/plain; application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "application/graphql",
  "application/jsonp",
  "json",
  "",
  undefined,
].map((type) => ({
  name: type === undefined ? "without a type" : `of type ${type || "nothing"}`,
  body: '{"query":"{__typename}"}',
  headers: typed(type),
  refusal: media,
}));

export const bodyCases: readonly BodyCase[] = [...syntax, ...shapes, ...sizes, ...packings, ...types];
