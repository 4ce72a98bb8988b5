import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { badUserInput, unavailable } from "../../src/errors.js";
import { Gathering } from "../../src/operations/gathering.js";
import { Lane } from "../../src/operations/lane.js";

const patient = new AbortController().signal;

/** A gathering whose work ends when it is told, and what it was asked to do so far. */
function gatheringByHand(lane = new Lane({ running: 10, waiting: 500 })) {
  const pieces: { items: readonly string[]; end: () => void; fail: (error: unknown) => void }[] = [];
  const gathering = new Gathering<string, string>(
    lane,
    (items) =>
      new Promise((resolve, reject) => {
        pieces.push({ items, end: () => resolve(items.map((item) => `${item} done`)), fail: reject });
      }),
  );
  const piece = async (index: number) => {
    while (pieces[index] === undefined) await pause(1);
    return pieces[index];
  };
  return { gathering, pieces, piece, lane };
}

test("what comes while others are worked on is done together afterwards, each answered for itself", async () => {
  const { gathering, pieces, piece } = gatheringByHand();
  const first = gathering.add(patient, "first");
  const begun = await piece(0);
  const later = ["second", "third", "fourth"].map((item) => gathering.add(patient, item));

  begun.end();
  (await piece(1)).end();

  expect(await first).toBe("first done");
  expect(await Promise.all(later)).toEqual(["second done", "third done", "fourth done"]);
  expect(pieces.map(({ items }) => items)).toEqual([["first"], ["second", "third", "fourth"]]);
});

test("what arrives together begins together, and no more than a hundred at once", async () => {
  const { gathering, pieces, piece } = gatheringByHand();
  const all = Array.from({ length: 250 }, (_, index) => gathering.add(patient, String(index)));

  for (const index of [0, 1, 2]) (await piece(index)).end();

  expect(await Promise.all(all)).toEqual(Array.from({ length: 250 }, (_, index) => `${index} done`));
  expect(pieces.map(({ items }) => items.length)).toEqual([100, 100, 50]);
});

test("two pieces of work go on at a time, and those that take long hold nobody else up", async () => {
  const { gathering, pieces, piece } = gatheringByHand();
  const stuck = [gathering.add(patient, "stuck")];
  await piece(0);
  stuck.push(gathering.add(patient, "stuck as well"));
  await piece(1);
  const begunAtMs = performance.now();

  const next = gathering.add(patient, "next");
  (await piece(2)).end();

  expect(await next).toBe("next done");
  expect(performance.now() - begunAtMs).toBeGreaterThan(100); // it waited for a while
  for (const each of pieces) each.end();
  expect(await Promise.all(stuck)).toEqual(["stuck done", "stuck as well done"]);
});

test("work waits for its turn in the lane, and everybody who waits counts there", async () => {
  const { gathering, pieces, piece, lane } = gatheringByHand(new Lane({ running: 1, waiting: 2 }));
  let end = () => {};
  const other = lane.run(patient, () => new Promise<void>((resolve) => (end = resolve)));

  const gathered = ["one", "two"].map((item) => gathering.add(patient, item));

  expect([lane.waiting, lane.hasRoom]).toEqual([2, false]);
  expect(pieces).toEqual([]);
  end();
  await other;
  (await piece(0)).end();
  expect(await Promise.all(gathered)).toEqual(["one done", "two done"]);
  expect([lane.waiting, lane.hasRoom]).toEqual([0, true]);
});

test("who cannot wait for a turn is not done, and leaves the others where they are", async () => {
  const { gathering, pieces, piece, lane } = gatheringByHand();
  const first = gathering.add(patient, "first");
  const begun = await piece(0);
  const deadline = new AbortController();
  const late = gathering.add(deadline.signal, "late");
  const next = gathering.add(patient, "next");

  deadline.abort(new Error("too late"));

  await expect(late).rejects.toThrow("too late");
  expect(lane.waiting).toBe(1);
  begun.end();
  (await piece(1)).end();
  expect(await Promise.all([first, next])).toEqual(["first done", "next done"]);
  expect(pieces.map(({ items }) => items)).toEqual([["first"], ["next"]]);
});

test("when work fails, each item has to be done by itself", async () => {
  const { gathering, piece } = gatheringByHand();
  const both = ["one", "two"].map((item) => gathering.add(patient, item));

  (await piece(0)).fail(badUserInput([]));

  expect(await Promise.all(both)).toEqual([undefined, undefined]);
});

test("when the database is away, it is so for each of them", async () => {
  const { gathering, piece } = gatheringByHand();
  const both = ["one", "two"].map((item) => gathering.add(patient, item));

  (await piece(0)).fail(unavailable("The database is away."));

  const settled = await Promise.allSettled(both);
  expect(settled).toMatchObject(Array(2).fill({ status: "rejected", reason: { code: "UNAVAILABLE" } }));
});
