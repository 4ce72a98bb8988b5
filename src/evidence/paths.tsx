import { count, counted } from "./figures.js";
import { Told } from "./told.js";

/** So many paths of a list are told. */
export const listedPaths = 200;

interface Parts {
  /** What became of the files. */
  readonly name: string;
  readonly paths: readonly string[];
}

/** How many files there are, and which, for whoever unfolds it; on paper it is unfolded. */
export function Paths({ name, paths }: Parts) {
  if (paths.length === 0) return <p class="paths">No files {name}.</p>;
  const others = paths.length - listedPaths;
  return (
    <details class="paths">
      <summary>
        {counted(paths.length, "file")} {name}
      </summary>
      <ul>
        {paths.slice(0, listedPaths).map((path) => (
          <li>
            <Told>{path}</Told>
          </li>
        ))}
        {others > 0 && <li>and {count(others)} more, in the exports</li>}
      </ul>
    </details>
  );
}
