import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { FaultCase } from "../case.js";
import type { Scene } from "../scene.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The last commit without the newest migration; undefined in a copy without history. */
function versionBefore(): string | undefined {
  const newest = readdirSync(join(root, "drizzle"))
    .filter((name) => /^\d+_.*(?<!\.down)\.sql$/.test(name))
    .sort()
    .at(-1);
  try {
    const log = execFileSync("git", ["log", "--format=%H", "--diff-filter=A", "--", `drizzle/${newest}`], {
      cwd: root,
      encoding: "utf8",
    });
    const made = log.trim().split("\n").at(-1);
    return execFileSync("git", ["rev-parse", "--verify", "--quiet", `${made}^`], {
      cwd: root,
      encoding: "utf8",
    }).trim();
  } catch {
    return undefined;
  }
}

/** Builds the version before the newest migration beside the database. */
async function oldProgram({ folder }: Scene): Promise<readonly string[]> {
  const old = join(folder, "old");
  mkdirSync(old);
  const archive = execFileSync("git", ["archive", versionBefore() ?? "HEAD"], {
    cwd: root,
    maxBuffer: 2 ** 30,
  });
  execFileSync("tar", ["-x", "-C", old], { input: archive });
  symlinkSync(join(root, "node_modules"), join(old, "node_modules"));
  execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { cwd: old });
  return [join(old, "dist/main.js")];
}

/** A new version takes over while the old one is still writing. */
export const upgradeCases: readonly FaultCase[] = [
  {
    name: "rolling-upgrade",
    sentence:
      "a server of this version migrates the database and writes beside one of the version before the newest migration",
    missing: () => (versionBefore() === undefined ? "this copy has no history" : undefined),
    needs: { program: oldProgram },
    fault: async (scene) => {
      await scene.untilReady(await scene.startServer());
      await pause(3_000);
      const [old] = scene.servers;
      if (old) await scene.end(old, "SIGTERM");
      scene.servers.shift();
    },
  },
];
