import * as service from "../services/evidence.service.js";
import { defaults } from "./defaults.js";
import { defaulted, optional, record } from "./fields.schema.js";
import { operation } from "./operation.js";
import { readers } from "./roles.js";

/** What is known of the runs of a Work Package, a Work Statement or a range, and what is not. */
export const evidence = operation({
  name: "evidence",
  kind: "read",
  isAnalysis: true,
  isOfOneMoment: true,
  roles: readers,
  schema: (fields) =>
    record({
      wpId: optional(fields.identifier),
      wsId: optional(fields.identifier),
      from: optional(fields.instant),
      to: optional(fields.instant),
      timeZone: defaulted(fields.identifier, defaults.timeZone),
    }),
  run: service.evidence,
});
