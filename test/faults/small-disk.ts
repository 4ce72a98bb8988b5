import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const size = "200m";
const megabyte = Buffer.alloc(2 ** 20);

/** A disk in memory, which takes root to mount, and can be filled to its last byte. */
export class SmallDisk {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#run("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  }

  fill(): void {
    try {
      for (;;) writeFileSync(this.#filler, megabyte, { flag: "a" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }

  empty(): void {
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    this.#run("umount", ["-l", this.#folder]);
  }

  get #filler(): string {
    return join(this.#folder, "filler");
  }

  #run(program: string, args: readonly string[]): void {
    const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  }
}
