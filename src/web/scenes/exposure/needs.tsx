import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ActionList, ActionOut } from '../../../contract/shapes/exposure.ts'
import { problemOf } from '../../api/failure.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { NewsLine } from '../../parts/notice/news-line.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { ActionGauge } from './action-gauge.tsx'
import { ActionTable } from './action-table.tsx'
import { EdgeLine } from './edge-line.tsx'
import { MatchedLine } from './matched-line.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { fetchActions } from './queries.ts'
import { RecordsFold } from './records-fold.tsx'
import { SparedFold } from './spared-fold.tsx'
import { UpdatedFold } from './updated-fold.tsx'
import { useOwedNews } from './use-owed-news.ts'
import { sayNeeds } from './words.ts'

const AGAIN = 15_000

/** What to do, by due time: one row is one action that may settle several flaws. */
export function Needs() {
  const { query, rows } = usePaged<ActionOut, ActionList>(['actions'], fetchActions)
  const clock = useServerNow(30_000)
  const first = query.data?.pages[0]
  const news = useOwedNews(query.data?.pages ?? [], query.dataUpdatedAt)
  if (!first && isReading(query.error)) return <StillReading />
  if (!first && query.error) return <NotShown error={query.error} not="What needs you is not shown." />
  if (!first) return <Waiting rows={10} what="what needs you" />
  const now = clock.now
  const says = sayNeeds(first, nextDue(rows, now))
  return (
    <div className="stack">
      <div className="needshead">
        <p className="i2 needssays">
          {says.late === null ? null : <b className="alarm">{says.late} </b>}
          {first.inventories === 0
            ? 'Nothing is known of what you run.'
            : rows.length === 0 && !first.reading
              ? 'Nothing needs you.'
              : says.rest}
        </p>
        <MatchedLine of={first} now={now} />
      </div>
      <div className="newsover">
        <NewsLine news={news ? 'What needs you has changed since it was read.' : null} onShow={() => void query.refetch()} />
      </div>
      {query.error ? (
        <FailureNote error={query.error} not="Not read again." safe="What stands here is as it was read last." />
      ) : null}
      {first.reading || (first.inventories > 0 && first.matchedAt === null) ? <StillReading /> : null}
      {first.inventories === 0 ? (
        <NothingYet />
      ) : rows.length === 0 ? (
        first.reading || first.matchedAt === null ? null : (
          <p className="s i2 measure">
            No known flaw is open in what your inventories name. That holds for the records that were read, and for what could
            be matched:{' '}
            <Link to="/exposure/$part" params={{ part: 'inventories' }}>
              see what could not
            </Link>
            .
          </p>
        )
      ) : (
        <>
          {now === null ? null : <ActionGauge rows={rows} now={now} more={query.hasNextPage} />}
          <ActionTable
            rows={rows}
            now={clock.fresh ? now : null}
            more={query.hasNextPage}
            onEnd={() => query.hasNextPage && !query.isFetching && void query.fetchNextPage()}
          />
        </>
      )}
      {first.inventories === 0 ? null : <UpdatedFold />}
      <SparedFold held={first.held} />
      <EdgeLine />
      <RecordsFold />
    </div>
  )
}

/** When the first of what is not yet late is due. */
function nextDue(rows: readonly ActionOut[], now: number | null): string | null {
  return rows.find(({ standing, due }) => standing === 'open' && due !== null && Date.parse(due) > (now ?? 0))?.due ?? null
}

/** After a start the records are read first; until then there is no answer, which is no empty one. */
function isReading(error: unknown): boolean {
  const code = problemOf(error)?.code
  return code === 'exposure.reading' || code === 'server.starting'
}

function StillReading() {
  const client = useQueryClient()
  useEffect(() => {
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ['actions'] }), AGAIN)
    return () => clearInterval(timer)
  }, [client])
  return (
    <p className="note" role="status">
      Records of flaws are still being read. What needs you stands here as soon as they are; this page looks again by itself.
    </p>
  )
}
