import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { dashboardChange, scoreboardChange } from "../domain/comparison.js";
import type * as domain from "../domain/report.js";
import { figuresBy, silentRuns } from "../operations/comparison.operations.js";
import { defaults } from "../operations/defaults.js";
import { DashboardChange, ScoreboardChange } from "./change.type.js";
import type { GraphqlContext, SentRange } from "./context.js";
import { ExecutionObject } from "./execution.type.js";
import { PreviousPeriod } from "./period-figures.type.js";
import { Dashboard, Scoreboard } from "./report.type.js";
import { FiguresRow, PreviousWindow } from "./run-figures.type.js";
import { SilentRuns } from "./silent-runs.type.js";

const sent = ({ from, to }: domain.Range) => ({ from: from?.toISOString(), to: to.toISOString() });

const bounded = ({ from, to }: domain.Range): SentRange | undefined =>
  from === null ? undefined : { from: from.toISOString(), to: to.toISOString() };

@ArgsType()
class RowsArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: defaults.rows,
    description:
      "How many rows at most, those with most runs: 1 to 500, unless the server is configured otherwise. What they leave out is in one more row, isRest.",
  })
  first!: number | null | undefined;
}

const afterwards =
  "Read after the report: what is recorded in between is only here. It reads every run of the range";

/** What is shown of the runs behind a report, whichever it is; only when somebody asks. */
function runsBehind(report: typeof Scoreboard | typeof Dashboard) {
  @Resolver(() => report)
  class RunsBehind {
    @FieldResolver(() => [FiguresRow], {
      description: `By executor, most runs first. ${afterwards}.`,
    })
    byExecutor(
      @Root() range: domain.Range,
      @Args(() => RowsArgs) { first }: RowsArgs,
      @Ctx() { perform }: GraphqlContext,
    ): Promise<readonly FiguresRow[]> {
      return perform(figuresBy, { ...sent(range), by: "executor", first });
    }

    @FieldResolver(() => [FiguresRow], {
      description: `By model, most runs first. A run is of one model: the one whose calls made most of its cost, of several the one with most calls, then the first by name; without calls the one that its executor reported (llmModel), else null. ${afterwards}, and their calls.`,
    })
    byModel(
      @Root() range: domain.Range,
      @Args(() => RowsArgs) { first }: RowsArgs,
      @Ctx() { perform }: GraphqlContext,
    ): Promise<readonly FiguresRow[]> {
      return perform(figuresBy, { ...sent(range), by: "model", first });
    }

    @FieldResolver(() => [FiguresRow], {
      description: `By Work Package, most runs first; null for runs that name none. ${afterwards}.`,
    })
    byWp(
      @Root() range: domain.Range,
      @Args(() => RowsArgs) { first }: RowsArgs,
      @Ctx() { perform }: GraphqlContext,
    ): Promise<readonly FiguresRow[]> {
      return perform(figuresBy, { ...sent(range), by: "wp", first });
    }

    @FieldResolver(() => SilentRuns, {
      description: "Its runs with status STARTED whose lastSignOfLifeAt is more than some hours before now.",
    })
    silentRuns(
      @Root() range: domain.Range,
      @Arg("silentAfterHours", () => Int, {
        nullable: true,
        defaultValue: defaults.silentAfterHours,
        description: "How many hours without a sign of life make a run silent: 1 to 8784.",
      })
      silentAfterHours: number | null | undefined,
      @Ctx() { perform }: GraphqlContext,
    ): Promise<SilentRuns> {
      return perform(silentRuns, { ...sent(range), silentAfterHours });
    }
  }
  return RunsBehind;
}

/** The runs behind a scoreboard. */
export const ScoreboardRunsResolver = runsBehind(Scoreboard);
/** The runs behind a dashboard. */
export const DashboardRunsResolver = runsBehind(Dashboard);

/** The runs that are silent; read only when somebody wants more than to count them. */
@Resolver(() => SilentRuns)
export class SilentRunsResolver {
  @FieldResolver(() => [ExecutionObject], {
    description: "The ten of them that were silent longest, that one first.",
  })
  async oldest(
    @Root() { oldestIds }: SilentRuns,
    @Ctx() { executions }: GraphqlContext,
  ): Promise<readonly ExecutionObject[]> {
    return await Promise.all(oldestIds.map((id) => executions.load(id)));
  }
}

/** How a scoreboard compares with the window before; asked for once, whatever is shown of it. */
@Resolver(() => Scoreboard)
export class ScoreboardComparisonResolver {
  @FieldResolver(() => PreviousWindow, {
    nullable: true,
    description:
      "The figures of the window of the same length right before, [from - (to - from), from); null for ALL.",
  })
  previous(
    @Root() board: Scoreboard,
    @Ctx() { previousWindows }: GraphqlContext,
  ): Promise<PreviousWindow | null> | null {
    const range = bounded(board);
    return range === undefined ? null : previousWindows.load(range);
  }

  @FieldResolver(() => ScoreboardChange, {
    nullable: true,
    description: "How the figures went since the window before; null for ALL.",
  })
  async change(
    @Root() board: Scoreboard,
    @Ctx() { previousWindows }: GraphqlContext,
  ): Promise<ScoreboardChange | null> {
    const range = bounded(board);
    const previous = range === undefined ? null : await previousWindows.load(range);
    return previous && scoreboardChange(board, previous);
  }
}

/** How a dashboard compares with the period before; asked for once, whatever is shown of it. */
@Resolver(() => Dashboard)
export class DashboardComparisonResolver {
  @FieldResolver(() => PreviousPeriod, {
    nullable: true,
    description:
      "The figures of the period of the same length right before, [from - (to - from), from); null when that would begin before the year 1.",
  })
  previous(
    @Root() { from, to }: Dashboard,
    @Ctx() { previousPeriods }: GraphqlContext,
  ): Promise<PreviousPeriod | null> {
    return previousPeriods.load({ from: from.toISOString(), to: to.toISOString() });
  }

  @FieldResolver(() => DashboardChange, {
    nullable: true,
    description: "How the figures went since the period before; null when previous is null.",
  })
  async change(
    @Root() board: Dashboard,
    @Ctx() { previousPeriods }: GraphqlContext,
  ): Promise<DashboardChange | null> {
    const range = { from: board.from.toISOString(), to: board.to.toISOString() };
    const previous = await previousPeriods.load(range);
    return previous && dashboardChange(board, previous);
  }
}
