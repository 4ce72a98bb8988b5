import { expect, test } from "vitest";
import type { MetricsError } from "../../src/errors.js";
import { networkOf } from "../../src/http/client-network.js";
import { FailedLogins } from "../../src/http/failed-logins.js";
import { rateLimit } from "../../src/operations/rate-limit.js";

const caller = { keyId: "a", role: "ingest" } as const;

function refusalOf(work: () => void): MetricsError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as MetricsError; // nothing else is thrown here
  }
}

test("a key reports as many events as it may, and no more until time has passed", () => {
  let now = 0;
  const spend = rateLimit(60, () => new Date(now));
  spend(caller, 60);

  const refusal = refusalOf(() => spend(caller, 10));

  expect(refusal).toMatchObject({ code: "RATE_LIMITED", headers: { "retry-after": "10" } });
  now += 10_000;
  spend(caller, 10);
  expect(refusalOf(() => spend(caller, 1))?.code).toBe("RATE_LIMITED");
});

test("what was refused costs nothing", () => {
  let now = 0;
  const spend = rateLimit(60, () => new Date(now));
  spend(caller, 60);
  for (let tries = 0; tries < 100; tries += 1) refusalOf(() => spend(caller, 60));

  now += 60_000;

  spend(caller, 60);
});

test("a batch larger than the allowance passes when nothing was spent, and is paid for afterwards", () => {
  let now = 0;
  const spend = rateLimit(60, () => new Date(now));

  spend(caller, 180);

  now += 60_000;
  expect(refusalOf(() => spend(caller, 1))?.headers).toEqual({ "retry-after": "61" });
  now += 61_000;
  spend(caller, 1);
});

test("keys do not share an allowance; 0 is no limit; without keys there is none", () => {
  const spend = rateLimit(1, () => new Date(0));
  spend(caller, 1);

  spend({ ...caller, keyId: "b" }, 1);
  for (let events = 0; events < 100; events += 1) {
    spend({ keyId: null, role: "admin" }, 1);
    rateLimit(0, () => new Date(0))(caller, 1_000);
  }
});

test("an address without a valid key is refused after so many tries, and let in again after a minute", () => {
  let now = 0;
  const logins = new FailedLogins(2, () => new Date(now));
  const tryFrom = (address: string) => {
    logins.requireFew(address);
    logins.note(address);
  };
  tryFrom("10.0.0.1");
  now += 10_000;
  tryFrom("10.0.0.1");

  const refusal = refusalOf(() => logins.requireFew("10.0.0.1"));

  expect(refusal).toMatchObject({ code: "RATE_LIMITED", headers: { "retry-after": "50" } });
  logins.requireFew("10.0.0.2");
  now += 50_000;
  logins.requireFew("10.0.0.1");
});

test("however many addresses fail, no more than ten thousand are remembered", () => {
  const logins = new FailedLogins(1, () => new Date(0));

  for (let address = 0; address <= 10_000; address += 1) logins.note(String(address));

  logins.requireFew("0");
  expect(refusalOf(() => logins.requireFew("10000"))?.code).toBe("RATE_LIMITED");
});

test.each([
  ["10.0.0.1", "10.0.0.1"],
  ["::ffff:10.0.0.1", "10.0.0.1"],
  ["::1", "0:0:0:0::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1:0:0:1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s comes from the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test("whoever goes through the addresses of an IPv6 network is one who failed", () => {
  const logins = new FailedLogins(2, () => new Date(0));
  for (const address of ["2001:db8::1", "2001:db8::a:b:c:d"]) logins.note(address);

  expect(refusalOf(() => logins.requireFew("2001:db8::2"))?.code).toBe("RATE_LIMITED");
  logins.requireFew("2001:db8:0:1::1");
});
