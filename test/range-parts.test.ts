import fc from "fast-check";
import { expect, test } from "vitest";
import { partsOf } from "../src/domain/range-parts.js";

const quarterHourMs = 900_000;
const dayMs = 86_400_000;
const time = fc.date({
  min: new Date("1969-12-30T00:00:00Z"),
  max: new Date("1970-01-04T00:00:00Z"),
  noInvalidDate: true,
});

test("the parts of a range follow each other from its start to its end", () => {
  fc.assert(
    fc.property(fc.option(time), time, (from, to) => {
      fc.pre(from === null || from < to);

      const { days, quarterHours, pieces } = partsOf({ from, to });

      const parts = [...days, ...quarterHours, ...pieces].toSorted(
        (left, right) => (left.from?.getTime() ?? -Infinity) - (right.from?.getTime() ?? -Infinity),
      );
      expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([from, to]);
      for (const [index, part] of parts.entries()) expect(part.to).toEqual(parts[index + 1]?.from ?? to);
    }),
  );
});

test("days and quarter hours are whole, and what is left is shorter than a quarter of an hour", () => {
  fc.assert(
    fc.property(time, time, (from, to) => {
      fc.pre(from < to);

      const { days, quarterHours, pieces } = partsOf({ from, to });

      const edges = (ranges: typeof days) => ranges.flatMap((range) => [range.from, range.to].map(Number));
      for (const edge of edges(days)) expect(edge % dayMs === 0).toBe(true);
      for (const edge of edges(quarterHours)) expect(edge % quarterHourMs === 0).toBe(true);
      const isWhole = days.length + quarterHours.length > 0;
      for (const piece of pieces)
        expect(Number(piece.to) - Number(piece.from)).toBeLessThan(
          isWhole ? quarterHourMs : 2 * quarterHourMs,
        );
    }),
  );
});

test("a range without a start has days without one", () => {
  const parts = partsOf({ from: null, to: new Date("2026-03-04T05:06:07Z") });

  expect(parts).toEqual({
    days: [{ from: null, to: new Date("2026-03-04T00:00:00Z") }],
    quarterHours: [{ from: new Date("2026-03-04T00:00:00Z"), to: new Date("2026-03-04T05:00:00Z") }],
    pieces: [{ from: new Date("2026-03-04T05:00:00Z"), to: new Date("2026-03-04T05:06:07Z") }],
  });
});
