import { Fragment, useCallback, useEffect, useState } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { useRowCursor } from '../../parts/keys/use-row-cursor.ts'
import { GroupRow } from '../../parts/table/group-row.tsx'
import { count } from '../../parts/time/format.ts'
import { ActionOpen, type OpenPart } from './action-open.tsx'
import { ActionRow } from './action-row.tsx'
import { filterText, groupOf } from './words.ts'

const GROUPS = { open: null, deferred: 'Put off, with a reason and an end', settled: 'Settled' } as const
/** So many rows are drawn at first, and so many more each time they are asked for. */
const DRAWN = 200
const HEADS = ['Due', 'Do this', 'Where', 'Rule', ''] as const

/** What is to be done, due first, then what was put off, then what is settled. One row is open at a time, in place. */
export function ActionTable(props: { rows: readonly ActionOut[]; now: number | null; more: boolean; onEnd: () => void }) {
  const { rows, now, more, onEnd } = props
  const filter = useFilter('Filter by component, asset or CVE')
  const [open, setOpen] = useState<{ readonly id: string; readonly part: OpenPart } | null>(null)
  const fitting = rows.filter((row) => filter.fits(filterText(row)))
  const ordered = (['open', 'deferred', 'settled'] as const).flatMap((name) => fitting.filter((row) => groupOf(row) === name))
  const [most, setMost] = useState(DRAWN)
  const shown = ordered.slice(0, most)
  const groups = Map.groupBy(shown, groupOf)
  const grow = () => {
    if (shown.length < ordered.length) setMost(most + DRAWN)
    else if (more) {
      setMost(most + DRAWN)
      onEnd()
    }
  }
  const show = useCallback(
    (row: ActionOut, part: OpenPart) =>
      setOpen((was) => (was?.id === row.id && was.part === part ? null : { id: row.id, part })),
    [],
  )
  const { at, set } = useRowCursor(shown, (row) => show(row, 'do'), grow)
  const press = useCallback(
    (row: ActionOut, part: OpenPart) => {
      set(row.id)
      show(row, part)
    },
    [set, show],
  )
  // Who looks for something means the whole list, not the part of it that came so far.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each page that came, not whenever the caller is drawn again
  useEffect(() => {
    if (filter.active && more) onEnd()
  }, [filter.active, more, rows.length])
  const here = shown.find(({ id }) => id === at)
  const onHere = (part: OpenPart) => () => here && show(here, part)
  useKeys([
    { keys: 'y', say: 'Why this date', run: onHere('why') },
    { keys: 'd', say: 'Say what was done', run: onHere('done') },
    { keys: 'x', say: 'Defer, with a reason', run: onHere('defer') },
    { keys: 'Escape', say: 'Close what is open', run: () => setOpen(null) },
  ])
  const primary = shown.find(({ standing }) => standing === 'open')?.id
  return (
    <div className="stack tight">
      {rows.length > 8 ? filter.field : null}
      <table className="blocks actions">
        <caption className="vh">What to do, by due time</caption>
        <thead>
          <tr>
            {HEADS.map((head, n) => (
              <th key={head} scope="col" className={`a-${n}`}>
                {head === '' ? <span className="vh">Act</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...groups].map(([name, of]) => (
            <Fragment key={name}>
              {GROUPS[name] !== null ? (
                <GroupRow name={GROUPS[name]} columns={HEADS.length}>
                  {count(fitting.filter((row) => groupOf(row) === name).length)}
                </GroupRow>
              ) : null}
              {of.map((row) => {
                const part = open?.id === row.id ? open.part : null
                return (
                  <Fragment key={row.id}>
                    <ActionRow
                      action={row}
                      now={now}
                      cursor={row.id === at}
                      part={part}
                      primary={row.id === primary && row.do === 'triage'}
                      show={press}
                    />
                    {part === null ? null : (
                      <tr className="openrow">
                        <td colSpan={HEADS.length}>
                          <ActionOpen
                            action={row}
                            part={part}
                            now={now}
                            show={(next) => show(row, next)}
                            close={() => setOpen(null)}
                          />
                        </td>
                      </tr>
                    )}
                  </Fragment>
                )
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
      {filter.active && more ? (
        <p className="i2" role="status">
          The rest of the list is still being read.
        </p>
      ) : shown.length === 0 ? (
        <p className="i2">Nothing fits the filter.</p>
      ) : null}
      {shown.length < ordered.length || more ? (
        <p>
          <button type="button" className="btn" onClick={grow}>
            Show more
          </button>
        </p>
      ) : null}
    </div>
  )
}
