import fc from "fast-check";
import { expect, test } from "vitest";
import { dayMs, partsOf, quarterHoursAround } from "../src/domain/range-parts.js";

const quarterHourMs = 900_000;
const time = fc.date({
  min: new Date("1969-12-30T00:00:00Z"),
  max: new Date("1970-01-04T00:00:00Z"),
  noInvalidDate: true,
});

test("the quarter hours around a range are whole, hold it, and are the narrowest that do", () => {
  fc.assert(
    fc.property(time, time, (from, to) => {
      fc.pre(from < to);

      const around = quarterHoursAround({ from, to });

      const [start, end] = [Number(around.from), Number(around.to)];
      expect([start % quarterHourMs === 0, end % quarterHourMs === 0]).toEqual([true, true]);
      expect([Number(from) - start, end - Number(to)]).toSatisfy((outside: readonly number[]) =>
        outside.every((ms) => ms >= 0 && ms < quarterHourMs),
      );
    }),
  );
});

test("the parts of a range follow each other from its start to its end", () => {
  fc.assert(
    fc.property(fc.option(time), time, (start, end) => {
      fc.pre(start === null || start < end);
      const { from, to } = quarterHoursAround({ from: start, to: end });

      const { days, quarterHours } = partsOf({ from, to });

      const parts = [...days, ...quarterHours].toSorted(
        (left, right) => (left.from?.getTime() ?? -Infinity) - (right.from?.getTime() ?? -Infinity),
      );
      expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([from, to]);
      for (const [index, part] of parts.entries()) expect(part.to).toEqual(parts[index + 1]?.from ?? to);
    }),
  );
});

test("days and quarter hours are whole, and no more quarter hours are left than necessary", () => {
  fc.assert(
    fc.property(time, time, (from, to) => {
      fc.pre(from < to);

      const { days, quarterHours } = partsOf(quarterHoursAround({ from, to }));

      const edges = (ranges: typeof days) => ranges.flatMap((range) => [range.from, range.to].map(Number));
      for (const edge of edges(days)) expect(edge % dayMs === 0).toBe(true);
      for (const edge of edges(quarterHours)) expect(edge % quarterHourMs === 0).toBe(true);
      for (const part of quarterHours)
        expect(Number(part.to) - Number(part.from)).toBeLessThan(days.length > 0 ? dayMs : 2 * dayMs);
    }),
  );
});

test("a range without a start has days without one", () => {
  const parts = partsOf({ from: null, to: new Date("2026-03-04T05:00:00Z") });

  expect(parts).toEqual({
    days: [{ from: null, to: new Date("2026-03-04T00:00:00Z") }],
    quarterHours: [{ from: new Date("2026-03-04T00:00:00Z"), to: new Date("2026-03-04T05:00:00Z") }],
  });
});
