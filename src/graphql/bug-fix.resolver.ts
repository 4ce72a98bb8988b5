import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { recordBugFix } from "../operations/bug-fix.operations.js";
import { RecordBugFixInput } from "./bug-fix.input.js";
import { BugFixObject, BugFixPayload } from "./bug-fix.type.js";
import type { GraphqlContext } from "./context.js";
import { ExecutionObject } from "./execution.type.js";

@Resolver(() => BugFixObject)
export class BugFixResolver {
  @Mutation(() => BugFixPayload, {
    description: "Links a bug fix to a run. A repeat under the same id changes nothing.",
  })
  recordBugFix(
    @Arg("input", () => RecordBugFixInput, { description: "The bug fix." }) input: RecordBugFixInput,
    @Ctx() { perform }: GraphqlContext,
  ): Promise<BugFixPayload> {
    return perform(recordBugFix, input, "input");
  }

  @FieldResolver(() => ExecutionObject, { description: "The run in which the bug was found." })
  async execution(
    @Root() { executionId }: BugFixObject,
    @Ctx() { executions, nodes }: GraphqlContext,
  ): Promise<ExecutionObject> {
    const execution = await executions.load(executionId);
    nodes.add(execution.phases);
    return execution;
  }
}
