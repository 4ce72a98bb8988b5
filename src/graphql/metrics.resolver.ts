import { Args, Ctx, Query, Resolver } from "type-graphql";
import { metricCatalog, metrics } from "../operations/metrics.operations.js";
import type { GraphqlContext } from "./context.js";
import { definitionOf, SubjectDefinitionObject } from "./metric-catalog.type.js";
import { MetricsArgs } from "./metrics.input.js";
import { MetricsObject, toMetrics } from "./metrics.type.js";

@Resolver()
export class MetricsResolver {
  @Query(() => MetricsObject, {
    description:
      "Any question about many runs, phases, bug fixes or LLM calls: what is counted and measured, grouped by what, in which order. metricCatalog tells what goes together.",
  })
  async metrics(
    @Args(() => MetricsArgs) args: MetricsArgs,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<MetricsObject> {
    return toMetrics(await perform(metrics, args));
  }

  @Query(() => [SubjectDefinitionObject], {
    description:
      "What metrics can be asked: every dimension and measure with its definition, formula and unit.",
  })
  async metricCatalog(@Ctx() { perform }: GraphqlContext): Promise<readonly SubjectDefinitionObject[]> {
    const subjects = await perform(metricCatalog, {});
    return subjects.map(definitionOf);
  }
}
