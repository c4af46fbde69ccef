import { useState } from 'react'
import type { CaseAct, CaseFlawOut, CaseView, PartyOut } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { OwnStanding } from './own-standing.tsx'
import { isAsked, workOn } from './standing.ts'
import { StateStatus } from './state-status.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may, REPORT, STATUS, STEP } from './words.ts'

/** What the asker's own party says and does: the report, the status of each flaw, the fix, and its word on publishing. */
export function OwnWork({ of }: { of: CaseView }) {
  const own = of.parties.filter((party) => party.you && party.kind !== 'coordinator' && party.reads === 'content')
  if (own.length === 0) return null
  return (
    <>
      {own.map((party) => (
        <OwnParty key={party.id} of={of} party={party} />
      ))}
    </>
  )
}

function OwnParty({ of, party }: { of: CaseView; party: PartyOut }) {
  const act = useCaseAct(of)
  return (
    <section className="ownwork stack" aria-label="Your part">
      <div className="sh">
        <h2>Your part{party.name ? <>, as {<Inert text={party.name} />}</> : null}</h2>
        <span className="s i3">{isAsked(party) ? `Report: ${REPORT[party.report][1].toLowerCase()}` : ''}</span>
      </div>
      {may(of, 'report') && isAsked(party) ? <AnswerReport party={party} busy={act.isPending} send={act.mutate} /> : null}
      {isAsked(party)
        ? of.flaws.map((flaw, n) => (
            <OwnFlaw
              key={flaw.id}
              of={of}
              party={party}
              flaw={flaw}
              title={of.flaws.length > 1 ? n + 1 : null}
              busy={act.isPending}
              send={act.mutate}
            />
          ))
        : null}
      <OwnStanding of={of} party={party} busy={act.isPending} send={act.mutate} />
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </section>
  )
}

export interface Sending {
  readonly busy: boolean
  readonly send: (act: CaseAct) => void
}

/** What the standard lets follow on where the report stands; none is offered first or coloured. */
const ANSWERS: Readonly<Record<PartyOut['report'], readonly ('received' | 'invalid' | 'valid' | 'deferred' | 'accepted')[]>> = {
  start: ['received'],
  received: ['valid', 'invalid'],
  invalid: ['valid'],
  valid: ['accepted', 'deferred'],
  deferred: ['accepted'],
  accepted: ['deferred'],
  closed: [],
}
const ANSWER_WORDS = {
  received: 'We have it',
  valid: 'It is a flaw',
  invalid: 'It is not a flaw',
  accepted: 'We fix it',
  deferred: 'Not now',
} as const

function AnswerReport({ party, busy, send }: Sending & { party: PartyOut }) {
  const [text, setText] = useState('')
  const answers = ANSWERS[party.report]
  if (answers.length === 0) return null
  return (
    <div className="stack tight">
      <Field label="What you make of the report" hint="Words go to all who read the case; none are needed.">
        {(ids) => (
          <input {...ids} className="small" maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <p className="row wrap">
        {answers.map((to) => (
          <button
            key={to}
            type="button"
            className="btn small"
            disabled={busy}
            onClick={() => send({ do: 'report', party: party.id, to, text: text.trim() })}
          >
            {ANSWER_WORDS[to]}
          </button>
        ))}
      </p>
    </div>
  )
}

interface OfFlaw extends Sending {
  readonly of: CaseView
  readonly party: PartyOut
  readonly flaw: CaseFlawOut
  readonly title: number | null
}

function OwnFlaw({ of, party, flaw, title, busy, send }: OfFlaw) {
  const work = workOn(party, flaw.id)
  const [stating, setStating] = useState(false)
  if (work === null) return null
  const { status, stated, step } = work
  return (
    <div className="subpanel stack tight">
      {title === null ? null : (
        <h3>
          {title}. <Inert text={flaw.title} />
        </h3>
      )}
      <p className="s">
        Says: <b>{status ? STATUS[status.status].toLowerCase() : 'nothing yet'}</b>
        {status?.text ? (
          <>
            {' '}
            <q className="inert">
              <Inert text={status.text} />
            </q>
          </>
        ) : null}
        {' · '}Fix: <b>{STEP[step][1].toLowerCase()}</b>
        {work.deployed !== null && step === 'VFD' ? ` at ${Math.round(work.deployed * 100)} %` : ''}
      </p>
      {stated ? (
        <div className="note soon stack tight">
          <p>
            <b>{STATUS[stated.status]}</b> waits for a second person of yours; until then the others see what you said before.
            {stated.text ? (
              <>
                {' '}
                <Inert text={stated.text} />
              </>
            ) : null}
          </p>
          {may(of, 'approve-status') ? (
            <p className="row wrap">
              <button
                type="button"
                className="btn small"
                disabled={busy}
                onClick={() => send({ do: 'approve-status', party: party.id, flaw: flaw.id, number: stated.number })}
              >
                Confirm it as second person
              </button>
              <span className="xs i2">All who read the case see it then. Who stated it cannot confirm it.</span>
            </p>
          ) : null}
        </div>
      ) : null}
      <p className="row wrap">
        {may(of, 'state') ? (
          <button type="button" className="btn small" aria-expanded={stating} onClick={() => setStating(!stating)}>
            {status ? 'Say something else' : 'Say how you are affected'}
          </button>
        ) : null}
        {may(of, 'step') && (step === 'vfd' || step === 'Vfd') ? (
          <button
            type="button"
            className="btn small"
            disabled={busy}
            onClick={() => send({ do: 'step', party: party.id, flaw: flaw.id, step: 'fix-ready', share: null })}
          >
            The fix is ready
          </button>
        ) : null}
      </p>
      {stating ? <StateStatus party={party} flaw={flaw} busy={busy} send={send} done={() => setStating(false)} /> : null}
      {may(of, 'step') && (step === 'VFd' || step === 'VFD') ? (
        <Deployed party={party} flaw={flaw} first={work.deployed} busy={busy} send={send} />
      ) : null}
    </div>
  )
}

function Deployed({ party, flaw, first, busy, send }: Sending & { party: PartyOut; flaw: CaseFlawOut; first: number | null }) {
  const [share, setShare] = useState(first === null ? '' : String(Math.round(first * 100)))
  const value = Number(share)
  const fits = share !== '' && value >= 0 && value <= 100
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault()
        if (fits) send({ do: 'step', party: party.id, flaw: flaw.id, step: 'deployed', share: value / 100 })
      }}
    >
      <label className="row s">
        Deployed, per cent of what runs
        <input
          className="small share"
          type="number"
          min={0}
          max={100}
          value={share}
          onChange={(event) => setShare(event.target.value)}
        />
      </label>
      <button type="submit" className="btn small" disabled={busy || !fits}>
        Tell it
      </button>
    </form>
  )
}
