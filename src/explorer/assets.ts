import { readFile } from "node:fs/promises";
import { unavailable } from "../errors.js";

/** A file that the page loads, packed for the wire. */
interface Asset {
  readonly type: string;
  readonly gzipped: Buffer;
}

/** What `npm run build` puts beside the program: names of files by what they are called in the page. */
type Index = Readonly<Record<string, string>>;

const folder = new URL("../../dist/explorer/assets/", import.meta.url);

const types: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** The files that the page of the explorer is made of; each has the hash of its content in its name. */
export class Assets {
  private constructor(
    private readonly index: Index,
    private readonly assets: ReadonlyMap<string, Asset>,
  ) {}

  /** @throws MetricsError `UNAVAILABLE` where the program was not built */
  static async read(): Promise<Assets> {
    try {
      const index = JSON.parse(await readFile(new URL("index.json", folder), "utf8")) as Index; // of our own making
      const read = Object.values(index).map(async (file): Promise<[string, Asset]> => {
        const gzipped = await readFile(new URL(`${file}.gz`, folder));
        return [file, { gzipped, type: types[file.split(".").at(-1) ?? ""] ?? "application/octet-stream" }];
      });
      return new Assets(index, new Map(await Promise.all(read)));
    } catch (cause) {
      throw unavailable("The explorer was not built; npm run build makes it.", cause);
    }
  }

  /** The file that is called `name` in the page. */
  fileOf(name: string): string {
    const file = this.index[name];
    if (file === undefined) throw new Error(`the page loads ${name}, which nobody built`);
    return file;
  }

  /** What is served under the name of a file. */
  get(file: string): Asset | undefined {
    return this.assets.get(file);
  }
}
