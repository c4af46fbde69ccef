import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { meQuery } from '../../api/queries.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { useAct } from './use-act.ts'
import { RECORDED, SEAT, sideOf } from './words.ts'

/** What this person could do now about the docket itself, each with what follows from it. */
export function NextAct({ docket }: { docket: DocketView }) {
  const act = useAct(docket)
  const may = (name: DocketAct['do']) => docket.may.includes(name)
  const simple = (what: DocketAct, label: string, follows: string) => (
    <p className="row wrap">
      <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate(what)}>
        {label}
      </button>
      <span className="s i2">{follows}</span>
    </p>
  )
  return (
    <div className="stack">
      <Ways docket={docket} />
      {may('seat') && docket.seats.length === 0 ? <TakeSeat send={act.mutate} busy={act.isPending} /> : null}
      {may('answer-inquiry') ? <AnswerInquiry send={act.mutate} busy={act.isPending} /> : null}
      {may('plan-release') && docket.closing === null ? (
        <Instant
          label={docket.planned ? 'Change the planned release' : 'Give the planned release'}
          hint="To other trusted partners. An earlier one ends the window earlier; a later one lengthens nothing."
          zone={docket.planned?.zone ?? null}
          busy={act.isPending}
          send={(at, zone) => act.mutate({ do: 'plan-release', planned: { at, zone } })}
        />
      ) : null}
      {may('agree-opening') ? (
        <Instant
          label="Agree on the opening"
          hint="The window opens at that instant, used or not."
          zone={docket.planned?.zone ?? null}
          busy={act.isPending}
          send={(at) => act.mutate({ do: 'agree-opening', at })}
        />
      ) : null}
      {may('dry-run')
        ? simple({ do: 'dry-run' }, 'Try the endpoint', 'One dummy call; no task and no sealed text is sent.')
        : null}
      {may('grant-downtime') ? <GrantDowntime send={act.mutate} busy={act.isPending} /> : null}
      {may('end-window')
        ? simple({ do: 'end-window' }, 'End the window now', 'Calls are refused within a second; it does not open again.')
        : null}
      {may('begin-closing')
        ? simple(
            { do: 'begin-closing' },
            'Begin closing',
            'The keys of all compartments are destroyed, and what remains is listed. It cannot be undone.',
          )
        : null}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </div>
  )
}

/** Where this person's next step is done, when it is done in another part of the docket. */
function Ways({ docket }: { docket: DocketView }) {
  const { closing, endpoint, may, report, seats, terms } = docket
  const unsigned = (signed: DocketView['terms'][number]['signed'] | undefined) => signed?.[sideOf(seats)] === null
  const can = (name: string, part: string, label: string, now: boolean) => (now && may.includes(name) ? [{ part, label }] : [])
  const ways = [
    ...can('sign-terms', 'terms', 'Read and sign the terms', unsigned(terms.at(-1)?.signed)),
    ...can('put-endpoint', 'endpoint', 'Register the endpoint', endpoint === null),
    ...can('start-run-set', 'runs', 'Measure', true),
    ...can('record', 'determination', 'See the figures and record', true),
    ...can('sign-report', 'determination', 'Read and sign the report', unsigned(report?.signed)),
    ...can(
      'sign-receipt',
      'closing',
      'See what remains and sign the receipt',
      closing?.receiptDigest != null && unsigned(closing.signed),
    ),
  ]
  if (ways.length === 0) return null
  return (
    <ul className="plain row wrap takes">
      {ways.map(({ part, label }) => (
        <li key={part}>
          <Link to="/dockets/$id/$part" params={{ id: docket.id, part }}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}

interface Sending {
  readonly send: (act: DocketAct) => void
  readonly busy: boolean
}

function AnswerInquiry({ send, busy }: Sending) {
  const [answer, setAnswer] = useState<keyof typeof RECORDED | null>(null)
  return (
    <div className="stack tight">
      <RadioChoice
        legend="Is the model covered, as far as is known now?"
        name="answer"
        value={answer}
        options={(['covered', 'not-covered', 'undetermined', 'not-assessed'] as const).map(
          (one) => [one, RECORDED[one]] as const,
        )}
        onChange={setAnswer}
      />
      <p className="row wrap">
        <button
          type="button"
          className="btn"
          disabled={busy || answer === null}
          onClick={() => answer && send({ do: 'answer-inquiry', answer })}
        >
          Answer the inquiry
        </button>
        <span className="s i2">The developer sees the answer and your name. It binds nobody.</span>
      </p>
    </div>
  )
}

/** The first lead or officer sits down on its organisation's word; everybody else is given a seat. */
function TakeSeat({ send, busy }: Sending) {
  const me = useQuery(meQuery)
  const person = me.data?.person?.id
  const seat = me.data?.roles.includes('officer') ? 'docket-officer' : 'developer-lead'
  return (
    <p className="row wrap">
      <button
        type="button"
        className="btn"
        disabled={busy || person === undefined}
        onClick={() => person && send({ do: 'seat', person, seat })}
      >
        Take the seat of {SEAT[seat].toLowerCase()}
      </button>
      <span className="s i2">From then on you see the docket, and give the other seats of your side. It is in the log.</span>
    </p>
  )
}

function GrantDowntime({ send, busy }: Sending) {
  const [hours, setHours] = useState('')
  const n = Number(hours)
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault()
        send({ do: 'grant-downtime', hours: n })
      }}
    >
      <Field
        label="Lengthen for down time, hours"
        hint="Never past the most that the policy allows, nor past the planned release."
      >
        {(ids) => (
          <input
            {...ids}
            type="number"
            min={0.5}
            max={720}
            step={0.5}
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="btn" disabled={busy || !(n > 0)}>
        Lengthen
      </button>
    </form>
  )
}

function Instant(props: {
  label: string
  hint: string
  zone: string | null
  busy: boolean
  send: (at: string, zone: string) => void
}) {
  const [open, setOpen] = useState(false)
  const [value, setValue] = useState<{ at: string; zone: string } | null>(null)
  return (
    <div className="stack tight">
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          {props.label}
        </button>
      </p>
      {open ? (
        <form
          className="stack tight opens measure"
          onSubmit={(event) => {
            event.preventDefault()
            if (value) props.send(value.at, value.zone)
            setOpen(false)
          }}
        >
          <ZonedInstant zone={props.zone} onChange={setValue} />
          <p className="row wrap">
            <button type="submit" className="btn" disabled={props.busy || value === null}>
              Set it
            </button>
            <span className="s i2">{props.hint}</span>
          </p>
        </form>
      ) : null}
    </div>
  )
}
