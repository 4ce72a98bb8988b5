import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { executorEnvironment } from "../domain/executor-environment.js";
import type { GraphqlContext } from "./context.js";
import { EnvironmentVariable, ExecutionPayload } from "./execution.type.js";

@Resolver(() => ExecutionPayload)
export class ExecutionPayloadResolver {
  @FieldResolver(() => [EnvironmentVariable], {
    description:
      'What to export so that Claude Code, Codex CLI and Gemini CLI report the LLM calls of this run by themselves. The key is left as $WSM_API_KEY; Codex takes its part as codex exec -c "$WSM_CODEX_CONFIG".',
  })
  executorEnv(
    @Root() { execution }: ExecutionPayload,
    @Ctx() { baseUrl }: GraphqlContext,
  ): readonly EnvironmentVariable[] {
    return Object.entries(executorEnvironment(execution.id, baseUrl)).map(([name, value]) => ({
      name,
      value,
    }));
  }
}
