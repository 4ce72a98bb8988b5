import { expect, test } from "vitest";
import { csv } from "../../../src/cli/csv.js";
import { json } from "../../../src/cli/json.js";
import { screenOn } from "../../../src/cli/screen/screen.js";
import { readSettings } from "../../../src/cli/settings.js";

const stream = (isTTY: boolean, columns?: number) => ({ write: () => {}, isTTY, columns });
const hostile = "WS\u001b[2J\u009b5m\u202e\u{e0001}";

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
])("with %j a stream that is a terminal (%s) has colours: %s", (env, isTTY, hasColours) => {
  const { paint } = screenOn(stream(isTTY), readSettings({ env, home: "/home/somebody" }));

  expect(paint("red", "x") !== "x").toBe(hasColours);
});

test.each([
  [undefined, 100],
  [0, 100],
  [12, 40],
  [300, 300],
])("a stream that says %s columns has %s", (columns, used) => {
  expect(screenOn(stream(true, columns), { hasColour: () => false }).columns).toBe(used);
});

test("CSV steers no terminal, and is exact anywhere else", () => {
  const rows = [{ key: hostile }];

  expect(csv(rows, ["key"], stream(true))).not.toMatch(/[^\P{Cc}\r\n]|\p{Cf}/u);
  expect(csv(rows, ["key"], stream(false))).toBe(`key\r\n${hostile}\r\n`);
});

test("JSON steers no terminal, and reads as what it was", () => {
  const text = json({ key: hostile });

  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(text)).toEqual({ key: hostile });
});
