import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { GraphqlContext } from "./context.js";
import { ExecutionCostObject } from "./execution.type.js";
import { CostRow } from "./report.type.js";

/** On what a run spent its cost; asked for once per list, and only when somebody wants it. */
@Resolver(() => ExecutionCostObject)
export class ExecutionCostResolver {
  @FieldResolver(() => [CostRow], { description: "By document type of the calls; sums to totalUsd." })
  async byDocumentType(@Root() cost: ExecutionCostObject, @Ctx() { breakdowns }: GraphqlContext) {
    return (await breakdowns.load(cost.executionId)).byDocumentType;
  }

  @FieldResolver(() => [CostRow], { description: "By model; sums to totalUsd." })
  async byModel(@Root() cost: ExecutionCostObject, @Ctx() { breakdowns }: GraphqlContext) {
    return (await breakdowns.load(cost.executionId)).byModel;
  }

  @FieldResolver(() => [CostRow], {
    description: "By name of the phase, as REST spells it; null for what belongs to none. Sums to totalUsd.",
  })
  async byPhase(@Root() cost: ExecutionCostObject, @Ctx() { breakdowns }: GraphqlContext) {
    return (await breakdowns.load(cost.executionId)).byPhase;
  }

  @FieldResolver(() => [CostRow], {
    description: "By what tells the cost: api, otlp, llm_log, executor_reported or priced; sums to totalUsd.",
  })
  async bySource(@Root() cost: ExecutionCostObject, @Ctx() { breakdowns }: GraphqlContext) {
    return (await breakdowns.load(cost.executionId)).bySource;
  }
}
