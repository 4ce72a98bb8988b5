import postgres from "postgres";

async function administer(server: string, statement: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** Creates a database as a copy of `template`, which nobody may be connected to. */
export function createDatabase(server: string, name: string, template: string): Promise<void> {
  return administer(server, `create database ${name} template ${template} encoding 'UTF8'`);
}

/** Drops a database, whoever is still connected. */
export function dropDatabase(server: string, name: string): Promise<void> {
  return administer(server, `drop database if exists ${name} with (force)`);
}

/** The URL of another database on the same server. */
export function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
