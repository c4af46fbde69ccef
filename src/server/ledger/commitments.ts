import type { Database } from '../store/connection.ts'

/** A commitment of one interval, and where it stands. */
export interface Committed {
  readonly of:
    | 'receipt'
    | 'validation'
    | 'docket'
    | 'docket_anchor'
    | 'case_file'
    | 'case_entry'
    | 'scan_entry'
    | 'advisory_entry'
    | 'duty_entry'
  readonly id: string
  readonly commitment: Buffer
  readonly position: number
}

/**
 * What was committed in one interval, of receipts, of statements, of dockets and of cases alike, by position and id; only within `range` of positions
 * where one is given (its end excluded). The transaction must be allowed to read all of both.
 */
export async function committedIn(
  db: Database,
  interval: number,
  range: { readonly from: number; readonly to: number } = { from: 0, to: 1 << 24 },
): Promise<Committed[]> {
  const read = (of: Committed['of']) =>
    db
      .selectFrom(of)
      .select(['id', 'commitment', 'position'])
      .where('interval_index', '=', interval)
      .where('position', '>=', range.from)
      .where('position', '<', range.to)
      .execute()
  const rows = [
    ...(await read('receipt')).map((row) => ({ of: 'receipt' as const, ...row })),
    ...(await read('validation')).map((row) => ({ of: 'validation' as const, ...row })),
    ...(await read('docket')).map((row) => ({ of: 'docket' as const, ...row })),
    ...(await read('docket_anchor')).map((row) => ({ of: 'docket_anchor' as const, ...row })),
    ...(await read('scan_entry')).map((row) => ({ of: 'scan_entry' as const, ...row })),
    ...(await read('advisory_entry')).map((row) => ({ of: 'advisory_entry' as const, ...row })),
    ...(await read('duty_entry')).map((row) => ({ of: 'duty_entry' as const, ...row })),
    ...(await read('case_file')).map((row) => ({ of: 'case_file' as const, ...row })),
    ...(await read('case_entry')).map((row) => ({ of: 'case_entry' as const, ...row })),
  ]
  return rows
    .map(({ of, id, commitment, position }) => ({ of, id, commitment: commitment!, position: position! }))
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
