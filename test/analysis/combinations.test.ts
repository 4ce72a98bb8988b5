import { describe, expect, test } from "vitest";
import {
  dimensionOf,
  dimensionsOf,
  measureOf,
  measuresOf,
  metricDimensions,
  metricMeasures,
} from "../../src/domain/metrics/catalogue.js";
import { impossibleIn } from "../../src/domain/metrics/combination.js";
import { filterDimensions, type MetricsQuestion } from "../../src/domain/metrics/question.js";
import { type MetricSubject, metricAggregates, metricSubjects } from "../../src/vocabulary.js";
import { metrics } from "../client/documents.js";
import type { MetricsQueryVariables } from "../client/gql/graphql.js";
import { startTestServer } from "../support/server.js";

const plain = { groupBy: [], measures: [{ measure: "count" }], filter: {}, having: [], orderBy: [] } as const;
const ask = (of: MetricSubject, question: Partial<MetricsQuestion>): MetricsQuestion => ({
  ...{ ...plain, of, timeZone: "UTC", limit: 1 },
  ...question,
});

/** What a refusal names in upper case, as the words are inside. */
const wordsIn = (message: string) => message.split(/[^A-Z0-9_]+/).map((word) => word.toLowerCase());
const among = <Word extends string>(words: readonly Word[], message: string) =>
  words.filter((word) => wordsIn(message).includes(word));

describe.each(metricSubjects)("of %s, what cannot be is refused, and what could be is named:", (of) => {
  test("every dimension", () => {
    for (const dimension of metricDimensions) {
      const [refusal] = impossibleIn(ask(of, { groupBy: [dimension] }));

      expect(refusal === undefined).toBe(dimensionOf(of, dimension) !== undefined);
      if (refusal === undefined) continue;
      expect(refusal.path).toBe("groupBy.0");
      const named = among(metricDimensions, refusal.message);
      expect(named).toEqual(expect.arrayContaining(dimensionsOf(of)));
      expect(impossibleIn(ask(of, { groupBy: dimensionsOf(of) }))).toEqual([]);
    }
  });

  test("every measure, with every aggregate and without one, wherever it may stand", () => {
    for (const measure of metricMeasures) {
      for (const aggregate of [undefined, ...metricAggregates]) {
        const measured = { measure, aggregate };
        const [refusal, ...others] = impossibleIn(ask(of, { measures: [measured] }));
        const isPossible = (measureOf(of, measure)?.kind === "value") === (aggregate !== undefined);

        expect(others).toEqual([]);
        expect(refusal === undefined).toBe(measureOf(of, measure) !== undefined && isPossible);
        expect(impossibleIn(ask(of, { having: [measured] }))).toHaveLength(refusal ? 1 : 0);
        expect(impossibleIn(ask(of, { orderBy: [{ ...measured, direction: "asc" }] }))).toHaveLength(
          refusal ? 1 : 0,
        );
        if (refusal === undefined) continue;
        const instead = possibleInstead(of, refusal.message, measured);
        expect(instead.length, refusal.message).toBeGreaterThan(0);
        for (const one of instead) expect(impossibleIn(ask(of, { measures: [one] }))).toEqual([]);
      }
    }
  });

  test("every field of the filter", () => {
    for (const [name, dimension] of Object.entries(filterDimensions)) {
      const [refusal] = impossibleIn(ask(of, { filter: { [name]: [] } }));

      expect(refusal === undefined).toBe(dimensionOf(of, dimension) !== undefined);
      if (refusal === undefined) continue;
      expect(refusal.path).toBe(`filter.${name}`);
      const named = [...refusal.message.matchAll(/`(\w+)`/g)].map(([, field]) => field ?? "");
      const possible = named.filter((field) => field in filterDimensions);
      expect(named).toContain("execution");
      for (const field of possible) expect(impossibleIn(ask(of, { filter: { [field]: [] } }))).toEqual([]);
    }
  });
});

type Named = MetricsQuestion["measures"][number];

/** What could be asked instead, after a refusal. */
function possibleInstead(
  of: MetricSubject,
  message: string,
  { measure, aggregate }: Named,
): readonly Named[] {
  const known = measureOf(of, measure);
  if (known?.kind === "value")
    return among(metricAggregates, message).map((one) => ({ measure, aggregate: one }));
  const offered =
    message.slice(message.indexOf(known === undefined ? "have" : "made of")).split(";")[0] ?? "";
  return among(measuresOf(of), offered).map((one) => ({
    measure: one,
    aggregate: measureOf(of, one)?.kind === "value" ? (aggregate ?? "sum") : undefined,
  }));
}

describe("an order", () => {
  const refusal = (orderBy: object, question: Partial<MetricsQuestion> = {}) =>
    impossibleIn(ask("executions", { ...question, orderBy: [{ direction: "asc", ...orderBy }] }));

  test.each([
    {},
    { measure: "count", dimension: "ws_id" },
    { dimension: "ws_id", start: true },
    { start: false },
  ])("names exactly one thing: %j", (order) => {
    expect(refusal(order, { groupBy: ["ws_id"], timeGrain: "day" })).toEqual([
      { path: "orderBy.0", message: "must name exactly one of `measure`, `dimension` and `start`" },
    ]);
  });

  test("of a dimension needs it in groupBy, and says what is there", () => {
    expect(refusal({ dimension: "wp_id" }, { groupBy: ["ws_id"] })).toEqual([
      { path: "orderBy.0.dimension", message: "must be in `groupBy`, which has WS_ID" },
    ]);
    expect(refusal({ dimension: "wp_id" })).toEqual([
      {
        path: "orderBy.0.dimension",
        message: "must be in `groupBy`, or order by `measure`",
      },
    ]);
    expect(refusal({ dimension: "wp_id" }, { groupBy: ["wp_id"] })).toEqual([]);
  });

  test("of time needs a grain, and takes no aggregate", () => {
    expect(refusal({ start: true })[0]?.message).toContain("needs a `timeGrain`");
    expect(refusal({ start: true, aggregate: "sum" }, { timeGrain: "day" })[0]?.path).toBe(
      "orderBy.0.aggregate",
    );
    expect(refusal({ start: true }, { timeGrain: "day" })).toEqual([]);
  });
});

describe("a server", async () => {
  const server = await startTestServer();
  const upper = (word: string) => word.toUpperCase();
  const measuresOfAll = (of: MetricSubject) =>
    measuresOf(of).flatMap((name) =>
      measureOf(of, name)?.kind === "value"
        ? metricAggregates.map((aggregate) => ({ measure: upper(name), aggregate: upper(aggregate) }))
        : [{ measure: upper(name) }],
    );
  const chunks = <Item>(items: readonly Item[], size: number) =>
    Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
      items.slice(at * size, (at + 1) * size),
    );

  test.each(metricSubjects)("answers everything that is possible of %s", async (of) => {
    const dimensions = dimensionsOf(of).map(upper);
    for (const measures of chunks(measuresOfAll(of), 50)) {
      for (const groupBy of [[], dimensions, ...dimensions.map((one) => [one])]) {
        const question = { of: upper(of), groupBy, measures, timeGrain: groupBy.length === 1 ? "DAY" : null };

        const { body } = await server.graphql(metrics, question as MetricsQueryVariables); // words of the schema

        expect(body.errors).toBeUndefined();
        expect(body.data.metrics.totals).toHaveLength(measures.length);
        expect(body.data.metrics.rows).toHaveLength(groupBy.length === 0 ? 1 : 0);
      }
    }
  });
});
