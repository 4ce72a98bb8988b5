import { drawn } from "./draws.sql.js";

/** Shares of runs with a bug fix, and with a second one. */
const shares = [0.25, 0.05] as const;

/** Stores the bug fixes of `phases`, 0.3 per run; one was recorded at the end of the last phase that has ended. */
export function storedFixes(seed: number): string {
  const numbered = shares.map(
    (share, index) => `
      select id, run, ${index + 1} as number, max(ended_at) filter (where is_closed) as fixed_at
      from phases
      where ${drawn(seed, "run", "fixes")} < ${share}
      group by id, run`,
  );
  return `
    insert into ws_bug_fixes (id, ws_execution_id, description, root_cause, test_name, fix_summary, files_modified,
      autonomous, created_at)
    select md5('fix-${seed}-' || run || '-' || number)::uuid, id, 'The total was off by one row at a page edge',
      'The cursor compared times without the id', 'a page neither skips nor repeats a row',
      'Ties are broken by id', jsonb_build_array('src/module-' || run % 500 || '/page.ts'),
      ${drawn(seed, "run * 2 + number", "fix")} < 0.7, fixed_at
    from (${numbered.join(" union all ")}) as fixes
    where fixed_at is not null`;
}
