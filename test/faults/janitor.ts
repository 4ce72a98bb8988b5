import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Waits until whoever holds the other end of standard input is gone, then ends every process that works in the
 * folder or was told of it (asleep or not, ours or another user's), unmounts what is mounted there and removes it.
 */
const script = `
trap '' INT TERM HUP
cd /
cat >/dev/null
for turn in 1 2; do
  for process in /proc/[0-9]*; do
    [ "$process" = /proc/$$ ] && continue
    { readlink "$process/cwd"; cat "$process/environ" "$process/cmdline"; } 2>/dev/null |
      grep --quiet --text --fixed-strings "$1" && kill -KILL "\${process#/proc/}" 2>/dev/null
  done
done
for mounted in "$1"/*/; do umount -l "$mounted" 2>/dev/null; done
rm -rf "$1"
`;

/** Sees to it that nothing of a run is left, however the run ends; kill -9 included. */
export class Janitor {
  readonly #process;
  readonly #ended: Promise<unknown>;

  /** @param folder where everything that is started works, or that it was told of */
  constructor(folder: string) {
    this.#process = spawn("sh", ["-c", script, "janitor", folder], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    this.#ended = once(this.#process, "exit");
  }

  /** Resolves when nothing is left. */
  async sweep(): Promise<void> {
    this.#process.stdin.end();
    await this.#ended;
  }
}
