import type { FunnelOut } from '../../../contract/shapes/case.ts'

type Step = FunnelOut['steps'][number]['step']

export const STEP_WORDS: Readonly<Record<Step, string>> = {
  found: 'Flaws found',
  confirmed: 'Proved by running',
  'in-a-case': 'In a case',
  sent: 'Sent to a maintainer',
  accepted: 'Accepted as a flaw',
  fixed: 'Fix ready',
  public: 'Public',
  deployed: 'Fixed where people run it',
}

/** The funnel as CSV (RFC 4180); what is withheld is an empty field. */
export function funnelCsv({ steps }: FunnelOut): string {
  const rows = steps.map((one) => [
    one.step,
    one.flaws === null ? '' : String(one.flaws),
    one.medianHours === null ? '' : String(one.medianHours),
    one.held.map(({ why, flaws }) => `${flaws ?? ''} ${why}`.trim()).join('; '),
  ])
  return [['step', 'flaws', 'median_hours', 'held'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')
}

/** A field that a spreadsheet would take for a formula begins with an apostrophe. */
function quoted(field: string): string {
  const text = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
