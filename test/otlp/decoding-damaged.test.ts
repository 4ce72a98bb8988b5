import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MetricsError } from "../../src/errors.js";
import { encodingOf } from "../../src/otlp/encoding.js";
import { otlpRoutes } from "../../src/otlp/routes.js";
import { always } from "../support/property.js";
import { toProtobuf } from "./protobuf.js";
import { fixture, fixtureNames } from "./requests.js";

/** How many calls each path finds in the bytes; null where they are refused, which must be with 400. */
function callsFoundIn(bytes: Uint8Array): readonly (number | null)[] {
  const encoding = encodingOf("application/x-protobuf");
  return otlpRoutes.map(({ findCalls }) => {
    try {
      return encoding === undefined ? -1 : findCalls(encoding, bytes).length;
    } catch (error) {
      expect(error).toBeInstanceOf(MetricsError);
      expect(error).toMatchObject({ code: "BAD_USER_INPUT", status: 400 });
      return null;
    }
  });
}

describe.each(fixtureNames)("the protobuf of %s", (name) => {
  const whole = toProtobuf("logs", fixture(name));

  test("is refused wherever it is cut off", () => {
    const found = Array.from(whole, (_, cut) => callsFoundIn(whole.subarray(0, cut)));

    expect(found[0]).toEqual([0, 0, 0]);
    expect(new Set(found.slice(1).flat())).toEqual(new Set([null]));
    expect(callsFoundIn(whole)).toEqual([1, null, null]);
  });

  test("is read or refused whatever happens to some of its bytes", async () => {
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));

    await always(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      { runs: 300, seconds: 1 },
      async (changes) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, byte] of changes) damaged[at] = byte;

        const [found] = callsFoundIn(damaged);

        expect([null, 0, 1]).toContain(found);
      },
    );
  });
});

test("bytes at random are read as nothing, or refused", async () => {
  await always(fc.uint8Array({ maxLength: 200 }), { runs: 300, seconds: 1 }, async (bytes) => {
    for (const found of callsFoundIn(bytes)) expect([null, 0]).toContain(found);
  });
});
