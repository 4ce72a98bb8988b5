import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createTwoFilesPatch } from "diff";
import type { Cli } from "../cli.js";
import { readText, writeText } from "../state-file.js";
import { UsageError } from "../usage-error.js";
import { claudeCodeSetup } from "./claude-code.setup.js";
import { codexSetup } from "./codex.setup.js";
import { geminiSetup } from "./gemini.setup.js";
import { forgetKey, keepKey } from "./key-file.js";
import { readSettingsFile, writeSettingsFile } from "./settings-file.js";
import type { SetupFrame, SetValue, ToolSetup } from "./setup.js";

/** Tools that can be set up. */
export const setups: readonly ToolSetup[] = [claudeCodeSetup, codexSetup, geminiSetup];

/** What `wsm setup` is told. */
export interface SetupOptions {
  readonly undo?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** What a setup remembers for its undoing. */
interface Remembered {
  readonly path: string;
  readonly url: string;
  /** The text before and after; before is null where there was no file. */
  readonly before: string | null;
  readonly after: string;
  readonly values: readonly SetValue[];
}

/** Shows what would change in a tool's own settings, and changes it when that is wanted. */
export async function setUp(cli: Cli, setup: ToolSetup, options: SetupOptions): Promise<void> {
  const { env, home, self } = cli.surroundings;
  const settings = cli.settings();
  const frame: SetupFrame = { settings, env, home, self };
  const file = await readSettingsFile(setup.file(frame));
  const memory = join(settings.stateFolder, "setup", `${setup.name}.json`);
  const remembered = await rememberedIn(memory);
  if (options.undo === true) return await undo(cli, setup, file, memory, remembered, options);

  const { text, values } = setup.change(file.text, frame);
  const isDone = await changed(cli, file.path, file.text, text, options);
  if (isDone) {
    const { stateFolder, url, apiKey } = settings;
    if (setup.hasKeyHelper && apiKey !== undefined) await keepKey(stateFolder, url, apiKey);
    const first = remembered?.after === file.text ? remembered : undefined;
    const known = (remembered?.values ?? []).filter(
      (old) => !values.some((value) => isSamePlace(value, old)),
    );
    await writeText(
      memory,
      JSON.stringify({
        path: file.path,
        url: settings.url,
        before: first === undefined ? (file.text ?? null) : first.before,
        after: text,
        values: [...known, ...values.map((value) => ({ ...value, before: firstBefore(remembered, value) }))],
      } satisfies Remembered),
    );
  }
  for (const note of setup.notes(frame)) cli.say(note);
  cli.result({ tool: setup.name, file: file.path, changed: isDone }, "");
}

async function undo(
  cli: Cli,
  setup: ToolSetup,
  { path, text = "" }: { readonly path: string; readonly text: string | undefined },
  memory: string,
  remembered: Remembered | undefined,
  options: SetupOptions,
): Promise<void> {
  if (remembered === undefined || remembered.path !== path) {
    cli.say(`nothing was set up in ${path}.`);
    return cli.result({ tool: setup.name, file: path, changed: false }, "");
  }
  const isUntouched = text === remembered.after;
  const { text: without, kept } = isUntouched
    ? { text: remembered.before ?? undefined, kept: [] }
    : setup.undo(text, remembered.values);
  const isDone = await changed(cli, path, text, without, options);
  for (const value of kept) cli.say(`${value} was changed since and stays as it is.`);
  if (isDone) {
    await writeSettingsFile(memory, undefined);
    await forgetKey(cli.settings().stateFolder, remembered.url);
  }
  cli.result({ tool: setup.name, file: path, changed: isDone, kept }, "");
}

/**
 * Shows a change and makes it.
 * @throws UsageError when nobody is there to be asked and none said yes
 */
async function changed(
  cli: Cli,
  path: string,
  before: string | undefined,
  after: string | undefined,
  { yes, dryRun }: SetupOptions,
): Promise<boolean> {
  const { err } = cli.surroundings;
  if (before === after) {
    cli.say(`${path} says all that already.`);
    return false;
  }
  err.write(
    createTwoFilesPatch(path, path, before ?? "", after ?? "", before === undefined ? "(not there)" : "", ""),
  );
  if (dryRun === true) return false;
  if (yes !== true && !(await isWanted(cli))) {
    cli.say("nothing was changed.");
    return false;
  }
  await writeSettingsFile(path, after);
  cli.say(`${path} is changed.`);
  return true;
}

async function isWanted(cli: Cli): Promise<boolean> {
  const { hasTerminal, in: input, err } = cli.surroundings;
  if (!hasTerminal)
    throw new UsageError("Nobody is there to be asked: --yes makes the change, --dry-run only shows it.");
  err.write("Make this change? [y/N] ");
  const lines = createInterface({ input });
  const [line] = (await Promise.race([once(lines, "line"), once(lines, "close").then(() => [""])])) as [
    string,
  ];
  lines.close();
  return /^y(es)?$/i.test(line.trim());
}

async function rememberedIn(path: string): Promise<Remembered | undefined> {
  const text = await readText(path);
  return text === undefined ? undefined : (JSON.parse(text) as Remembered); // written here
}

const isSamePlace = (one: SetValue, other: SetValue) => one.path.join("\n") === other.path.join("\n");

/** What stood at a place before the first setup. */
function firstBefore(remembered: Remembered | undefined, value: SetValue): unknown {
  const old = remembered?.values.find((each) => isSamePlace(each, value));
  return old === undefined ? value.before : old.before;
}
