import { expect, test } from "vitest";
import { verdictOf } from "../scripts/audit.verdict.js";

const reported = (severity: string) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities: { "a-package": { severity, range: "<2" } } });

test.each(["high", "critical"])("a vulnerability of severity %s fails the build and is named", (severity) => {
  expect(verdictOf(reported(severity))).toEqual({ isBad: true, sentences: [`${severity}: a-package <2`] });
});

test("a lesser one is named", () => {
  expect(verdictOf(reported("moderate"))).toEqual({ isBad: false, sentences: ["moderate: a-package <2"] });
});

test("an audit that found nothing says so", () => {
  const printed = JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} });

  expect(verdictOf(printed)).toEqual({
    isBad: false,
    sentences: [expect.stringMatching(/^Audited: nothing/)],
  });
});

test.each([
  ["that refuses", JSON.stringify({ message: "405 Method Not Allowed", statusCode: 405 }), /405 Method Not/],
  ["that cannot be reached", "", /npm printed no report/],
])("a registry %s is no verdict, and that is said", (_, printed, reason) => {
  const { isBad, sentences } = verdictOf(printed);

  expect(isBad).toBe(false);
  expect(sentences[0]).toMatch(/^NOT AUDITED/);
  expect(sentences[0]).toMatch(reason);
});
