import { useState } from 'react'
import type { ActionList, ActionOut } from '../../../contract/shapes/exposure.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { fetchUpdated } from './queries.ts'
import { ReopenForm } from './reopen-form.tsx'
import { listed, sayAction } from './words.ts'

/** What is updated already, read only when asked for; each can be opened again. */
export function UpdatedFold() {
  const [open, setOpen] = useState(false)
  return (
    <details className="fold updated" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What is updated already</summary>
      {open ? <UpdatedList /> : null}
    </details>
  )
}

function UpdatedList() {
  const { query, rows } = usePaged<ActionOut, ActionList>(['actions', 'updated'], fetchUpdated)
  if (!query.data && query.error) return <FailureNote error={query.error} not="What is updated is not shown." />
  if (!query.data) return <Waiting rows={3} what="what is updated" />
  if (rows.length === 0) return <p className="s i2">Nothing yet.</p>
  return (
    <>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <details className="fold">
              <summary>
                <Inert text={sayAction(row)} className="b" />{' '}
                <span className="i2">
                  {row.flaws.length === 1 ? 'one flaw' : `${count(row.flaws.length)} flaws`}, on{' '}
                  <Inert
                    text={listed(
                      row.assets.map(({ asset }) => asset),
                      3,
                    )}
                  />
                </span>
              </summary>
              <ReopenForm action={row} done={() => undefined} />
            </details>
          </li>
        ))}
      </ul>
      <MoreRows of={query} say="Show more" />
    </>
  )
}
