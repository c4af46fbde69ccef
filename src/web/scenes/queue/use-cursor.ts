import { useState } from 'react'
import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { useKeys } from '../../parts/keys/keys.ts'
import { type RowCursor, useRowCursor } from '../../parts/keys/use-row-cursor.ts'

export interface Cursor extends RowCursor {
  readonly selected: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly chosen: readonly FlawRow[]
  readonly clear: () => void
}

interface Acts {
  readonly onOpen: (row: FlawRow) => void
  readonly onMerge: (rows: readonly FlawRow[]) => void
  readonly onEnd: () => void
}

/** The row under the cursor, and the selected ones. */
export function useCursor(rows: readonly FlawRow[], { onOpen, onMerge, onEnd }: Acts): Cursor {
  const cursor = useRowCursor(rows, onOpen, onEnd)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const chosen = rows.filter((row) => selected.has(row.id))
  const clear = () => setSelected(new Set())
  const toggle = (id: string) =>
    setSelected((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
  useKeys([
    { keys: 'x', say: 'Select the row under the cursor', run: () => cursor.at !== null && toggle(cursor.at) },
    { keys: 'm', say: 'Merge the two selected', run: () => chosen.length === 2 && onMerge(chosen) },
    { keys: 'Escape', say: 'Clear the selection', run: clear },
  ])
  return { ...cursor, selected, toggle, chosen, clear }
}
