import { brotliCompressSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import type { Sent } from "../wire/exchange.js";
import { accepts, encodings, envelopes, garbage, mediaTypes } from "./broken.cases.js";
import { envelope, type GraphqlRequest, type Written, write } from "./document.js";
import { rarely } from "./rarely.arbitrary.js";

type Break = (tokens: readonly string[]) => readonly string[];

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const place = (share: number, { length }: readonly string[]) => Math.floor(share * length);

const breaks: fc.Arbitrary<Break> = fc.oneof(
  at.map(
    (share): Break =>
      (tokens) =>
        tokens.toSpliced(place(share, tokens), 1),
  ),
  at.map(
    (share): Break =>
      (tokens) =>
        tokens.toSpliced(place(share, tokens), 0, tokens[place(share, tokens)] ?? ""),
  ),
  fc.tuple(at, at).map(
    ([one, other]): Break =>
      (tokens) => {
        const [first, second] = [place(one, tokens), place(other, tokens)];
        return tokens.with(first, tokens[second] ?? "").with(second, tokens[first] ?? "");
      },
  ),
  at.map(
    (share): Break =>
      (tokens) =>
        tokens.slice(0, place(share, tokens)),
  ),
  at.map(
    (share): Break =>
      (tokens) =>
        tokens.slice(place(share, tokens)),
  ),
  fc.tuple(at, fc.constantFrom(...garbage)).map(
    ([share, rubbish]): Break =>
      (tokens) =>
        tokens.toSpliced(place(share, tokens), 0, rubbish),
  ),
  fc.tuple(at, fc.string({ unit: "binary", maxLength: 6 })).map(
    ([share, rubbish]): Break =>
      (tokens) =>
        tokens.toSpliced(place(share, tokens), 1, rubbish),
  ),
);

/** Words, strings and punctuation, with the blanks between them. */
const tokensOf = (query: string): readonly string[] =>
  query.match(/"(?:[^"\\]|\\.)*"|[\w$@]+|\s+|./gsu) ?? [query];

const brokenQueries = (requests: fc.Arbitrary<GraphqlRequest>): fc.Arbitrary<Written> =>
  fc.tuple(requests, fc.array(breaks, { minLength: 1, maxLength: 3 })).map(([request, some]) => {
    const { query, variables } = write(request);
    const broken = some.reduce(
      (tokens, hurt) => (tokens.length > 0 ? hurt(tokens) : tokens),
      tokensOf(query),
    );
    return { query: broken.join(""), variables };
  });

const json = { "content-type": "application/json" };
const post = (body: Sent["body"], headers: Sent["headers"] = json): Sent => ({
  method: "POST",
  path: "/graphql",
  headers,
  ...(body !== undefined && { body }),
});

/** Bodies whose bytes were hurt on the way: invalid UTF-8, cut, or packed and then hurt. */
const hurtBodies = (written: fc.Arbitrary<Written>): fc.Arbitrary<Sent> =>
  fc
    .record({
      body: written.map((each) => Buffer.from(envelope(each, undefined))),
      pack: fc.constantFrom("none", "gzip", "br"),
      bytes: fc.array(fc.tuple(at, fc.nat({ max: 255 })), { maxLength: 3 }),
      cut: rarely(at, 3),
    })
    .map(({ body, pack, bytes, cut }) => {
      const packed = pack === "gzip" ? gzipSync(body) : pack === "br" ? brotliCompressSync(body) : body;
      for (const [share, byte] of bytes) packed[Math.floor(share * packed.length)] = byte;
      const sent = cut === undefined ? packed : packed.subarray(0, Math.floor(cut * packed.length));
      return post(sent, { ...json, ...(pack !== "none" && { "content-encoding": pack }) });
    });

const strangeHeaders = (written: fc.Arbitrary<Written>): fc.Arbitrary<Sent> =>
  fc
    .record({
      body: written.map((each) => envelope(each, undefined)),
      type: fc.constantFrom(...mediaTypes),
      encoding: rarely(fc.constantFrom(...encodings), 3),
      accept: rarely(fc.constantFrom(...accepts), 3),
    })
    .map(({ body, type, encoding, accept }) =>
      post(body, {
        "content-type": type,
        ...(encoding !== undefined && { "content-encoding": encoding }),
        ...(accept !== undefined && { accept }),
      }),
    );

/** Requests that are none: documents broken out of whole ones, and everything around a document. */
export function brokenOf(requests: fc.Arbitrary<GraphqlRequest>): fc.Arbitrary<Sent> {
  const broken = brokenQueries(requests);
  return fc.oneof(
    { weight: 12, arbitrary: broken.map((each) => post(envelope(each, undefined))) },
    { weight: 2, arbitrary: fc.constantFrom(...envelopes).map((body) => post(body)) },
    { weight: 3, arbitrary: hurtBodies(requests.map(write)) },
    { weight: 2, arbitrary: strangeHeaders(requests.map(write)) },
  );
}
