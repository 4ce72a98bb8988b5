import { describe, expect, test } from "vitest";
import type { Execution } from "../../src/domain/execution.js";
import type { Phase } from "../../src/domain/phase.js";
import { dollars, duration, percentage } from "../../src/evidence/figures.js";
import { localTime } from "../../src/evidence/local-time.js";
import { timelineOf } from "../../src/evidence/timeline.js";

describe("a figure in words:", () => {
  test.each([
    [dollars(null), "unknown"],
    [dollars(0), "$0.000000"],
    [dollars(1_234.5), "$1,234.500000"],
    [dollars(-0.000001), "−$0.000001"],
    [duration(null), "unknown"],
    [duration(0), "0 s"],
    [duration(59.4), "59 s"],
    [duration(59.6), "1 min 00 s"],
    [duration(3_600), "1 h 00 min 00 s"],
    [duration(4_000_000), "1,111 h 06 min 40 s"],
    [percentage(null), "unknown"],
    [percentage(0), "0%"],
    [percentage(0.0001), "under 0.1%"],
    [percentage(0.9999), "over 99.9%"],
    [percentage(1), "100%"],
    [percentage(1 / 3), "33.3%"],
  ])("%s", (said, expected) => {
    expect(said).toBe(expected);
  });
});

describe("a time in a zone", () => {
  test.each([
    ["UTC", "2026-03-29T00:59:59.999Z", "2026-03-29 00:59:59", undefined],
    ["Europe/Berlin", "2026-03-29T00:59:59.999Z", "2026-03-29 01:59:59", "+01:00"],
    ["Europe/Berlin", "2026-03-29T01:00:00.000Z", "2026-03-29 03:00:00", "+02:00"],
    ["America/St_Johns", "2026-01-01T00:00:00Z", "2025-12-31 20:30:00", "-03:30"],
    ["Europe/London", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00", "+00:00"],
    ["Asia/Kathmandu", "0987-06-05T00:00:00Z", "0987-06-05", "+05:41"],
  ])("%s %s", (zone, instant, clock, offset) => {
    const time = localTime(zone);

    const stamped = time.stamp(new Date(instant));

    expect(time.zone).toBe(zone);
    expect(stamped.clock).toContain(clock);
    expect(stamped.offset?.slice(0, 6)).toBe(offset);
  });

  test("of which only the database knows is one in UTC, and says so", () => {
    expect(localTime("posix/Europe/Berlin")).toMatchObject({ zone: "UTC" });
  });
});

describe("on a timeline", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 10, minutes));
  const phase = (startedAt: Date, completedAt: Date | null) => ({ startedAt, completedAt }) as Phase; // a timeline reads nothing else
  const run = (phases: readonly Phase[], completedAt: Date | null) =>
    ({ startedAt: at(0), completedAt, phases }) as Execution; // nor of a run

  test.each([
    [
      "a phase has its share of the run",
      [phase(at(0), at(10)), phase(at(10), at(40))],
      at(40),
      [
        [0, 250],
        [250, 750],
      ],
    ],
    ["an open phase lasts to the end of its run", [phase(at(20), null)], at(40), [[500, 500]]],
    ["an open phase of an open run lasts until now", [phase(at(50), null)], null, [[500, 500]]],
    ["phases may begin before their run, and end after it", [phase(at(-20), at(60))], at(40), [[0, 1_000]]],
    ["what took no time is seen", [phase(at(40), at(40))], at(40), [[992, 8]]],
    ["a run that took no time has room", [phase(at(0), at(0))], at(0), [[0, 8]]],
  ] as const)("%s", (_, phases, completedAt, bars) => {
    const found = timelineOf(run(phases, completedAt), at(100));

    expect(found.map(({ x, width }) => [x, width])).toEqual(bars);
  });
});
