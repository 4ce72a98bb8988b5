import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { expect } from "vitest";

/** Another release of the browser or of a font moves the edges of letters by this share of the pixels at most. */
const tolerance = 0.01;

/**
 * Holds a screenshot against the checked-in picture of that name, in `test/browser/pictures`. What differs is left beside
 * it as `NAME.actual.png` and `NAME.difference.png`. `UPDATE_PICTURES=1` makes the picture anew: look at it before it is
 * checked in.
 */
export async function expectPicture(name: string, screenshot: Buffer): Promise<void> {
  const path = fileURLToPath(new URL(`../../browser/pictures/${name}.png`, import.meta.url));
  const known = await readFile(path).catch(() => undefined);
  if (process.env.UPDATE_PICTURES === "1" || (known === undefined && process.env.CI !== "true")) {
    await mkdir(dirname(path), { recursive: true });
    return await writeFile(path, screenshot);
  }
  if (known === undefined) expect.fail(`there is no picture ${name} to hold this one against`);
  const [expected, actual] = [PNG.sync.read(known), PNG.sync.read(screenshot)];
  const size = ({ width, height }: PNG) => `${width} × ${height} pixels`;
  const difference = new PNG(expected);
  const isSameSize = size(expected) === size(actual);
  const changed = isSameSize
    ? pixelmatch(expected.data, actual.data, difference.data, expected.width, expected.height, {
        threshold: 0.2,
      })
    : Number.POSITIVE_INFINITY;
  if (changed <= tolerance * expected.width * expected.height) return;
  await writeFile(path.replace(/png$/, "actual.png"), screenshot);
  if (isSameSize) await writeFile(path.replace(/png$/, "difference.png"), PNG.sync.write(difference));
  expect.fail(
    `${name} looks otherwise: ${isSameSize ? `${changed} pixels differ` : `${size(actual)} instead of ${size(expected)}`}`,
  );
}
