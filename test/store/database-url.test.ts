import { describe, expect, test } from "vitest";
import { parseDatabaseUrl } from "../../src/domain/database-url.js";

describe("the address of a database", () => {
  test.each([
    [
      "postgres://ws:secret@db.example.com:6543/ws_metrics",
      [["db.example.com", 6543, "postgres://ws:secret@db.example.com:6543/ws_metrics"]],
    ],
    [
      "postgresql://ws@a:1,b:2/metrics?sslmode=require",
      [
        ["a", 1, "postgresql://ws@a:1/metrics?sslmode=require"],
        ["b", 2, "postgresql://ws@b:2/metrics?sslmode=require"],
      ],
    ],
    [
      "postgres://ws@a,[::1]:2/metrics",
      [
        ["a", 5432, "postgres://ws@a/metrics"],
        ["::1", 2, "postgres://ws@[::1]:2/metrics"],
      ],
    ],
    ["postgres:///metrics", [["localhost", 5432, "postgres:///metrics"]]],
    ["postgres://ws:p%40ss,word@a/m", [["a", 5432, "postgres://ws:p%40ss,word@a/m"]]],
    [
      "postgres://%2Fvar%2Frun%2Fpostgresql/m",
      [["/var/run/postgresql", 5432, "postgres://%2Fvar%2Frun%2Fpostgresql/m"]],
    ],
    [
      "postgres://a/m?target_session_attrs=primary&sslmode=require",
      [["a", 5432, "postgres://a/m?sslmode=require"]],
    ],
    ["postgres://a/m?target_session_attrs=any", [["a", 5432, "postgres://a/m"]]],
  ])("%s names its servers", (url, servers) => {
    expect(parseDatabaseUrl(url)?.map(({ host, port, url: own }) => [host, port, own])).toEqual(servers);
  });

  test.each([
    "mysql://a/b",
    "postgres://",
    "postgres://a:port/b",
    "postgres://a:70000/b",
    "postgres://a:1:2/b",
    "postgres://[::1/b",
    "a:5432",
    "",
  ])("%j is none", (url) => {
    expect(parseDatabaseUrl(url)).toBeUndefined();
  });
});
