import { useState } from 'react'
import type { CaseFlawOut, CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { BrightLine } from './bright-line.tsx'
import { useCaseAct } from './use-case-act.ts'
import { may, WHAT } from './words.ts'

type What = keyof typeof WHAT

/** What somebody says is public or attacked and waits for the coordinator's word, and the form to say so. */
export function FlawClaims({ of, flaw }: { of: CaseView; flaw: CaseFlawOut }) {
  const act = useCaseAct(of)
  const claims = of.claims.filter((one) => one.flaw === flaw.id)
  return (
    <div className="stack tight">
      {claims.map((one) => (
        <div key={`${one.what} ${one.at}`} className="note alarm stack tight">
          <p>
            <b>{WHAT[one.what]}</b>, says {one.by === null ? 'a party' : <Inert text={one.by} />}, since{' '}
            <When at={one.at} full />: <Inert text={one.evidence} />
          </p>
          {may(of, 'confirm') ? (
            <p className="row wrap">
              <button
                type="button"
                className="btn small"
                disabled={act.isPending}
                onClick={() => act.mutate({ do: 'confirm', flaw: flaw.id, what: one.what, confirm: true })}
              >
                Confirm it
              </button>
              <span className="xs i2">{FOLLOWS[one.what]} Unconfirmed, it stays on record and nothing follows.</span>
            </p>
          ) : (
            <p className="xs i2">The coordinator has yet to confirm it.</p>
          )}
        </div>
      ))}
      {may(of, 'note') ? <NoteForm of={of} flaw={flaw} /> : null}
      {act.error ? <FailureNote error={act.error} not="Not confirmed." /> : null}
    </div>
  )
}

const FOLLOWS: Readonly<Record<What, string>> = {
  public: 'The embargo ends at once; all parties are told; nothing is published by it.',
  exploit: 'The embargo ends at once; all parties are told; nothing is published by it.',
  attacks: 'The end of the embargo is looked at again; duties by law may begin.',
}

function NoteForm({ of, flaw }: { of: CaseView; flaw: CaseFlawOut }) {
  const [open, setOpen] = useState(false)
  const [what, setWhat] = useState<What | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const [evidence, setEvidence] = useState('')
  const act = useCaseAct(of, () => setOpen(false))
  const party = of.you[0]
  if (party === undefined) return null
  const ready = what !== null && at !== null && evidence.trim() !== ''
  return (
    <>
      <p>
        <button type="button" className="btn small" aria-expanded={open} onClick={() => setOpen(!open)}>
          Note that it is public or attacked
        </button>
      </p>
      {open ? (
        <form
          className="stack tight opens measure"
          onSubmit={(event) => {
            event.preventDefault()
            if (ready) act.mutate({ do: 'note', party, flaw: flaw.id, what, at, evidence: evidence.trim() })
          }}
        >
          <RadioChoice
            legend="What is so"
            name={`note-${flaw.id}`}
            value={what}
            options={(['public', 'exploit', 'attacks'] as const).map((one) => [one, WHAT[one]] as const)}
            onChange={setWhat}
          />
          {what === 'public' ? <BrightLine name={`line-${flaw.id}`} /> : null}
          <ZonedInstant zone="UTC" onChange={(value) => setAt(value?.at ?? null)} />
          <Field label="What shows it" hint="An address, a sighting, a log line. Read by all who read the case.">
            {(ids) => (
              <textarea
                {...ids}
                rows={2}
                required
                maxLength={500}
                value={evidence}
                onChange={(event) => setEvidence(event.target.value)}
              />
            )}
          </Field>
          <p className="row wrap">
            <button type="submit" className="btn small" disabled={!ready || act.isPending}>
              Note it
            </button>
            <span className="xs i2">
              {what === null ? '' : of.coordinator.you ? FOLLOWS[what] : 'The coordinator is told and confirms it first.'}
            </span>
          </p>
          {act.error ? <FailureNote error={act.error} not="Not noted." /> : null}
        </form>
      ) : null}
    </>
  )
}
