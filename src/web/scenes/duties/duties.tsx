import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { DutyGauge } from './duty-gauge.tsx'
import { DutyHistory } from './duty-history.tsx'
import { DutyTable } from './duty-table.tsx'
import { OwnDuties } from './own-duties.tsx'
import { dutiesQuery, ownDutiesQuery } from './queries.ts'
import { SayDuty } from './say-duty.tsx'
import { Sources } from './sources.tsx'
import { headline } from './words.ts'

/** Who must do what by when under the order and the directive, for everyone; beside it what one's organisation set itself. */
export function Duties() {
  usePageTitle('Duties')
  const { data: me, isPending } = useQuery(meQuery)
  const keeps = me?.roles.some((role) => role === 'operator' || role === 'coordinator') ?? false
  const says = me?.roles.includes('coordinator') ?? false
  const { data, error } = useQuery(dutiesQuery)
  const own = useQuery({ ...ownDutiesQuery, enabled: keeps })
  const clock = useServerNow(60_000)
  if (error && !data) return <FailureNote error={error} not="The duties are not shown." />
  // Who asks is known first: before that the frame shows nothing, and what is unseen cannot be scrolled.
  if (!data || isPending || (keeps && own.isPending)) return <Waiting rows={10} what="the duties" />
  const now = clock.now ?? Date.parse(data.asOf)
  return (
    <div className="public stack wide">
      <div className="stack tight">
        <h1 className="big">{headline(data)}</h1>
        <p className="i2 measure">
          Executive Order 14409 and the directive BOD 26-04 oblige offices to do things by dates: here stand who, what, by when,
          what was said of it, and what nobody outside could find out. <b>Late</b> means that the date has passed and no report
          stands here; it does not say that nothing was done.
        </p>
        <p className="s i2 measure">
          {data.calendar} As of {fullInstant(Date.parse(data.asOf))}. As files: <a href="/v1/feed/duties.json">JSON</a>,{' '}
          <a href="/v1/feed/duties.csv">CSV</a>, <a href="/v1/feed/duties.ics">calendar</a>.
        </p>
      </div>
      <section
        ref={atItsEnd}
        className="sidescroll"
        aria-label="The dates, drawn"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <DutyGauge rows={data.rows} own={own.data?.rows ?? []} now={now} />
      </section>
      {own.error && !own.data ? <FailureNote error={own.error} not="Your organisation’s own duties are not shown." /> : null}
      {own.data ? <OwnDuties list={own.data} now={now} /> : null}
      <section className="stack tight" aria-labelledby="public-duties">
        <h2 id="public-duties" className="serif">
          Of the order and the directive
        </h2>
        <DutyTable
          caption="Duties of the order and the directive"
          rows={data.rows}
          now={now}
          more={(duty) => (
            <>
              {duty.version > 0 ? <DutyHistory duty={duty.id} /> : null}
              {says ? <SayDuty duty={duty} /> : null}
            </>
          )}
        />
        <Sources list={data} />
      </section>
    </div>
  )
}

// Where the drawing is wider than the window, what is now and to come is seen first. One function for all renders: it scrolls once.
function atItsEnd(node: HTMLElement | null): void {
  if (node !== null) node.scrollLeft = node.scrollWidth
}
