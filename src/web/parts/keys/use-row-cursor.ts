import { useEffect, useState } from 'react'
import { useKeys } from './keys.ts'

export interface RowCursor {
  /** The id of the row under the cursor; null where there is no row. */
  readonly at: string | null
  readonly set: (id: string) => void
}

interface Row {
  readonly id: string
}

/**
 * The row that J and K move and Enter opens. The cursor follows its row, not its place; where its row is gone it stands at the
 * first. `onEnd` is called near the last row.
 */
export function useRowCursor<R extends Row>(rows: readonly R[], onOpen: (row: R) => void, onEnd?: () => void): RowCursor {
  const [kept, setKept] = useState<string | null>(null)
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === kept),
  )
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + by))
    if (rows[next]) setKept(rows[next].id)
    if (next >= rows.length - 5) onEnd?.()
  }
  useEffect(() => {
    if (kept !== null) document.querySelector(`[data-row="${CSS.escape(kept)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [kept])
  useKeys([
    { keys: 'j', say: 'Next row', run: () => move(1) },
    { keys: 'k', say: 'Row before', run: () => move(-1) },
    { keys: 'Enter', say: 'Open the row under the cursor', run: () => rows[index] && onOpen(rows[index]) },
  ])
  return { at: rows[index]?.id ?? null, set: setKept }
}
