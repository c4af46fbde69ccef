import type { TimelineLine } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { When } from '../../parts/time/when.tsx'
import { fetchTimeline } from './queries.ts'

/** What happened, the newest first, as far as the asker may know. */
export function CaseTimeline({ id }: { id: string }) {
  const { query, rows } = usePaged(['case', id, 'timeline'], (cursor, signal) => fetchTimeline(id, cursor, signal))
  return (
    <section className="timeline" aria-labelledby="timeline-head">
      <h2 id="timeline-head">Timeline</h2>
      {query.error && !query.data ? <FailureNote error={query.error} not="The timeline is not shown." /> : null}
      {query.isPending ? <Waiting rows={6} what="the timeline" /> : null}
      {query.data && rows.length === 0 ? <p className="s i2">Nothing happened yet that you may know of.</p> : null}
      <ol>
        {rows.map((line, n) => (
          <Line key={`${line.version} ${line.at} ${line.says}`} line={line} newest={n === 0} />
        ))}
      </ol>
      <MoreRows of={query} say="Earlier" small />
    </section>
  )
}

function Line({ line, newest }: { line: TimelineLine; newest: boolean }) {
  return (
    <li className={line.kind === 'embargo' ? 'emb-line' : newest ? 'newest' : ''}>
      <span className="xs i3">
        <When at={line.at} />, <Inert text={line.who} />
      </span>
      <span className="second">
        <Inert text={line.says} />
      </span>
    </li>
  )
}
