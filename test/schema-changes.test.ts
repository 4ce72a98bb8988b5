import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { schemaVerdict } from "../scripts/schema-changes.js";

const released = buildSchema(`
  enum Word { USED, LEFT @deprecated(reason: "Use USED.") }
  input In { a: Int }
  type Query { kept(in: In): Int, old: Int @deprecated(reason: "Use kept."), loved: Word }
`);

const verdict = (version: string, sdl: string) =>
  schemaVerdict({ version: "0.1.3", schema: released }, { version, schema: buildSchema(sdl) });

const word = "enum Word { USED, LEFT }";
const input = "input In { a: Int }";

describe("a schema that", () => {
  test.each([
    ["is the same", `${word} ${input} type Query { kept(in: In): Int, old: Int, loved: Word }`],
    [
      "knows more",
      "enum Word { USED, LEFT, NEW } input In { a: Int, b: Int } type Query { kept(in: In, more: Int): Int, old: Int, loved: Word, new: Int }",
    ],
  ])("%s may come with any version", (_, sdl) => {
    const { isAllowed, sentences } = verdict("0.1.4", sdl);

    expect(isAllowed, sentences.join("\n")).toBe(true);
    expect(sentences[0]).toMatch(/^Since 0\.1\.3: 0 breaking/);
  });

  test.each([
    [
      "removes a field",
      `${word} ${input} type Query { kept(in: In): Int, loved: Word }`,
      "Query.old was removed.",
    ],
    [
      "removes a word",
      `enum Word { USED } ${input} type Query { kept(in: In): Int, old: Int, loved: Word }`,
      "LEFT was removed from enum type Word.",
    ],
    [
      "asks for more",
      `${word} input In { a: Int, b: Int! } type Query { kept(in: In): Int, old: Int, loved: Word }`,
      "A required field b on input type In was added.",
    ],
    [
      "answers something else",
      `${word} ${input} type Query { kept(in: In): String, old: Int, loved: Word }`,
      "Query.kept changed type from Int to String.",
    ],
  ])("%s takes a version that says so", (_, sdl, description) => {
    expect(verdict("0.1.4", sdl)).toMatchObject({
      isAllowed: false,
      sentences: expect.arrayContaining([`breaking, and needs a new major version: ${description}`]),
    });
    expect(verdict("0.2.0", sdl)).toMatchObject({
      isAllowed: true,
      sentences: expect.arrayContaining([`breaking: ${description}`]),
    });
    expect(verdict("1.0.0", sdl).isAllowed).toBe(true);
  });

  test("removes what clients were not told to leave may come with no version", () => {
    const sdl = `enum Word { LEFT } ${input} type Query { kept(in: In): Int, old: Int, loved: Word }`;

    expect(verdict("0.2.0", sdl)).toMatchObject({
      isAllowed: false,
      sentences: expect.arrayContaining([
        "breaking, and was not deprecated in the release before: USED was removed from enum type Word.",
      ]),
    });
  });
});
