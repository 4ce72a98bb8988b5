import { randomUUID } from "node:crypto";
import type { TestProject } from "vitest/node";
import { connectPostgres } from "../../../src/store/engine/connect.js";
import { migrate } from "../../../src/store/migration/migrations.js";
import { findPostgresBinaries, givenServer } from "./postgres.binaries.js";
import { type Cluster, startCluster } from "./postgres.cluster.js";
import { createDatabase, dropDatabase, urlOf } from "./postgres.databases.js";

const options = { poolSize: 1, statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 };

async function findServer(): Promise<Cluster & { readonly kind: string }> {
  if (givenServer !== undefined) return { url: givenServer, kind: "TEST_DATABASE_URL", stop: async () => {} };
  const binaries = findPostgresBinaries();
  if (binaries === undefined)
    throw new Error("PostgreSQL: no server programs here and TEST_DATABASE_URL is not set.");
  return { ...(await startCluster(binaries)), kind: "temporary cluster" };
}

/** Migrates one template database that each test file copies, on a cluster of this run's own unless one is given. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await findServer();
  const template = `ws_metrics_template_${randomUUID().replaceAll("-", "")}`;
  try {
    await createDatabase(server.url, template, "template0");
    const store = await connectPostgres(urlOf(server.url, template), options);
    await migrate(store.database, () => {});
    await store.close();
    const version = `${store.engine} (${server.kind})`;
    project.provide("database", { engine: "postgres", version, server: server.url, template });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
}
