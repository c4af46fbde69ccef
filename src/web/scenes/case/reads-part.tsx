import type { CaseView } from '../../../contract/shapes/case.ts'
import type { CaseReadOut } from '../../../contract/shapes/case-reads.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { When } from '../../parts/time/when.tsx'
import { fetchReads } from './queries.ts'

const WHAT = {
  page: 'The case',
  papers: 'Messages and the list of files',
  paper: 'File',
  patch: 'Patch',
  reproducer: 'Reproducer',
  advisory: 'Draft of the advisory',
} as const

/** Who read what of the case, the newest first: a coordinator sees all of it, a participant what its own people read. */
export function ReadsPart({ of }: { of: CaseView }) {
  const { id } = of.row
  const { query, rows } = usePaged(['case', id, 'reads'], (cursor, signal) => fetchReads(id, cursor, signal))
  if (query.error && !query.data) return <FailureNote error={query.error} not="Who read what is not shown." />
  if (!query.data) return <Waiting rows={6} what="who read what" />
  return (
    <div className="stack wide">
      <p className="s i2">
        {of.coordinator.you
          ? 'What was read of this case, by everybody. A page that stays open counts once in ten minutes.'
          : 'What your organisation read of this case. The coordinator sees this too; other participants do not.'}
      </p>
      {rows.length === 0 ? <p>Nothing was read yet.</p> : <Reads rows={rows} />}
      <MoreRows of={query} say="Earlier" small />
    </div>
  )
}

function Reads({ rows }: { rows: readonly CaseReadOut[] }) {
  return (
    <table className="blocks">
      <caption className="vh">Who read what</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">For</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ number, at, who, party, what, thing, title }) => (
          <tr key={number}>
            <th scope="row">
              <When at={at} />
            </th>
            <td>
              <Inert text={who} />
            </td>
            <td>{party === null ? '' : <Inert text={party} />}</td>
            <td>
              {WHAT[what]}
              {title !== null || thing !== null ? (
                <span className="second xs i3">
                  <Inert text={title ?? thing ?? ''} />
                </span>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
