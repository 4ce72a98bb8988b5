import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const text = await readFile("SECURITY.md", "utf8");

/** The rows of the table of threats, without its head. */
const threats = text
  .slice(text.indexOf("| threat |"))
  .split("\n\n", 1)
  .join()
  .split("\n")
  .slice(2)
  .map((row) => row.split("|").map((cell) => cell.trim()));

const linksIn = (markdown: string) => [...markdown.matchAll(/\]\(([^)]+)\)/g)].map(([, path = ""]) => path);

test("every threat names its defence and tests that there are", () => {
  expect(threats.length).toBeGreaterThan(10);
  for (const [, threat, defence, tests = ""] of threats) {
    expect(defence, threat).toBeTruthy();
    expect(linksIn(tests), threat).not.toEqual([]);
  }
  for (const path of linksIn(text)) expect(existsSync(path), path).toBe(true);
});
