import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf, isKey, makeKey } from "../../src/domain/api-key.js";
import { roles } from "../../src/vocabulary.js";

const key = makeKey("ingest");

test.each(roles)("a key for %s says so, and its digits check", (role) => {
  const made = makeKey(role);

  expect(made).toMatch(new RegExp(`^wsm_${role}_[0-9A-Za-z]{36}$`));
  expect(isKey(made)).toBe(true);
});

test("no two keys are the same, and each has a digest of its own", () => {
  const keys = Array.from({ length: 1_000 }, () => makeKey("read"));

  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(keys.map((each) => digestOf(each).toString("hex"))).size).toBe(keys.length);
});

test("a key with one character changed, lost or added is told from a key", () => {
  const anyPlace = fc.integer({ min: 0, max: key.length - 1 });
  const character = fc.constantFrom(..."0123456789ABCXYZabcxyz_-");
  fc.assert(
    fc.property(anyPlace, character, (place, other) => {
      const [before, after] = [key.slice(0, place), key.slice(place + 1)];

      if (other !== key[place]) expect(isKey(before + other + after)).toBe(false);
      expect(isKey(before + after)).toBe(false);
      expect(isKey(`${before}${other}${key.slice(place)}`)).toBe(false);
    }),
  );
});

test.each(["", "wsm_", "Bearer", `${key} `, ` ${key}`, key.toUpperCase(), `${key}\n`])(
  "%j is no key",
  (text) => {
    expect(isKey(text)).toBe(false);
  },
);
