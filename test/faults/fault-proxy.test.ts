import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { FaultProxy } from "./fault-proxy.js";

let received = "";
/** Answers whatever it is told with the same. */
const echo = createServer((socket) => {
  socket
    .on("error", () => {})
    .on("data", (bytes: Buffer) => {
      received += bytes;
      socket.write(bytes);
    });
}).listen(0, "127.0.0.1");
await once(echo, "listening");
afterAll(() => echo.close());

const { port: echoPort } = addressOf(echo);

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on a port");
  return address;
}

async function openProxy(): Promise<FaultProxy> {
  received = "";
  const proxy = await FaultProxy.open(echoPort);
  onTestFinished(() => proxy.cut());
  return proxy;
}

function connectTo({ port }: { readonly port: number }): Socket {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** What comes back for `words`; rejects when the connection is reset. */
async function answerTo(socket: Socket, words: string): Promise<string> {
  socket.write(words);
  const [answer] = await once(socket, "data");
  return answer;
}

test("a network that is well passes everything on", async () => {
  const socket = connectTo(await openProxy());

  expect(await answerTo(socket, "word")).toBe("word");
});

test("a network that is cut resets connections and refuses new ones, until it is mended", async () => {
  const proxy = await openProxy();
  const socket = connectTo(proxy);
  await answerTo(socket, "word");

  const reset = once(socket, "error");
  await proxy.cut();
  const refused = once(connectTo(proxy), "error");

  expect(await reset).toMatchObject([{ code: "ECONNRESET" }]);
  expect(await refused).toMatchObject([{ code: "ECONNREFUSED" }]);
  await proxy.mend();
  expect(await answerTo(connectTo(proxy), "word")).toBe("word");
});

test("a network that is stalled passes nothing on until it is mended", async () => {
  const proxy = await openProxy();
  const socket = connectTo(proxy);
  await answerTo(socket, "before");
  const direct = connectTo({ port: echoPort });

  proxy.isStalled = true;
  const answer = answerTo(socket, " held up");
  for (let turn = 0; turn < 20; turn += 1) await answerTo(direct, ".");

  expect(received).toBe(`before${".".repeat(20)}`);
  await proxy.mend();
  expect(await answer).toBe(" held up");
});

test("who connects is hung up on at once where that is wrong", async () => {
  const proxy = await openProxy();
  proxy.hangsUp = true;

  const socket = connectTo(proxy).resume();

  await once(socket, "end");
  expect(received).toBe("");
});

test("an answer that is lost was asked for, and its connection is reset", async () => {
  const proxy = await openProxy();
  proxy.losesAnswerTo = (bytes) => bytes.includes("commit");
  const socket = connectTo(proxy);
  await answerTo(socket, "insert");

  const lost = answerTo(socket, " commit");

  await expect(lost).rejects.toMatchObject({ code: "ECONNRESET" });
  expect(received).toBe("insert commit");
});

test("an answer that is broken off comes in part, and its connection ends", async () => {
  const proxy = await openProxy();
  proxy.breaksOff = () => true;
  const socket = connectTo(proxy);

  const ended = once(socket, "close");

  expect(await answerTo(socket, "12345678")).toBe("1234");
  await ended;
});

test("what is far away answers late", async () => {
  const proxy = await openProxy();
  const socket = connectTo(proxy);
  await answerTo(socket, "before");
  proxy.latencyMs = 50;

  const begunAtMs = performance.now();
  await answerTo(socket, "word");

  expect(performance.now() - begunAtMs).toBeGreaterThan(95);
});

test("what is narrow lets the next bytes wait for the ones before", async () => {
  const proxy = await openProxy();
  const socket = connectTo(proxy);
  proxy.bytesPerSecond = 100;
  await answerTo(socket, "1234567890");

  const begunAtMs = performance.now();
  await answerTo(socket, "word");

  expect(performance.now() - begunAtMs).toBeGreaterThan(80);
});
