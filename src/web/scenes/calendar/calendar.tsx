import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { GroupRow } from '../../parts/table/group-row.tsx'
import { clock, count, day, duration } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { calendarQuery } from '../case/queries.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { CalendarGauge } from './calendar-gauge.tsx'
import { daysOf } from './days.ts'
import { DueMark } from './due-mark.tsx'
import { WHAT } from './lanes.ts'

type Row = CalendarOut['rows'][number]

/** All ends of embargoes and all answers that are awaited, by day in UTC, with the reader's own time beside it. */
export function Calendar() {
  usePageTitle('Calendar')
  const { data, error } = useQuery(calendarQuery)
  const clockNow = useServerNow(30_000)
  if (error && !data) return <NotShown error={error} not="The calendar is not shown." />
  if (!data) return <Waiting rows={10} what="the calendar" />
  const now = clockNow.now ?? Date.parse(data.now)
  const days = daysOf(data.rows, now)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <div className="stack wide calendar">
      <div>
        <h1>Calendar</h1>
        <p className="i2 measure">
          {count(data.rows.length)} instants that Weir waits for. Days are days in UTC; in brackets stands your own clock,{' '}
          {zone.replaceAll('_', ' ')}.
        </p>
      </div>
      {data.rows.length === 0 ? (
        <Empty fact="Nothing is due.">
          <Link to="/cases">See the cases</Link>
        </Empty>
      ) : (
        <>
          <section
            className="sidescroll"
            aria-label="The next six weeks, drawn"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <CalendarGauge rows={data.rows} now={now} />
          </section>
          <table className="blocks calendartable">
            <caption className="vh">What is due, by day</caption>
            <thead>
              <tr>
                <th scope="col" className="w-time">
                  UTC
                </th>
                <th scope="col" className="w-what">
                  What
                </th>
                <th scope="col">Case</th>
                <th scope="col" className="num w-left">
                  Left
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((group) => (
                <Fragment key={group.name}>
                  <GroupRow name={group.name} columns={4}>
                    {count(group.rows.length)}
                  </GroupRow>
                  {group.rows.map((row, n) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: two of a case may fall on one instant
                    <DueRow key={`${row.case} ${row.at} ${n}`} row={row} now={now} />
                  ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  )
}

const LOCAL = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

function DueRow({ row, now }: { row: Row; now: number }) {
  const at = Date.parse(row.at)
  const late = at <= now
  return (
    <tr>
      <td>
        <time dateTime={row.at} className="b">
          {clock(at)}
        </time>{' '}
        <span className="xs i3">({LOCAL.format(at)})</span>
        {late ? <span className="second xs i3">{day(at)}</span> : null}
      </td>
      <td>
        <span className={`mark ${row.what === 'embargo-ends' ? 'emb' : ''}`}>
          <DueMark what={row.what} late={late} />
          {WHAT[row.what]}
        </span>
      </td>
      <td>
        <Link to="/cases/$id" params={{ id: row.case }} className="b">
          {row.title === null ? <span className="mono">{row.case}</span> : <Title text={row.title} />}
        </Link>
        <span className="second xs i3">
          <Inert text={row.says} />
        </span>
      </td>
      <td className="num">{late ? <span className="alarm b">{duration(now - at)} late</span> : duration(at - now)}</td>
    </tr>
  )
}
