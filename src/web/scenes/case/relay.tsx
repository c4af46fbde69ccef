import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CaseView } from '../../../contract/shapes/case.ts'
import type { ActRelay, RelayOut } from '../../../contract/shapes/relay.ts'
import { sendJson } from '../../api/request.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { casePath } from './queries.ts'
import { RelayDrop } from './relay-drop.tsx'
import { RelaySend } from './relay-send.tsx'
import { RelaySends } from './relay-sends.tsx'
import { RelaySettle } from './relay-settle.tsx'
import { RELAYED, ROUTE } from './relay-words.ts'

/** One report to pass on: where to, what came of it, exactly what is sent, what is left out and why, and the acts with what follows. */
export function Relay({ of, relay, open }: { of: CaseView; relay: RelayOut; open: boolean }) {
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: ActRelay) => sendJson('POST', casePath(of.row.id, `/relay/${encodeURIComponent(relay.id)}/acts`), what),
    // The handle that came back is an alias of the flaw and stands in the timeline: all of the case is read again.
    onSettled: () => client.invalidateQueries({ queryKey: ['case', of.row.id] }),
  })
  const flaw = of.flaws.find(({ id }) => id === relay.flaw)
  return (
    <section className="stack letter" aria-label="The report">
      <div className="sh">
        <h2>To {ROUTE[relay.route][0]}</h2>
        <span className="s i3">{RELAYED[relay.state]}</span>
      </div>
      <dl className="kv">
        <dt>To</dt>
        <dd>
          <Inert className="mono" text={relay.to} />
        </dd>
        {of.flaws.length > 1 && flaw ? (
          <>
            <dt>Flaw</dt>
            <dd>
              <Inert text={flaw.title} />
            </dd>
          </>
        ) : null}
        <dt>Their handle</dt>
        <dd>
          {relay.handle === null ? (
            <span className="i3">none yet</span>
          ) : (
            <>
              <Inert className="mono" text={relay.handle} /> <CopyButton text={relay.handle} label="Copy" plain />
            </>
          )}
        </dd>
        <dt>Drafted</dt>
        <dd>
          <When at={relay.madeAt} full />
        </dd>
      </dl>
      <p className="s">
        <Inert text={relay.says} />
        {relay.retryAt ? (
          <>
            {' '}
            They ask not to be tried again before <When at={relay.retryAt} full />.
          </>
        ) : null}
      </p>
      {relay.lacks.length > 0 ? (
        <div className="note soon">
          <p>
            <b>A report that is worked on quickly has these.</b> This one has not:
          </p>
          <ul className="s dots">
            {relay.lacks.map((one) => (
              <li key={one}>
                <Inert text={one} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <RelaySends relay={relay} />
      <section className="stack tight" aria-label="What is left out">
        <h3>What is left out</h3>
        {relay.leftOut.length === 0 && relay.removed === 0 ? <p className="s">Nothing.</p> : null}
        <ul className="s dots" hidden={relay.leftOut.length === 0 && relay.removed === 0}>
          {relay.removed > 0 ? (
            <li>
              {count(relay.removed)} {relay.removed === 1 ? 'piece' : 'pieces'} of reporters’ personal data, cut from the words
              above
            </li>
          ) : null}
          {relay.leftOut.map(({ what, says }) => (
            <li key={`${what} ${says}`}>
              <b>
                <Inert text={what} />
              </b>
              : <Inert text={says} />
            </li>
          ))}
        </ul>
      </section>
      {relay.state === 'draft' || relay.state === 'not-sent' ? (
        <>
          <RelaySend relay={relay} open={open} busy={act.isPending} act={act.mutate} />
          <RelayDrop busy={act.isPending} act={act.mutate} />
        </>
      ) : null}
      {relay.state === 'unsure' ? <RelaySettle busy={act.isPending} act={act.mutate} /> : null}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </section>
  )
}
