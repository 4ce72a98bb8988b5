import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { spoolFolder } from "../../client/client.js";
import { madeAt } from "../../client/spool/entry.js";
import { openSpool, spoolsIn } from "../../client/spool/spool.js";
import { minute } from "../../screen/figures.js";
import { harmless } from "../harmless.js";
import type { Settings } from "../settings.js";
import { readText, writeText } from "../state-file.js";
import { type Finding, fine, reasonOf, warning, wrong } from "./finding.js";

/** How many of the refused events are told one by one. */
const toldRefusals = 5;

/** Whether what is reported can be kept, and what waits. */
export async function diskChecks(settings: Settings): Promise<readonly Finding[]> {
  return [await stateFolder(settings), ...(await waiting(settings)), ...(await refused(settings))];
}

async function stateFolder({ stateFolder: folder }: Settings): Promise<Finding> {
  const file = join(folder, `.probe-${randomUUID()}`);
  try {
    await writeText(file, "");
    await rm(file);
    return fine("disk", `${folder} can be written`);
  } catch (error) {
    return wrong(
      "disk",
      `nothing can be kept (${reasonOf(error)}): set WSM_STATE_DIR to a folder that can be written.`,
    );
  }
}

const spoolOf = ({ stateFolder: folder, url, spoolMaxBytes }: Settings) =>
  openSpool(spoolFolder(join(folder, "spool"), url), url, spoolMaxBytes);

async function waiting(settings: Settings): Promise<readonly Finding[]> {
  const entries = await spoolOf(settings).entries();
  const [first] = entries;
  const others = (await spoolsIn(join(settings.stateFolder, "spool"))).filter(
    (spool) => spool.url !== settings.url && spool.waiting > 0,
  );
  const elsewhere = others.map((spool) =>
    warning(
      "waiting",
      `${spool.waiting} wait for ${spool.url}: \`WSM_URL=${spool.url} wsm sync\` delivers them.`,
    ),
  );
  if (first === undefined) return [fine("waiting", "nothing waits to be delivered"), ...elsewhere];
  const count = entries.reduce((sum, entry) => sum + entry.count, 0);
  const since = minute(madeAt(first).toISOString());
  return [warning("waiting", `${count} wait since ${since} UTC: \`wsm sync\` delivers them.`), ...elsewhere];
}

async function refused(settings: Settings): Promise<readonly Finding[]> {
  const files = await spoolOf(settings).refused();
  const told = await Promise.all(files.slice(0, toldRefusals).map(readText));
  const findings = told.map((text, index) => {
    const { reason } = JSON.parse(text ?? "{}") as { reason?: string }; // written by the spool
    return wrong(
      "refused",
      `${harmless(reason ?? "no reason is known")}: see ${files[index]}, and remove it when it is dealt with.`,
    );
  });
  const rest = files.length - toldRefusals;
  return rest > 0 ? [...findings, wrong("refused", `and ${rest} more`)] : findings;
}
