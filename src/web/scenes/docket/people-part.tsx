import { useState } from 'react'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { SEAT_TABLE, SEATS } from '../../../core/docket/seat.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { ReadIns } from './read-ins.tsx'
import { useAct } from './use-act.ts'
import { COMPARTMENT, SEAT, sideOf } from './words.ts'

/** Seats and read-ins: who takes which part, and who may read what until when; a read-in takes two officers. */
export function PeoplePart({ docket }: { docket: DocketView }) {
  const act = useAct(docket)
  const may = (name: DocketAct['do']) => docket.may.includes(name)
  const proposed = docket.readIns.filter((one) => one.secondedBy === null && !one.ended)
  return (
    <div className="stack wide">
      <section>
        <h2>Seats</h2>
        <table className="blocks">
          <caption className="vh">Seats of this docket</caption>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Organisation</th>
              <th scope="col">Seat</th>
              <th scope="col">
                <span className="vh">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {docket.seated.map((one) => (
              <tr key={`${one.person.id} ${one.seat}`}>
                <td className="b">{one.person.name === null ? 'Name withheld' : <Inert text={one.person.name} />}</td>
                <td>
                  <Inert text={one.organisation} />
                </td>
                <td>{SEAT[one.seat]}</td>
                <td>
                  {may('unseat') && one.person.name !== null && SEAT_TABLE[one.seat].side === sideOf(docket.seats) ? (
                    <button
                      type="button"
                      className="btn small"
                      disabled={act.isPending}
                      aria-label={`End the seat of ${one.person.name} as ${SEAT[one.seat]}`}
                      onClick={() => act.mutate({ do: 'unseat', person: one.person.id, seat: one.seat })}
                    >
                      End
                    </button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {may('seat') && docket.seats.length > 0 ? (
        <SeatForm side={sideOf(docket.seats)} busy={act.isPending} send={act.mutate} />
      ) : null}
      <ReadIns docket={docket} />
      {proposed.length > 0 ? (
        <section>
          <h2>Read-ins that wait for a second officer</h2>
          <ul className="plain stack tight">
            {proposed.map((one) => (
              <li key={`${one.person.id} ${one.compartment}`} className="row wrap">
                <span>
                  <Inert text={one.person.name ?? 'Name withheld'} /> into <span className="letter">{one.compartment}</span>{' '}
                  until <When at={one.until} full />, proposed by <Inert text={one.proposedBy.name ?? 'an officer'} />
                </span>
                {may('second-read-in') ? (
                  <button
                    type="button"
                    className="btn small"
                    disabled={act.isPending}
                    onClick={() => act.mutate({ do: 'second-read-in', person: one.person.id, compartment: one.compartment })}
                  >
                    Second it
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {may('read-in') ? <ReadInForm docket={docket} busy={act.isPending} send={act.mutate} /> : null}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </div>
  )
}

interface Sending {
  readonly busy: boolean
  readonly send: (act: DocketAct) => void
}

function SeatForm({ side, busy, send }: Sending & { side: 'developer' | 'office' }) {
  const seats = SEATS.filter((one) => SEAT_TABLE[one].side === side)
  const [person, setPerson] = useState('')
  const [seat, setSeat] = useState('')
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        const found = SEATS.find((one) => one === seat)
        if (found) send({ do: 'seat', person: person.trim(), seat: found })
      }}
    >
      <h2>Give a seat</h2>
      <div className="grid2">
        <Field label="Person" hint="Their id, as their account page shows it: per_…">
          {(ids) => (
            <input {...ids} required maxLength={60} value={person} onChange={(event) => setPerson(event.target.value)} />
          )}
        </Field>
        <Field label="Seat">
          {(ids) => (
            <select {...ids} required value={seat} onChange={(event) => setSeat(event.target.value)}>
              <option value="">Choose</option>
              {seats.map((one) => (
                <option key={one} value={one}>
                  {SEAT[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p>
        <button type="submit" className="btn" disabled={busy}>
          Give the seat
        </button>
      </p>
    </form>
  )
}

function ReadInForm({ docket, busy, send }: Sending & { docket: DocketView }) {
  const [who, setWho] = useState('')
  const [until, setUntil] = useState('')
  const choices = docket.seated.flatMap((one) =>
    SEAT_TABLE[one.seat].readable.map((compartment) => ({
      value: `${one.person.id} ${compartment}`,
      say: `${one.person.name ?? SEAT[one.seat]} into ${compartment}, ${COMPARTMENT[compartment]}`,
      compartment,
      person: one.person.id,
    })),
  )
  const chosen = choices.find((one) => one.value === who)
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen && until !== '')
          send({ do: 'read-in', person: chosen.person, compartment: chosen.compartment, until: `${until}T23:59:59Z` })
      }}
    >
      <h2>Propose a read-in</h2>
      <div className="grid2">
        <Field label="Who, into what">
          {(ids) => (
            <select {...ids} required value={who} onChange={(event) => setWho(event.target.value)}>
              <option value="">Choose</option>
              {choices.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.say}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Until the end of, UTC">
          {(ids) => <input {...ids} type="date" required value={until} onChange={(event) => setUntil(event.target.value)} />}
        </Field>
      </div>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={busy || !chosen}>
          Propose it
        </button>
        <span className="s i2">Another officer must second it; until then nothing is shown.</span>
      </p>
    </form>
  )
}
