import { writeSync } from "node:fs";
import { isatty } from "node:tty";
import type { Stream } from "./surroundings.js";

/** How long a pipe that is full is left to its reader. */
const patienceMs = 5;

/**
 * Standard output or error, written to as it is. Node's own streams make a pipe one that does not block, for everybody who
 * shares it: a tool that was run here could then not write to it.
 * @param terminal the stream of Node, which is asked for its width where it is a terminal
 */
export function standardStream(descriptor: 1 | 2, terminal: () => NodeJS.WriteStream): Stream {
  const isTTY = isatty(descriptor);
  let isRead = true;

  function write(text: string): void {
    let left = Buffer.from(text);
    while (isRead && left.length > 0) {
      try {
        left = left.subarray(writeSync(descriptor, left));
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code === "EPIPE")
          isRead = false; // whoever reads may stop reading: `wsm report | head`
        else if (code === "EAGAIN") sleep(patienceMs);
        else throw error;
      }
    }
  }

  return {
    write,
    isTTY,
    get columns() {
      return isTTY ? terminal().columns : undefined;
    },
  };
}

const nobody = new Int32Array(new SharedArrayBuffer(4));
const sleep = (milliseconds: number) => Atomics.wait(nobody, 0, 0, milliseconds);
