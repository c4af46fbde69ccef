import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { duration, fullInstant, localTime } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { EmbargoBand } from './embargo-band.tsx'
import { useCaseAct } from './use-case-act.ts'
import { KIND, policyWords } from './words.ts'

/** The invitation: terms and dates, and nothing of the content, until the asker's party accepts. Two answers of equal weight. */
export function Invitation({ of }: { of: CaseView }) {
  usePageTitle('Invitation to a case')
  const act = useCaseAct(of)
  const clock = useServerNow()
  const [read, setRead] = useState(false)
  const asked = of.invitation
  const terms = of.embargo.terms
  const offered = of.embargo.open[0] ?? null
  const endsAt = terms ? terms.endsAt : (offered?.endsAt ?? null)
  const answerBy = asked?.respondBy ? Date.parse(asked.respondBy) : null
  const now = clock.now ?? Date.parse(of.now)
  const why = terms ? terms.why : (offered?.why ?? [])
  return (
    <div className="stack wide invitation">
      <EmbargoBand of={of} bare />
      <header>
        <h1>
          <Inert text={of.coordinator.name} /> invites you to a case
        </h1>
        <p className="i2">
          You are asked as {asked ? KIND[asked.kind].toLowerCase() : 'a party'}. What the case is about is shown once you accept
          its terms; nothing of it is on this page.
        </p>
        {of.row.target ? (
          <p>
            It concerns <Inert className="mono" text={of.row.target} breaks />.
          </p>
        ) : null}
      </header>
      <section className="stack tight" aria-labelledby="terms-head">
        <h2 id="terms-head">The terms</h2>
        <dl className="kv termlist">
          <dt>Keep it secret until</dt>
          <dd>
            {endsAt ? (
              <>
                <b>{fullInstant(Date.parse(endsAt))}</b> {localTime(Date.parse(endsAt))}, {duration(Date.parse(endsAt) - now)}{' '}
                from now
              </>
            ) : terms || offered ? (
              'No date: it ends by consent, or at once when the flaw or an exploit becomes public'
            ) : (
              'There is no embargo'
            )}
          </dd>
          {terms || offered ? (
            <>
              <dt>By</dt>
              <dd>
                <Inert text={policyWords((terms ?? offered)!.policy)} />, proposed by <Inert text={(terms ?? offered)!.by} />
                {terms ? `, version ${terms.version}` : ', not agreed yet'}
              </dd>
            </>
          ) : null}
          {of.row.flaws > 0 ? (
            <>
              <dt>About</dt>
              <dd>
                {of.row.flaws} {of.row.flaws === 1 ? 'flaw' : 'flaws'}
              </dd>
            </>
          ) : null}
          <dt>Answer by</dt>
          <dd>
            {answerBy === null
              ? 'no date'
              : `${fullInstant(answerBy)}, ${answerBy > now ? `${duration(answerBy - now)} left` : 'past'}`}
          </dd>
        </dl>
        <ul className="s dots i2 measure">
          {why.map((line) => (
            <li key={line}>
              <Inert text={line} />
            </li>
          ))}
        </ul>
      </section>
      <div className="two">
        <section className="subpanel stack tight">
          <h2>If you accept</h2>
          <ul className="s dots">
            <li>You read the flaws, reproducers and patches that you are invited to</li>
            <li>
              You keep them secret until the embargo ends; a duty by law towards an authority stands apart and is told here
            </li>
            <li>The other parties see your name, unless you hide it afterwards</li>
            <li>A change of terms is asked of you anew; silence is never consent</li>
          </ul>
        </section>
        <section className="subpanel stack tight">
          <h2>If you decline</h2>
          <ul className="s dots">
            <li>You read nothing, and owe no secrecy about what you never saw</li>
            <li>The coordinator sees that you declined; no reason is asked</li>
            <li>You may be invited again</li>
          </ul>
        </section>
      </div>
      {asked ? (
        <section className="stack" aria-label="Your answer">
          <label className="choice">
            <input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />
            <span>
              I have read the terms and may accept them for <Inert text={asked.name ?? 'my organisation'} />
            </span>
          </label>
          <p className="row wrap">
            <button
              type="button"
              className="btn"
              disabled={!read || act.isPending}
              onClick={() => act.mutate({ do: 'accept', party: asked.party, version: asked.version })}
            >
              Accept the terms
            </button>
            <button
              type="button"
              className="btn"
              disabled={act.isPending}
              onClick={() => act.mutate({ do: 'decline', party: asked.party })}
            >
              Decline
            </button>
            {asked.late ? (
              <span className="s i2">The time to answer is over; late is honoured while these terms stand.</span>
            ) : null}
          </p>
          {act.error ? <FailureNote error={act.error} not="Not answered." /> : null}
        </section>
      ) : null}
    </div>
  )
}
