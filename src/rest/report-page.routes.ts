import { z } from "zod";
import { evidence } from "../operations/evidence.operations.js";
import type { Perform } from "../operations/perform.js";
import { inputOf, type Parameters } from "./parameters.js";
import { type RestAnswer, type RestRequest, type RestRoute, readRoute } from "./route.js";

const parameters: Parameters = {
  wp_id: { field: "wpId" },
  ws_id: { field: "wsId" },
  from: { field: "from" },
  to: { field: "to" },
  time_zone: { field: "timeZone" },
};

/** What draws the page is loaded when the first one is asked for, so that the server starts without it. */
async function getEvidence(perform: Perform, { query }: RestRequest): Promise<RestAnswer> {
  const found = await perform(evidence, inputOf(parameters, query));
  const { contentSecurityPolicy, evidencePage } = await import("../evidence/page.js");
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentSecurityPolicy,
    },
    body: await evidencePage(found),
  };
}

/** Reports that are read as they are, in a browser or on paper. */
export const reportPageRoutes: readonly RestRoute[] = [
  readRoute("/report.html", evidence, {
    operationId: "getEvidence",
    summary: "Read the evidence of a Work Package, a Work Statement or a range, as a page to be printed",
    description:
      "The last 30 days without any parameter. The first 500 runs are told in full, all are in every sum.",
    answer: getEvidence,
    parameters,
    answers: { 200: { "text/html": z.string() } },
    refusals: ["NOT_FOUND"],
  }),
];
