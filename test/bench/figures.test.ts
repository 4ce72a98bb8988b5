import { describe, expect, test } from "vitest";
import { alternately, ratioOf, timedAlternately } from "../../bench/alternate.js";
import { type Finding, isReached, tableOf } from "../../bench/finding.js";
import { withSection } from "../../bench/results.js";
import { median, quantile, slope } from "../../bench/statistics.js";

const finding: Finding = {
  what: "record-phase, REST",
  ours: { amount: 3_456.7, unit: "/s" },
  other: { name: "pgbench", amount: 4_801, unit: "/s" },
  ratio: 0.7204,
  reach: { by: "ratio", atLeast: 0.7 },
  p50Ms: 8.1234,
  p99Ms: 0.0456,
};

describe("Statistics", () => {
  test("a quantile is one of the values, whatever their order", () => {
    const values = [5, 1, 4, 2, 3];

    expect([0, 0.5, 0.99, 1].map((share) => quantile(values, share))).toEqual([1, 3, 5, 5]);
    expect(median([4, 1, 3, 2])).toBe(2);
  });

  test("of nothing there is no quantile", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });

  test("the slope of a line is found through noise that evens out", () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: 100 + 2 * x + (x % 3 === 0 ? 1 : -1) }));

    expect(slope(points)).toBeCloseTo(2);
  });
});

describe("A table of findings", () => {
  test("shows figures to three digits, and whether what should be is reached", () => {
    expect(tableOf([finding])).toBe(
      [
        "| case | ours | the other | ratio | reach | p50 | p99 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| record-phase, REST | 3,457/s | 4,801/s (pgbench) | 0.72 × | ≥ 0.7 ×: yes | 8.12 ms | 0.046 ms |",
      ].join("\n"),
    );
  });

  test("leaves empty what was not measured", () => {
    const { what, ours } = finding;

    expect(tableOf([{ what, ours }]).split("\n").at(-1)).toBe(
      "| record-phase, REST | 3,457/s |  |  |  |  |  |",
    );
  });

  test.each([
    [{ by: "ratio", atLeast: 0.73 }, false],
    [{ by: "ratio", atMost: 0.73 }, true],
    [{ by: "ours", atMost: 3_000 }, false],
    [undefined, undefined],
  ] as const)("with %o to reach says %s", (reach, reached) => {
    expect(isReached({ ...finding, reach })).toBe(reached);
  });
});

describe("Kept results", () => {
  test("have a section for each case, in the order of the cases, the last one found", () => {
    const order = ["first", "second", "third"];

    const document = [
      ["third", "3 ms"],
      ["first", "2 ms"],
      ["first", "| 1 ms |\n| 1 ms |"],
    ].reduce((kept, [name = "", body = ""]) => withSection(kept, name, body, order), "");

    expect(document.split("\n").slice(2)).toEqual([
      "## first",
      "",
      "| 1 ms |",
      "| 1 ms |",
      "",
      "## third",
      "",
      "3 ms",
      "",
    ]);
  });
});

describe("Contestants", () => {
  test("take turns, and each round begins with another one", async () => {
    const order: string[] = [];
    const contestant = (name: string) => async () => {
      order.push(name);
      return { perSecond: order.length, tookMs: [] };
    };

    const { a, b } = await alternately(2, { a: contestant("a"), b: contestant("b") });

    expect(order).toEqual(["a", "b", "b", "a"]);
    expect(a.map(({ perSecond }) => perSecond)).toEqual([1, 4]);
    expect(b.map(({ perSecond }) => perSecond)).toEqual([2, 3]);
  });

  test("are compared round by round, so that a slow round of both counts for neither", () => {
    const rounds = (...speeds: number[]) => speeds.map((perSecond) => ({ perSecond, tookMs: [] }));

    expect(ratioOf(rounds(100, 10, 90), rounds(200, 20, 180))).toBe(0.5);
  });

  test("are timed without what they prepare, at least so often however long it takes", async () => {
    const done: string[] = [];
    const turn = (name: string) => () => {
      done.push(`${name} prepares`);
      return async () => void done.push(name);
    };

    const took = await timedAlternately([turn("a"), turn("b")], { most: 5, least: 2, withinMs: 0 });

    expect(took.map(({ length }) => length)).toEqual([2, 2]);
    expect(done.slice(0, 4)).toEqual(["a prepares", "a", "b prepares", "b"]);
  });
});
