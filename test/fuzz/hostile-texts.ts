import { gzipSync } from "node:zlib";
import { encodeCursor } from "../../src/domain/page.js";
import { startedIds, unknownId } from "./pool.js";

/**
 * Values that have broken servers. None contains what the oracle takes for a leak, such as the name of a table, so that
 * an answer may repeat them.
 */
export const hostileTexts: readonly string[] = [
  ...["", " ", "\t\n\r", "\0", "a\0b", "\u0001", "\u0085", "\u2028", "\ufeff", "\ufeffa", "\u00a0"],
  ...[
    "\ud800",
    "a\udfff",
    "\udc00\ud800",
    "\\ud800",
    "\u202eabc",
    "e\u0301".repeat(40),
    "שלום",
    "👩‍👩‍👧‍👦",
    "𝒳",
    "\uffff",
  ],
  ...["a".repeat(64), "a".repeat(65), "a".repeat(257), "𐐷".repeat(256), "𐐷".repeat(257), "a".repeat(10_001)],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "then", "length", "undefined", "null", "NaN"],
  ...[
    "'",
    '"',
    "\\",
    '"""',
    "`",
    "';--",
    "' or '1'='1",
    "1; drop table users; --",
    "$1",
    "$$",
    "?",
    "%",
    "_",
    "%00",
  ],
  ...[
    '"}) { __typename } #',
    "#{7*7}",
    "{{7*7}}",
    "../../../etc/hosts",
    "<script>alert(1)</script>",
    "\r\nx-evil: 1",
  ],
  ...["a.b", "a,b", "a/b", "[0]", "true", "0", "-1", "{}", "[]", "\\u0000", "%c0%ae", "$(id)"],
];

const [run = ""] = startedIds;

export const hostileIds: readonly string[] = [
  ...[
    run.toUpperCase(),
    unknownId,
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
  ],
  ...[
    "0192f7a0-7c1d-7d5e-8b6e-9f0a2f6f3f0c",
    run.replaceAll("-", ""),
    `{${run}}`,
    `urn:uuid:${run}`,
    `${run}\n`,
  ],
  ...[
    run.slice(1),
    `${run}0`,
    ` ${run}`,
    run.replace("f", "g"),
    run.replaceAll("0", "０"),
    run.replaceAll("-", "‐"),
  ],
];

export const hostileInstants: readonly string[] = [
  ...[
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2024-02-29T00:00:00Z",
    "2026-02-00T00:00:00Z",
  ],
  ...[
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "0000-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "-0001-01-01T00:00:00Z",
  ],
  ...[
    "9999-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59-00:01",
    "10000-01-01T00:00:00Z",
    "+010000-01-01T00:00:00Z",
    "294277-01-01T00:00:00Z",
  ],
  ...[
    "1999-12-31T23:59:59.999Z",
    "2000-01-01T00:00:00Z",
    "2026-02-24T12:00:00.000Z",
    "2026-02-24T12:00:00.001Z",
    "1970-01-01T00:00:00Z",
  ],
  ...[
    "2016-12-31T23:59:60Z",
    "2026-02-23T24:00:00Z",
    "2026-02-23T23:60:00Z",
    "2026-02-23T10:00:00",
    "2026-02-23",
    "10:00:00Z",
  ],
  ...[
    "2026-02-23T10:00:00+24:00",
    "2026-02-23T10:00:00+23:59",
    "2026-02-23T10:00:00-00:00",
    "2026-02-23T10:00:00+0100",
    "2026-02-23T10:00:00+01",
  ],
  ...[
    "2026-02-23 10:00:00Z",
    "2026-02-23t10:00:00z",
    "2026-02-23T10:00:00.Z",
    "2026-02-23T10:00:00,5Z",
    `2026-02-23T10:00:00.${"9".repeat(500)}Z`,
  ],
  ...[
    "now",
    "infinity",
    "-infinity",
    "epoch",
    "today",
    "1771840800",
    "2026-W09-1T00:00:00Z",
    "2026-054T00:00:00Z",
    "Mon, 23 Feb 2026 10:00:00 GMT",
  ],
];

export const hostileZones: readonly string[] = [
  ...[
    "utc",
    "europe/berlin",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Antarctica/Troll",
    "America/St_Johns",
    "Etc/GMT+12",
    "posix/UTC",
  ],
  ...[
    "posixrules",
    "EST5EDT",
    "+05:00",
    "UTC+3",
    "<+03>-3",
    "CET-1CEST",
    "localtime",
    "Factory",
    "GMT0BST3600",
    "Z",
  ],
  ...[
    "Europe/Berlin'; drop table users; --",
    "Europe/Berlin\0",
    "../../etc/hosts",
    "Europe//Berlin",
    "Europe/Berlin ",
  ],
];

const packed = (value: string) => Buffer.from(value).toString("base64url");
const newestFirst = { field: "started_at", direction: "desc" } as const;
const place = encodeCursor(newestFirst, { value: 1_771_840_800_000, id: run });

export const hostileCursors: readonly string[] = [
  ...[place, place.slice(0, -3), `${place}=`, place.toUpperCase(), `${place}${place}`],
  ...[encodeCursor({ field: "llm_cost", direction: "asc" }, { value: 0.000_000_5, id: run })],
  ...[encodeCursor({ field: "duration", direction: "asc" }, { value: 1.5, id: run })],
  ...[encodeCursor(newestFirst, { value: null, id: run })],
  ...[encodeCursor(newestFirst, { value: 253_402_300_799_999, id: unknownId })],
  ...[encodeCursor(newestFirst, { value: -62_135_596_800_000, id: unknownId })],
  ...[
    encodeCursor(newestFirst, { value: 1.5, id: run }),
    encodeCursor(newestFirst, { value: 0, id: run.toUpperCase() }),
  ],
  ...[
    "[]",
    "{}",
    "null",
    '["started_at","desc",1e400,"x"]',
    '["started_at","desc",{},[]]',
    "[".repeat(5_000),
  ].map(packed),
  ...[gzipSync("[]").toString("base64url"), "AAAA", "____", "not base64 ***"],
];
