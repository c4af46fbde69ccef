import type { DocketView } from '../../../contract/shapes/docket.ts'
import { SEAT_TABLE } from '../../../core/docket/seat.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'
import { COMPARTMENT, SEAT } from './words.ts'

const LETTERS = ['D', 'B', 'R', 'J', 'P'] as const
type Letter = (typeof LETTERS)[number]

interface Row {
  readonly key: string
  readonly name: string | null
  readonly seats: string
  readonly mine: boolean
  readonly holds: ReadonlySet<Letter>
  readonly until: string | null
}

/** Who may read which compartment, and until when. */
export function ReadIns({ docket }: { docket: DocketView }) {
  const rows = rowsOf(docket)
  if (rows.length === 0) return null
  const shown = LETTERS.filter((letter) => letter !== 'P' || rows.some((row) => row.holds.has('P')))
  return (
    <section>
      <h2>Read in</h2>
      <table className="readins">
        <caption className="vh">Who may read which compartment</caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            {shown.map((letter) => (
              <th key={letter} scope="col" className="ce">
                <abbr title={COMPARTMENT[letter]}>{letter}</abbr>
              </th>
            ))}
            <th scope="col" className="num">
              Until, UTC
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                <div className="b">{row.name === null ? 'Name withheld' : <Inert text={row.name} />}</div>
                <span className="xs i3">
                  {row.seats}
                  {row.mine ? ', you' : ''}
                </span>
              </td>
              {shown.map((letter) => (
                <td key={letter} className="ce">
                  {row.holds.has(letter) ? (
                    <span className="letter on">{letter}</span>
                  ) : (
                    <span className="i3">
                      <span aria-hidden="true">–</span>
                      <span className="vh">no</span>
                    </span>
                  )}
                </td>
              ))}
              <td className="num">{row.until ? <When at={row.until} /> : row.holds.size > 0 ? 'always' : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="xs i3">
        D the developer’s own, B sealed tasks, R results, J joint{shown.includes('P') ? ', P partners' : ''}. Nobody below the
        determining authority holds D and B but the run process.
      </p>
    </section>
  )
}

function rowsOf({ seated, readIns }: DocketView): Row[] {
  const byPerson = new Map<string, DocketView['seated']>()
  for (const one of seated) byPerson.set(one.person.id, [...(byPerson.get(one.person.id) ?? []), one])
  return [...byPerson].map(([key, seats]) => {
    const read = readIns.filter((one) => one.person.id === key && one.secondedBy !== null && !one.ended)
    return {
      key,
      name: seats[0]?.person.name ?? null,
      seats: seats.map(({ seat }) => SEAT[seat]).join(', '),
      mine: seats.some(({ mine }) => mine),
      holds: new Set<Letter>([
        ...seats.flatMap(({ seat }) => SEAT_TABLE[seat].holds),
        ...read.map(({ compartment }) => compartment),
      ]),
      until: read.map(({ until }) => until).sort()[0] ?? null,
    }
  })
}
