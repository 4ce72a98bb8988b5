import { z } from "zod";
import type { FieldError } from "../errors.js";
import type { Perform } from "../operations/perform.js";
import { dashboard, scoreboard } from "../operations/report.operations.js";
import { dashboardPicture } from "../pictures/dashboard.picture.js";
import { scoreboardPicture } from "../pictures/scoreboard.picture.js";
import { type Picture, svgOf } from "../pictures/svg.js";
import { type Theme, themes } from "../pictures/theme.js";
import { inputOf, type Parameters, spellParameters } from "./parameters.js";
import { type RestAnswer, type RestRequest, type RestRoute, readRoute } from "./route.js";

const theme = { theme: { field: "theme", words: themes } };
const scoreboardParameters: Parameters = { window: { field: "window" }, ...theme };
const dashboardParameters: Parameters = {
  from: { field: "from" },
  to: { field: "to" },
  time_zone: { field: "timeZone" },
  interval: { field: "interval" },
  ...theme,
};

/** The theme that is asked for, and the input of the operation; a theme that is none stays, for the operation to refuse. */
function themed(parameters: Parameters, { theme: asked = "auto", ...query }: RestRequest["query"]) {
  const known: Theme | undefined = themes.find((each) => each === asked);
  const input = inputOf(parameters, known === undefined ? { theme: asked, ...query } : query);
  return { theme: known ?? "auto", input };
}

/** The style within a picture holds where it is opened by itself; nothing else is loaded by it. */
const headers = {
  "content-type": "image/svg+xml; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

const drawn = async (picture: Picture, asked: Theme): Promise<RestAnswer> => ({
  status: 200,
  headers,
  body: await svgOf(picture, asked),
});

async function drawScoreboard(perform: Perform, { query }: RestRequest) {
  const { theme: asked, input } = themed(scoreboardParameters, query);
  return await drawn(scoreboardPicture(await perform(scoreboard, input)), asked);
}

async function drawDashboard(perform: Perform, { query }: RestRequest) {
  const { theme: asked, input } = themed(dashboardParameters, query);
  return await drawn(dashboardPicture(await perform(dashboard, input)), asked);
}

const svg = { 200: { "image/svg+xml": z.string() } };

/** Errors of a theme are spelled here, for no operation knows any. */
const spellTheme = (parameters: Parameters) => {
  const spell = spellParameters(parameters);
  return (error: FieldError): FieldError =>
    error.path === "theme" ? { ...error, message: `must be one of ${themes.join(", ")}` } : spell(error);
};

/** Reports as pictures, over the operations that answer them as JSON. */
export const pictureRoutes: readonly RestRoute[] = [
  readRoute("/scoreboard.svg", scoreboard, {
    operationId: "drawScoreboard",
    summary: "Draw a scoreboard",
    answer: drawScoreboard,
    parameters: scoreboardParameters,
    spellError: spellTheme(scoreboardParameters),
    answers: svg,
  }),
  readRoute("/dashboard.svg", dashboard, {
    operationId: "drawDashboard",
    summary: "Draw a dashboard",
    answer: drawDashboard,
    parameters: dashboardParameters,
    spellError: spellTheme(dashboardParameters),
    answers: svg,
  }),
];
