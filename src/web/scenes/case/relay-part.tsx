import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import type { RelayOut } from '../../../contract/shapes/relay.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { relayQuery } from './queries.ts'
import { Relay } from './relay.tsx'
import { RelayForm } from './relay-form.tsx'
import { RELAYED, ROUTE } from './relay-words.ts'

/** What of the case is passed on to other coordinators or to maintainers' own forms: the list at the left, the one that is read at the right. */
export function RelayPart({ of }: { of: CaseView }) {
  const { data, error } = useQuery(relayQuery(of.row.id))
  const { hash } = useLocation()
  const [drafting, setDrafting] = useState(false)
  if (error && !data) return <FailureNote error={error} not="What was passed on is not shown." />
  if (!data) return <Waiting rows={8} what="what was passed on" />
  const shown = data.rows.find(({ id }) => id === hash) ?? data.rows[0]
  return (
    <div className="letterdesk">
      <section className="stack tight" aria-label="All that was passed on">
        <p className="s i3">One flaw at a time, to one place. Weir writes drafts; a person sends them.</p>
        <p>
          <button type="button" className="btn small" aria-expanded={drafting} onClick={() => setDrafting(!drafting)}>
            Draft a report to pass on
          </button>
        </p>
        {drafting ? <RelayForm of={of} open={data.open} done={() => setDrafting(false)} /> : null}
        <ul hidden={data.rows.length === 0}>
          {data.rows.map((one) => (
            <RelayLine key={one.id} id={of.row.id} relay={one} here={one.id === shown?.id} />
          ))}
        </ul>
      </section>
      {shown ? (
        <Relay key={`${shown.id} ${shown.state}`} of={of} relay={shown} open={data.open.includes(shown.route)} />
      ) : (
        <Empty fact="Nothing of this case was passed on yet.">
          A draft shows what would be sent and what is left out, before anything leaves.
        </Empty>
      )}
    </div>
  )
}

function RelayLine({ id, relay, here }: { id: string; relay: RelayOut; here: boolean }) {
  return (
    <li className={`letterline ${here ? 'here' : ''}`}>
      <Link
        to="/cases/$id/$part"
        params={{ id, part: 'relay' }}
        hash={relay.id}
        className="quiet"
        {...(here ? { 'aria-current': true as const } : {})}
      >
        <b>To {ROUTE[relay.route][0]}</b>
        <span className="second xs i3">
          <span className={`lettermark ${relay.state === 'unsure' || relay.state === 'not-sent' ? 'soon' : ''}`}>
            {RELAYED[relay.state]}
          </span>
          <Inert text={relay.handle ?? relay.to} />
        </span>
      </Link>
    </li>
  )
}
