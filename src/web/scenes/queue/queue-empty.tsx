import { Link } from '@tanstack/react-router'
import { Empty } from '../../parts/notice/empty.tsx'
import type { QueueSearch } from './queue-search.ts'

/** One fact and one act. */
export function QueueEmpty({ search }: { search: QueueSearch }) {
  const { tab = 'needs-me', q, priority, need } = search
  if (q || priority || need) {
    return (
      <Empty fact="Nothing in this view fits the filter.">
        <Link to="/queue" search={tab === 'needs-me' ? {} : { tab }}>
          Drop the filter
        </Link>
      </Empty>
    )
  }
  if (tab === 'needs-me') {
    return (
      <Empty fact="Nothing needs you.">
        <Link to="/queue" search={{ tab: 'everything' }}>
          See every flaw
        </Link>
      </Empty>
    )
  }
  return (
    <Empty fact={tab === 'waiting' ? 'Nothing waits on someone else.' : 'No flaw is known here yet.'}>
      <Link to="/report">Send a report</Link>
    </Empty>
  )
}
