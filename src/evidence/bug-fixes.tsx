import type { BugFix } from "../domain/bug-fix.js";
import { Facts } from "./facts.js";
import { counted } from "./figures.js";
import type { LocalTime } from "./local-time.js";
import { Paths } from "./paths.js";
import { Stamp } from "./stamp.js";
import { Told } from "./told.js";

/** So many bug fixes of a run are told. */
export const listedBugFixes = 100;

interface Parts {
  readonly bugFixes: readonly BugFix[];
  readonly time: LocalTime;
}

/** The bugs that were fixed in a run: what broke, why, how it was mended, and which test holds it. */
export function BugFixes({ bugFixes, time }: Parts) {
  if (bugFixes.length === 0) return <p>No bug fix was recorded.</p>;
  const others = bugFixes.length - listedBugFixes;
  return (
    <>
      <ol class="fixes">
        {bugFixes.slice(0, listedBugFixes).map((bugFix) => (
          <li>
            <Fix bugFix={bugFix} time={time} />
          </li>
        ))}
      </ol>
      {others > 0 && (
        <p>
          {counted(others, "more bug fix", "more bug fixes")} of this run stand in the export{" "}
          <code>bug-fixes.csv</code>.
        </p>
      )}
    </>
  );
}

function Fix({ bugFix, time }: { readonly bugFix: BugFix; readonly time: LocalTime }) {
  const facts = {
    "Root cause": <Prose text={bugFix.rootCause} />,
    Fix: <Prose text={bugFix.fixSummary} />,
    Test: <Prose text={bugFix.testName} />,
    Fixed: (
      <>
        {bugFix.autonomous ? "without a human" : "with a human"}, recorded{" "}
        <Stamp of={bugFix.createdAt} time={time} />
      </>
    ),
  };
  return (
    <>
      <p>
        <strong>
          <Prose text={bugFix.description} />
        </strong>
      </p>
      <Facts facts={facts} />
      <Paths name="modified by the fix" paths={bugFix.filesModified} />
    </>
  );
}

const Prose = ({ text }: { readonly text: string }) => (
  <span class="prose">{text === "" ? "not told" : <Told>{text}</Told>}</span>
);
