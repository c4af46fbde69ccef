import { useState } from 'react'
import type { ActionList, ActionOut } from '../../../contract/shapes/exposure.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { fetchSpared } from './queries.ts'
import { ReopenForm } from './reopen-form.tsx'
import { StatementList } from './statement-list.tsx'
import { filterText, listed, shortName } from './words.ts'

/** How much is held not affected, by whose word; read only when asked for, each can be opened again. */
export function SparedFold({ held }: { held: number }) {
  const [open, setOpen] = useState(false)
  if (held === 0) return null
  return (
    <details className="fold spared" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{count(held)} held not affected by a statement</summary>
      {open ? <SparedList /> : null}
    </details>
  )
}

function SparedList() {
  const { query, rows } = usePaged<ActionOut, ActionList>(['actions', 'spared'], fetchSpared)
  const filter = useFilter('Filter by component, asset or CVE')
  if (!query.data && query.error) return <FailureNote error={query.error} not="What is held not affected is not shown." />
  if (!query.data) return <Waiting rows={3} what="what is held not affected" />
  const shown = rows.filter((row) => filter.fits(`${filterText(row)} ${row.flaws.flatMap(authors).join(' ')}`))
  return (
    <div className="stack tight">
      {rows.length > 8 ? filter.field : null}
      <ul>
        {shown.map((row) => (
          <li key={row.id}>
            <details className="fold">
              <summary>
                <Inert text={`${shortName(row.component)} ${listed(row.from, 3)}`} className="b" />{' '}
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
              <div className="stack tight">
                {row.flaws.map((flaw) => (
                  <div key={flaw.id} className="stack tight">
                    <p className="mono s b">
                      <Inert text={flaw.id} />
                    </p>
                    <StatementList of={flaw.statements} />
                  </div>
                ))}
                <ReopenForm action={row} done={() => undefined} />
              </div>
            </details>
          </li>
        ))}
      </ul>
      {rows.length > 0 && shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
      <MoreRows of={query} say="Show more" />
    </div>
  )
}

const authors = ({ statements }: ActionOut['flaws'][number]): string[] => statements.map(({ author }) => author)
