import { once } from "node:events";
import { connect, type Socket } from "node:net";

const headersEnd = "\r\n\r\n";

/** One keep-alive connection over which requests go one after the other; thinner than a client for people. */
export class HttpConnection {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #answer: ((status: number) => void) | undefined;
  isOpen = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.#receive(bytes));
    socket.on("error", () => {});
    socket.once("close", () => this.#end());
  }

  /** @throws when nobody answers there */
  static async open(url: URL): Promise<HttpConnection> {
    const socket = connect(Number(url.port), url.hostname);
    await once(socket, "connect");
    return new HttpConnection(socket);
  }

  /** Resolves with the status of the answer; 0 when the connection was lost before it. */
  send(request: string): Promise<number> {
    if (!this.isOpen) return Promise.resolve(0);
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#socket.write(request);
    });
  }

  /** @throws unless the answer is 200 */
  async ask(request: string): Promise<void> {
    const status = await this.send(request);
    if (status !== 200) throw new Error(`${request.split("\r\n")[0]} was answered with ${status}.`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const end = this.#received.indexOf(headersEnd);
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end);
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + headersEnd.length + length) return;
    this.#received = Buffer.alloc(0);
    this.#settle(Number(head.slice(9, 12)));
  }

  #end(): void {
    this.isOpen = false;
    this.#settle(0);
  }

  #settle(status: number): void {
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(status);
  }
}

/** A request as it goes over the wire; `body` makes it a POST of JSON. */
export function requestOf(url: URL, path: string, body?: unknown): string {
  const head = [`host: ${url.host}`];
  if (body === undefined) return [`GET ${path} HTTP/1.1`, ...head, "", ""].join("\r\n");
  const json = JSON.stringify(body);
  const more = ["content-type: application/json", `content-length: ${Buffer.byteLength(json)}`];
  return [`POST ${path} HTTP/1.1`, ...head, ...more, "", json].join("\r\n");
}
