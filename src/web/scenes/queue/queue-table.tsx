import { Fragment } from 'react'
import { usePreference } from '../../parts/preference.ts'
import { GroupRow } from '../../parts/table/group-row.tsx'
import { count } from '../../parts/time/format.ts'
import { useWide } from '../../parts/wide.ts'
import type { Group } from './grouped.ts'
import { NEED_WORD } from './needs.ts'
import { QueueRow } from './queue-row.tsx'
import type { QueueSearch, Sort } from './queue-search.ts'
import { SortHead } from './sort-head.tsx'
import type { Cursor } from './use-cursor.ts'

interface QueueTableProps {
  readonly groups: readonly Group[]
  readonly search: QueueSearch
  /** More rows than these are known, so that a group's count is of those shown. */
  readonly more: boolean
  readonly cursor: Cursor
  /** null where the order is the answer's own. */
  readonly onChange: ((next: Partial<Record<keyof QueueSearch, string | undefined>>) => void) | null
}

/** The dense table. Columns that only a wide window has room for come and go by its width, not by data. */
export function QueueTable({ groups, search, more, cursor, onChange }: QueueTableProps) {
  const density = usePreference('density')
  const { sort = 'priority', order = 'desc' } = search
  const anyRun = groups.some((group) => group.rows.some((row) => row.proof !== 'not-run'))
  const sortBy = (next: Sort) =>
    onChange?.({ sort: next === 'priority' ? undefined : next, order: next === sort && order === 'desc' ? 'asc' : undefined })
  const head = { sort, order, onSort: onChange === null ? null : sortBy }
  const wide = useWide(1600)
  const columns = 7 + (anyRun ? 1 : 0) + (wide ? 2 : 0)
  return (
    <table className={`blocks q ${density}`}>
      <caption className="vh">Flaws by what they need</caption>
      <thead>
        <tr>
          <SortHead {...head} by="priority" className="c-priority">
            Priority
          </SortHead>
          <th scope="col">Flaw and package</th>
          <th scope="col" className="c-need">
            What it needs
          </th>
          {anyRun ? (
            <th scope="col" className="c-proof">
              Proof
            </th>
          ) : null}
          {wide ? (
            <th scope="col" className="c-weakness">
              Weakness
            </th>
          ) : null}
          <SortHead {...head} by="severity" className="c-severity">
            Finder says
          </SortHead>
          <SortHead {...head} by="findings" className="num c-n c-findings">
            Findings
          </SortHead>
          <SortHead {...head} by="finders" className="num c-n">
            Finders
          </SortHead>
          {wide ? (
            <SortHead {...head} by="first" className="num c-first">
              First finding
            </SortHead>
          ) : null}
          <SortHead {...head} by="last" className="num c-last">
            Last finding
          </SortHead>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group.need ?? 'all'}>
            {group.need ? (
              <GroupRow name={NEED_WORD[group.need]} columns={columns}>
                {count(group.rows.length)}
                {more ? ' of those shown' : ''}
              </GroupRow>
            ) : null}
            {group.rows.map((row) => (
              <QueueRow key={row.id} row={row} proof={anyRun} wide={wide} cursor={cursor} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
