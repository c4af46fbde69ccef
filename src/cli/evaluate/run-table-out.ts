import type { AttemptResult } from '../../contract/attempts.ts'

const HEADER = ['model', 'task_id', 'task_family', 'score', 'total_tokens', 'attempt', 'reason', 'human_minutes']

/** Results as a run table (CSV, RFC 4180): one row an attempt, an empty score where it is missing. */
export function runTableOf(model: string, results: Iterable<AttemptResult>, minutes: ReadonlyMap<string, number>): string {
  const rows = [HEADER]
  for (const { task, family, score, tokensIn, tokensOut, attempt, reason } of results) {
    const cells = [model, task, family, score ?? '', tokensIn + tokensOut, attempt, reason, minutes.get(task) ?? '']
    rows.push(cells.map((cell) => quoted(String(cell))))
  }
  return `${rows.map((row) => row.join(',')).join('\n')}\n`
}

function quoted(cell: string): string {
  return /[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
