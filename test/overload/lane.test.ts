import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unavailable } from "../../src/errors.js";
import { Lane } from "../../src/operations/lane.js";

const patient = new AbortController().signal;

/** A piece of work that begins when it is let, and ends when it is told. */
function piece(lane: Lane, deadline: AbortSignal = patient) {
  let end = () => {};
  const state = { hasBegun: false };
  const done = lane.run(deadline, () => {
    state.hasBegun = true;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  return { state, done, end: () => end() };
}

describe("a lane", () => {
  test("does so many pieces of work at a time, and the others in the order they came", async () => {
    const lane = new Lane({ running: 2, waiting: 10 });
    const pieces = Array.from({ length: 4 }, () => piece(lane));
    const begun = () => pieces.map(({ state }) => state.hasBegun);
    expect(begun()).toEqual([true, true, false, false]);
    expect([lane.running, lane.waiting]).toEqual([2, 2]);

    pieces[1]?.end();
    await pieces[1]?.done;
    await Promise.resolve();

    expect(begun()).toEqual([true, true, true, false]);
    expect([lane.running, lane.waiting]).toEqual([2, 1]);
  });

  test("has no room for newcomers when as many wait as may", () => {
    const lane = new Lane({ running: 1, waiting: 1 });
    piece(lane);
    lane.requireRoom();
    piece(lane);

    expect(() => lane.requireRoom()).toThrow(
      expect.objectContaining({
        code: "UNAVAILABLE",
        headers: { "retry-after": "1" },
        message: expect.stringContaining("(1)"),
      }),
    );
  });

  test("gives up the turn of who is no longer waited for", async () => {
    const lane = new Lane({ running: 1, waiting: 1 });
    const deadline = new AbortController();
    const first = piece(lane);
    const late = piece(lane, deadline.signal);

    deadline.abort(unavailable("too late"));

    await expect(late.done).rejects.toThrow("too late");
    const next = piece(lane);
    first.end();
    await first.done;
    await expect.poll(() => next.state.hasBegun).toBe(true);
    expect(late.state.hasBegun).toBe(false);
  });

  test("is free again after work that failed", async () => {
    const lane = new Lane({ running: 1, waiting: 0 });

    await expect(lane.run(patient, () => Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(await lane.run(patient, async () => "yes")).toBe("yes");
    expect(lane.running).toBe(0);
  });

  test("never does more at a time than it may, whatever ends when", async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }),
      async (running, ticks) => {
        const lane = new Lane({ running, waiting: ticks.length });
        let now = 0;
        let most = 0;
        const work = ticks.map((count) =>
          lane.run(patient, async () => {
            now += 1;
            most = Math.max(most, now);
            for (let tick = 0; tick < count; tick += 1) await Promise.resolve();
            now -= 1;
          }),
        );
        await Promise.all(work);
        expect(most).toBeLessThanOrEqual(running);
        expect([lane.running, lane.waiting]).toEqual([0, 0]);
      },
    );
    await fc.assert(property);
  });
});
