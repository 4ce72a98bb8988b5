import { z } from "zod";
import type { EventResult } from "../domain/batch.js";
import { MetricsError } from "../errors.js";
import { holdExecutions } from "../services/hold.service.js";
import { showPhases } from "../services/phase.service.js";
import { inSavepoint, type UnitOfWork } from "../services/unit-of-work.js";
import { accepted, type BatchItem, itemOf, refused } from "./batch-item.js";
import { type Done, type ReadEvent, readEvent } from "./event-kinds.js";
import { record } from "./fields.schema.js";
import { placed } from "./input-error.js";
import { operation } from "./operation.js";
import { ofItems } from "./outcomes.js";
import { reporters } from "./roles.js";

/** Applies events in their order, each on its own: one that is refused spoils no other. */
export const recordEvents = operation({
  name: "recordEvents",
  kind: "write",
  roles: reporters,
  schema: (fields) => record({ events: fields.batch(z.looseObject({})) }),
  events: ({ events }) => events.length,
  outcomes: ofItems,
  run: async (work, { events }, parser): Promise<readonly EventResult[]> => {
    const items = events.map((event, index) =>
      itemOf(() => readEvent(parser, event, `events.${index}`, work.now)),
    );
    const stretches = stretchesOf(items);
    if (stretches.length > 1) await holdAll(work, items);
    const done: BatchItem<Done>[] = [];
    for (const stretch of stretches) {
      work.deadline.throwIfAborted();
      done.push(...(await appliedTogether(work, stretch)));
    }
    const results = done.map(({ value, error }, index) => ({
      index,
      outcome: value?.outcome ?? null,
      executionId: value?.executionId ?? null,
      error,
    }));
    const phases = results.filter(({ index, outcome }) => outcome === "RECORDED" && isPhase(events[index]));
    await showPhases(
      work,
      phases.flatMap(({ executionId }) => executionId ?? []),
    );
    return results;
  },
});

const isPhase = (event: Readonly<Record<string, unknown>> | undefined) =>
  event?.recordPhase !== undefined && event.recordPhase !== null;

/** Holds what the events of a batch need before the first of them, for each of them holds only what is its own. */
async function holdAll(work: UnitOfWork, items: readonly BatchItem<ReadEvent>[]): Promise<void> {
  const named = items.flatMap(({ value }) => value?.names ?? []);
  await holdExecutions(work, {
    ids: named.flatMap(({ executionId }) => executionId ?? []),
    sessionIds: named.flatMap(({ sessionId }) => sessionId ?? []),
    runs: named.flatMap(({ run }) => run ?? []),
  });
}

/** Cuts a batch into neighbours that are applied together; what is applied by itself is one of one. */
function stretchesOf(items: readonly BatchItem<ReadEvent>[]): readonly (readonly BatchItem<ReadEvent>[])[] {
  const stretches: BatchItem<ReadEvent>[][] = [];
  let last: ReadEvent["together"];
  for (const item of items) {
    const together = item.value?.together;
    if (together !== undefined && together.apply === last?.apply) stretches.at(-1)?.push(item);
    else stretches.push([item]);
    last = together;
  }
  return stretches;
}

/** Applies neighbours by one piece of work, and by itself whatever that leaves; all of them when it fails. */
async function appliedTogether(
  work: UnitOfWork,
  stretch: readonly BatchItem<ReadEvent>[],
): Promise<readonly BatchItem<Done>[]> {
  const together = stretch.flatMap(({ value }) => value?.together ?? []);
  const [first, ...others] = together;
  const done =
    first && others.length > 0
      ? await attempted(work, (inner) =>
          first.apply(
            inner,
            together.map(({ item }) => item),
          ),
        )
      : [];
  const results: BatchItem<Done>[] = [];
  for (const [index, item] of stretch.entries()) {
    const value = done[index];
    results.push(value ? accepted(value) : await applied(work, item));
  }
  return results;
}

/** Does work in a savepoint; nothing of it when it is refused. */
async function attempted(
  work: UnitOfWork,
  attempt: (inner: UnitOfWork) => Promise<readonly (Done | undefined)[]>,
): Promise<readonly (Done | undefined)[]> {
  try {
    return await inSavepoint(work, attempt);
  } catch (error) {
    if (error instanceof MetricsError && error.code === "UNAVAILABLE") throw error;
    return [];
  }
}

async function applied(work: UnitOfWork, item: BatchItem<ReadEvent>): Promise<BatchItem<Done>> {
  if (item.error !== null) return item;
  try {
    return accepted(await inSavepoint(work, (inner) => item.value.apply(inner)));
  } catch (error) {
    return refused(placed(error, item.value.at));
  }
}
