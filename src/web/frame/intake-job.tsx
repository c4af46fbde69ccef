import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { IntakeProgress } from '../../contract/shapes/public.ts'
import { visibleText } from '../parts/inert/visible-text.ts'
import { count, duration } from '../parts/time/format.ts'

type Job = IntakeProgress & { readonly heardAt: number }

/** One upload: bar, count of count, rate, time left; after 30 s of silence it says so instead. */
export function IntakeJob({ job }: { job: Job }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const { read, grouped, total, stage } = job
  const silent = (stage === 'reading' || stage === 'grouping') && now - job.heardAt > 30_000
  const done = stage === 'grouping' ? grouped : read
  const of = stage === 'grouping' ? read : total
  const share = stage === 'done' ? 1 : of ? Math.min(1, done / of) : null
  return (
    <span className="row">
      <Link className="quiet" to="/reports/$id" params={{ id: job.report }}>
        {visibleText(job.name ?? 'Report', 40)} from {visibleText(job.finder, 40)}
      </Link>
      {share === null ? null : (
        <span className="progress" role="img" aria-label={`${Math.floor(share * 100)} percent`}>
          <i style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span>{silent ? `no news for ${duration(now - job.heardAt)}` : words(job, done, of)}</span>
    </span>
  )
}

function words({ stage, read, grouped, perSecond }: Job, done: number, of: number | null): string {
  if (stage === 'done') return `${count(read)} read, ${count(grouped)} grouped`
  if (stage === 'cut') return `cut off after ${count(read)}; what was read is kept, send the rest with the same key`
  const verb = stage === 'grouping' ? 'grouped' : 'read'
  const left = of !== null && perSecond > 0 ? `, about ${duration(((of - done) / perSecond) * 1000)} left` : ''
  return `${count(done)}${of === null ? '' : ` of ${count(of)}`} ${verb}, ${count(Math.round(perSecond))} a second${left}`
}
