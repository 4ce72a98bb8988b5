import { randomUUID } from "node:crypto";
import * as submissions from "../services/execution-submission.service.js";
import { finalStatuses, isFinal, statuses } from "../vocabulary.js";
import { identityShape, metricsShape } from "./execution.schema.js";
import { type Fields, inOrder, optional, record, word } from "./fields.schema.js";
import { operation } from "./operation.js";
import { ofItems, ofWrite } from "./outcomes.js";
import { phaseReports } from "./phase.operations.js";
import { phaseSchema } from "./phase.schema.js";
import { reporters } from "./roles.js";

const submissionSchema = (fields: Fields) =>
  record({
    id: optional(fields.uuid),
    wsId: optional(identityShape(fields).wsId),
    executor: optional(identityShape(fields).executor),
    scopeId: optional(fields.identifier),
    executorSessionId: optional(fields.identifier),
    status: optional(word(statuses)),
    startedAt: optional(fields.happenedAt),
    completedAt: optional(fields.happenedAt),
    phase: optional(phaseSchema(fields)),
    phaseMetrics: optional(record({ phases: fields.batch(phaseSchema(fields)) })),
    ...metricsShape(fields),
  })
    .superRefine(inOrder)
    .superRefine((submission, context) => {
      const complain = (path: string, message: string) =>
        context.addIssue({ code: "custom", path: [path], message });
      if (submission.completedAt !== undefined && !isFinal(submission.status)) {
        complain("completedAt", `needs a status that ends the run: ${finalStatuses.join(", ")}`);
      }
      if (submission.phase !== undefined && submission.phaseMetrics !== undefined) {
        complain("phase", "must not be sent together with `phaseMetrics`");
      }
      if (submission.id !== undefined) return;
      if (submission.wsId === undefined) complain("wsId", "is required to start an execution");
      if (submission.executor === undefined) complain("executor", "is required to start an execution");
    });

/** What the phases met is the news of a request that brings some; its own outcome sums them up. */
const ofSubmission = (write: submissions.SubmissionWrite) =>
  write.phaseOutcomes.length > 0 ? ofItems(write.phaseOutcomes) : ofWrite(write);

/** Anything at all about one run in one request: its start, a partial update, phases, its end. */
export const submitExecution = operation({
  name: "submitExecution",
  kind: "write",
  roles: reporters,
  schema: submissionSchema,
  outcomes: ofSubmission,
  events: ({ phaseMetrics }) => Math.max(1, phaseMetrics?.phases.length ?? 0),
  run: (work, { id = randomUUID(), wsId, executor, phase, phaseMetrics, ...change }) =>
    submissions.submitExecution(work, {
      id,
      wsId,
      executor,
      change,
      phases: phase ? [phase] : (phaseMetrics?.phases ?? []),
    }),
  gather: (gather, { id, phase, ...others }, now) => {
    const saysMore = Object.values(others).some((value) => value !== undefined);
    if (id === undefined || phase === undefined || saysMore) return undefined;
    const gathered = gather(phaseReports, { executionId: id, events: [phase], now });
    return gathered.then((write) => write && submissions.submittedPhases(write));
  },
});
