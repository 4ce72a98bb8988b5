import { basename } from "node:path";

/** How a tool is about to be called. */
export interface Call {
  /** What stands after the command's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The run that the call is part of. */
export interface RunFrame {
  readonly executionId: string;
  /** Where telemetry goes; exporters add the path of the signal. */
  readonly endpoint: string;
  /** A folder for files that are needed only while the tool runs. */
  readonly folder: string;
  /** The home folder of who called it. */
  readonly home: string;
}

/** What a kind of tool needs to report what it spends, seen to work with the real one. */
export interface Tool {
  readonly name: string;
  /** What it is called by. */
  readonly command: string;
  readonly executor: string;
  /** The same call with correlation and telemetry for this run only. */
  equip(call: Call, frame: RunFrame): Promise<Call>;
  /** What overrides that and cannot be overridden, in words. */
  overrides(call: Call, frame: RunFrame): Promise<readonly string[]>;
}

/** The tool that a command is, by its name. */
export function toolOf<Known extends Tool>(tools: readonly Known[], command: string): Known | undefined {
  const name = basename(command).replace(/\.(exe|cmd|js|mjs)$/i, "");
  return tools.find((tool) => tool.command === name);
}

/** Resource attributes (`a=b,c=d`, values percent-encoded) with one more; it replaces one of the same name. */
export function withAttribute(attributes: string | undefined, name: string, value: string): string {
  const others = (attributes ?? "")
    .split(",")
    .filter((each) => each.trim() !== "" && each.split("=")[0]?.trim() !== name);
  return [...others, `${name}=${encodeURIComponent(value)}`].join(",");
}
