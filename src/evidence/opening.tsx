import { type Evidence, subjectInWords } from "../domain/evidence.js";
import { version } from "../version.js";
import { chapters } from "./chapter.js";
import { Facts } from "./facts.js";
import { count, counted } from "./figures.js";
import type { LocalTime } from "./local-time.js";
import { Stamp } from "./stamp.js";
import { Told } from "./told.js";

interface Parts {
  readonly evidence: Evidence;
  readonly time: LocalTime;
}

/** What the report is about, as of when, and where to find what in it. */
export function Opening({ evidence, time }: Parts) {
  const { selection, asOf, totals, runs } = evidence;
  const { from, to, timeZone } = selection;
  const others = totals.runs - runs.length;
  const stamp = (instant: Date) => <Stamp of={instant} time={time} />;
  const facts = {
    Selection: <Told>{subjectInWords(selection)}</Told>,
    Range: (
      <>
        runs that started {from === null ? "at any time" : <>from {stamp(from)} on and</>} before {stamp(to)}
      </>
    ),
    "As of": stamp(asOf),
    "Times are in":
      time.zone === timeZone ? (
        <Told>{timeZone}</Told>
      ) : (
        <>
          {time.zone}, for no clock of <Told>{timeZone}</Told> is known here
        </>
      ),
    Runs:
      others === 0 ? `${counted(totals.runs, "run")}, all told in full` : inPart(totals.runs, runs.length),
    "Made by": `ws-metrics ${version}`,
  };
  return (
    <header>
      <p class="kind">Evidence report</p>
      <h1>
        <Told>{capital(subjectInWords(selection))}</Told>
      </h1>
      <Facts facts={facts} />
      <nav aria-label="Contents">
        <ol>
          {Object.entries(chapters).map(([id, title]) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ol>
      </nav>
    </header>
  );
}

const inPart = (all: number, listed: number) =>
  `${counted(all, "run")}; the first ${count(listed)} are told in full, the others are in every sum`;

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
