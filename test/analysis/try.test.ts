import { expect, test } from "vitest";
import { startToldServer } from "../property/tell.js";
import { metricAggregates, metricSubjects } from "../../src/vocabulary.js";
import { dimensionsOf, measuresOf, measureOf } from "../../src/domain/metrics/catalogue.js";

const server = await startToldServer();
const doc = `query($of: MetricSubject!, $groupBy: [MetricDimension!], $measures: [MetricMeasureInput!]!, $timeGrain: TimeGrain, $orderBy: [MetricOrderInput!], $having: [MetricHavingInput!]) {
 metrics(of: $of, groupBy: $groupBy, measures: $measures, timeGrain: $timeGrain, orderBy: $orderBy, having: $having, timeZone: "Europe/Berlin") { rowCount totals rows { key { wsId wpId phase rework } start end values } columns { measure aggregate unit } } }`;

test("x", async () => {
  for (const of of metricSubjects) {
    for (const timeGrain of [undefined, "HOUR", "MONTH"]) {
    const measures = measuresOf(of).flatMap((m) => measureOf(of, m)?.kind === "value" ? metricAggregates.map((a) => ({ measure: m.toUpperCase(), aggregate: a.toUpperCase() })) : [{ measure: m.toUpperCase() }]);
    for (let i = 0; i < measures.length; i += 50) {
      for (const groupBy of [[], ...dimensionsOf(of).map((d) => [d.toUpperCase()]), dimensionsOf(of).map((d) => d.toUpperCase())]) {
      const { body } = await server.graphql(doc as never, { of: of.toUpperCase(), groupBy, measures: measures.slice(i, i + 50), timeGrain } as never) as never as { body: any };
      if (body.errors) console.log(of, JSON.stringify(body.errors).slice(0, 600));
      expect(body.errors).toBeUndefined();
      }
    }
    }
  }
});
