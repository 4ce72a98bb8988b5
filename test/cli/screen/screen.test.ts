import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { harmless } from "../../../src/cli/harmless.js";
import { table } from "../../../src/cli/screen/table.js";
import { bar, mean, sparkline } from "../../../src/screen/bars.js";
import { dollars, duration, percentage } from "../../../src/screen/figures.js";
import { fitted, padded, painter, widthOf } from "../../../src/screen/text.js";

describe("a figure", () => {
  test.each([
    [null, "–"],
    [undefined, "–"],
    [0, "$0.00"],
    [0.000012, "$0.000012"],
    [0.01866, "$0.0187"],
    [0.4, "$0.4000"],
    [1.005, "$1.01"],
    [1_234_567.5, "$1,234,567.50"],
  ])("in dollars: %s is %s", (usd, shown) => {
    expect(dollars(usd)).toBe(shown);
  });

  test.each([
    [null, "–"],
    [0, "0s"],
    [59, "59s"],
    [185, "3m 05s"],
    [7_800, "2h 10m"],
    [273_600, "3d 04h"],
  ])("in seconds: %s is %s", (seconds, shown) => {
    expect(duration(seconds)).toBe(shown);
  });

  test.each([
    [null, "–"],
    [0, "0%"],
    [1, "100%"],
    [0.8583, "85.8%"],
    [0.07, "7%"],
    [0.0001, "<0.1%"],
    [0.99999, ">99.9%"],
  ])("as a share: %s is %s", (share, shown) => {
    expect(percentage(share)).toBe(shown);
  });
});

describe("a bar", () => {
  test("is as long as its share, to an eighth", () => {
    expect([bar(0, 4), bar(0.5, 4), bar(1, 4), bar(0.53125, 4), bar(0.0001, 4)]).toEqual([
      "",
      "██",
      "████",
      "██▏",
      "▏",
    ]);
  });

  test("never leaves its room, whatever its share", () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.integer({ min: 0, max: 300 }),
        (share, width) => widthOf(bar(share, width)) <= Math.max(width, 1),
      ),
    );
  });
});

describe("a sparkline", () => {
  test("shows the highest value full, and nothing as a dot", () => {
    expect(sparkline([0, 1, 4, 8, null], 10)).toBe("·▁▄█·");
  });

  test("adds neighbours up, or takes their mean, where there is no room for all", () => {
    expect(sparkline([1, 1, 8, 8], 2)).toBe("▁█".replace("▁", "▁"));
    expect(sparkline([4, 4, 8, null], 2, mean)).toBe("▄█");
  });

  test("of nothing at all is empty", () => {
    expect(sparkline([], 10)).toBe("");
  });
});

describe("text from elsewhere", () => {
  test("steers no terminal", () => {
    const hostile = "WS\u001b[2J\u001b]0;gone\u0007\r\n\u202e\u0000";

    expect(harmless(hostile)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("is as wide as it looks", () => {
    expect([widthOf("日本"), widthOf("é"), widthOf("👩‍💻")]).toEqual([4, 1, 2]);
    expect(padded("日本", 6, "right")).toBe("  日本");
    expect(fitted("日本語", 5)).toBe("日本…");
  });

  test("that is painted and cut ends its colours", () => {
    expect(fitted(painter(true)("red", "abcdef"), 4)).toBe(painter(true)("red", "abc…"));
  });

  test("is painted only where colours are wanted", () => {
    expect(painter(false)("red", "x")).toBe("x");
    expect(painter(true)("red", "x")).toContain("\u001b[");
  });
});

describe("a table", () => {
  const columns = [
    { title: "name", cell: ({ name }: { name: string }) => name, grows: true },
    { title: "n", cell: ({ n }: { n: string }) => n, align: "right" as const },
    { title: "more", cell: () => "x", from: 60 },
  ];

  test("leaves out what there is no room for", () => {
    expect(table(columns, [{ name: "a", n: "10" }], 20)).toEqual([
      "name               n",
      "a                 10",
    ]);
  });

  test("is never wider than the screen", () => {
    const rows = fc.array(
      fc.record({ name: fc.string({ unit: "grapheme" }), n: fc.string({ maxLength: 8 }) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 300 }), (given, width) => {
        const safe = given.map(({ name, n }) => ({ name: harmless(name), n: harmless(n) }));
        for (const line of table(columns, safe, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
