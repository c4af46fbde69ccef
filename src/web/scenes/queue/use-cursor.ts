import { useEffect, useState } from 'react'
import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { useKeys } from '../../parts/keys/keys.ts'

export interface Cursor {
  readonly at: string | null
  readonly set: (id: string) => void
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

/** The row under the cursor and the selected ones, moved by J and K. The cursor follows its flaw, not its place. */
export function useCursor(rows: readonly FlawRow[], { onOpen, onMerge, onEnd }: Acts): Cursor {
  const [kept, setKept] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const index = Math.max(
    0,
    rows.findIndex((row) => row.id === kept),
  )
  const at = rows[index]?.id ?? null
  const chosen = rows.filter((row) => selected.has(row.id))
  const clear = () => setSelected(new Set())
  const toggle = (id: string) =>
    setSelected((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
  const move = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index + by))
    if (rows[next]) setKept(rows[next].id)
    if (next >= rows.length - 5) onEnd()
  }
  useEffect(() => {
    if (kept !== null) document.querySelector(`[data-row="${CSS.escape(kept)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [kept])
  useKeys([
    { keys: 'j', say: 'Next row', run: () => move(1) },
    { keys: 'k', say: 'Row before', run: () => move(-1) },
    { keys: 'Enter', say: 'Open the row under the cursor', run: () => rows[index] && onOpen(rows[index]) },
    { keys: 'x', say: 'Select the row under the cursor', run: () => at !== null && toggle(at) },
    { keys: 'm', say: 'Merge the two selected', run: () => chosen.length === 2 && onMerge(chosen) },
    { keys: 'Escape', say: 'Clear the selection', run: clear },
  ])
  return { at, set: setKept, selected, toggle, chosen, clear }
}
