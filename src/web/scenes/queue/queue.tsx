import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { FlawRow } from '../../../contract/shapes/flaw.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Cap } from '../../parts/keys/cap.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { grouped } from './grouped.ts'
import { MergeTwo } from './merge-two.tsx'
import { QueueNews } from './news-line.tsx'
import { QueueEmpty } from './queue-empty.tsx'
import { QueueFilters } from './queue-filters.tsx'
import type { QueueSearch } from './queue-search.ts'
import { QueueTable } from './queue-table.tsx'
import { QueueTabs } from './queue-tabs.tsx'
import { useCursor } from './use-cursor.ts'
import { useQueue } from './use-queue.ts'

/** The coordinator's first screen: what needs me now, by what it needs. */
export function Queue() {
  usePageTitle('Queue')
  const search = useSearch({ from: '/queue' })
  const navigate = useNavigate({ from: '/queue' })
  const { query, rows, tabs } = useQueue(search)
  const [merging, setMerging] = useState<readonly FlawRow[] | null>(null)
  const groups = grouped(rows, search.group !== 'none')
  const order = groups.flatMap((group) => group.rows)
  const change = (next: Partial<Record<keyof QueueSearch, string | undefined>>) => {
    const merged = Object.fromEntries(Object.entries({ ...search, ...next }).filter(([, value]) => value !== undefined))
    void navigate({ search: merged as QueueSearch, replace: true })
  }
  const cursor = useCursor(order, {
    onOpen: (row) => void navigate({ to: '/flaws/$id', params: { id: row.id } }),
    onMerge: setMerging,
    onEnd: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
  })
  if (query.error && !query.data) {
    return <NotShown error={query.error} not="The queue is not shown." />
  }
  return (
    <div className="queue">
      <div className="row between top wrap">
        <div>
          <h1>Queue</h1>
          <p className="i2 m0">
            {tabs
              ? `${count(tabs.needsMe)} ${tabs.needsMe === 1 ? 'needs' : 'need'} you. ${count(tabs.waiting)} ${tabs.waiting === 1 ? 'waits' : 'wait'} on someone else.`
              : 'Counting.'}
          </p>
        </div>
        <QueueFilters search={search} onChange={change} />
      </div>
      <QueueTabs search={search} tabs={tabs} />
      <QueueNews onShow={() => void query.refetch()} />
      <SelectionLine chosen={cursor.chosen} onMerge={() => setMerging(cursor.chosen)} onClear={cursor.clear} />
      {query.isPending ? (
        <Waiting rows={10} what="the queue" />
      ) : order.length === 0 ? (
        <QueueEmpty search={search} />
      ) : (
        <div className={query.isPlaceholderData ? 'stale' : ''}>
          <QueueTable groups={groups} search={search} more={query.hasNextPage} cursor={cursor} onChange={change} />
        </div>
      )}
      {query.hasNextPage ? (
        <p className="morerow">
          <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show the next 200
          </button>
          <span className="s i3">{count(order.length)} shown</span>
        </p>
      ) : null}
      <MergeTwo rows={merging} onClose={() => setMerging(null)} onDone={cursor.clear} />
    </div>
  )
}

function SelectionLine({ chosen, onMerge, onClear }: { chosen: readonly FlawRow[]; onMerge: () => void; onClear: () => void }) {
  if (chosen.length === 0) return null
  return (
    <div className="row wrap s selection" role="status">
      <b>{chosen.length} selected</b>
      <button type="button" className="btn small" disabled={chosen.length !== 2} onClick={onMerge}>
        Merge two <Cap>M</Cap>
      </button>
      <button type="button" className="btn small plain" onClick={onClear}>
        Clear
      </button>
      {chosen.length === 2 ? null : <span className="i3">A merge takes two at a time.</span>}
    </div>
  )
}
