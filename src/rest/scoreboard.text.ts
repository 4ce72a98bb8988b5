import type { Compared, PreviousWindow, Scoreboard, ScoreboardChange } from "../domain/report.js";
import { silentRuns } from "../operations/comparison.operations.js";
import type { Perform } from "../operations/perform.js";
import { dashboard } from "../operations/report.operations.js";
import { type Comparison, scoreboardScreen, trendQuestion } from "../screen/scoreboard.screen.js";
import { plainScreen } from "../screen/screen.js";
import type { RestAnswer } from "./route.js";

/** A scoreboard as `wsm scoreboard` draws it: on one screen, with its trend. */
export async function scoreboardText(
  perform: Perform,
  { isSmallSample: _, ...board }: Scoreboard,
  comparison?: Comparison,
): Promise<RestAnswer> {
  const to = board.to.toISOString();
  const { trend } = await perform(
    dashboard,
    trendQuestion(board.window, board.from?.toISOString() ?? null, to),
  );
  const shownTrend = trend.map(({ start, end, ...figures }) => ({
    start: start.toISOString(),
    end: end.toISOString(),
    ...figures,
  }));
  const shown = { ...board, asOf: board.asOf.toISOString(), ...comparison };
  return {
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8", vary: "accept, authorization" },
    body: `${scoreboardScreen(shown, shownTrend, plainScreen)}\n`,
  };
}

/** The same beside the window before, as `wsm scoreboard --compare` draws it. */
export async function comparedScoreboardText(
  perform: Perform,
  { current, change }: Compared<Scoreboard, PreviousWindow, ScoreboardChange>,
): Promise<RestAnswer> {
  const range = { from: current.from?.toISOString(), to: current.to.toISOString() };
  const silent = await perform(silentRuns, range);
  return await scoreboardText(perform, current, {
    change,
    isSmallSample: current.isSmallSample,
    silentRuns: silent,
  });
}
