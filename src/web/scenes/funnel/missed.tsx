import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { SmallCount } from '../../parts/marks/count-bar.tsx'
import { duration } from '../../parts/time/format.ts'

/** Dates that were not kept, our own before anybody else's. */
export function Missed({ missed }: { missed: FunnelOut['missed'] }) {
  const rows = [...missed].sort((a, b) => Number(a.whose === 'others') - Number(b.whose === 'others'))
  return (
    <section className="missed" aria-labelledby="missed-head">
      <h2 id="missed-head" className="serif">
        Dates missed, ours first
      </h2>
      {rows.length === 0 ? <p className="s i2">No date was due yet.</p> : null}
      {rows.length > 0 ? (
        <table>
          <caption className="vh">Dates that were not kept</caption>
          <thead>
            <tr>
              <th scope="col">Whose</th>
              <th scope="col" className="num w-of">
                Of
              </th>
              <th scope="col" className="num w-of">
                Missed
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={`${one.whose} ${one.what}`}>
                <td>
                  <span className="b">
                    {one.whose === 'ours' ? 'Ours: ' : 'Others: '}
                    <Inert text={one.what} />
                  </span>
                  {one.longestHours === null ? null : (
                    <span className="second xs i3">longest {duration(one.longestHours * 3_600_000)}</span>
                  )}
                </td>
                <td className="num">
                  <SmallCount n={one.of} />
                </td>
                <td className={`num b ${one.missed === 0 ? '' : 'alarm'}`}>
                  <SmallCount n={one.missed} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}
