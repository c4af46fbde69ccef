import { useQuery } from '@tanstack/react-query'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { recordsQuery } from './queries.ts'

/** What the inventories are compared with: which files, how many records, how old, and what of them could not be read. */
export function RecordsFold() {
  const { data } = useQuery(recordsQuery)
  if (!data || data.rows.length === 0) return null
  return (
    <details className="fold records">
      <summary>
        Compared with {count(data.flaws)} known flaws from {count(data.rows.length)} {data.rows.length === 1 ? 'feed' : 'feeds'}
      </summary>
      <table className="blocks">
        <caption className="vh">Where the records come from</caption>
        <thead>
          <tr>
            <th scope="col">Feed</th>
            <th scope="col" className="num">
              Records
            </th>
            <th scope="col">Newest</th>
            <th scope="col">Taken in</th>
            <th scope="col">Set aside</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((one) => (
            <tr key={one.source}>
              <td className="b">
                <Inert text={one.source} />
              </td>
              <td className="num" data-label="Records">
                {count(one.count)}
              </td>
              <td data-label="Newest">{one.newest === null ? 'not said' : <When at={one.newest} />}</td>
              <td data-label="Taken in">
                <When at={one.takenAt} />
              </td>
              <td data-label="Set aside">
                {one.setAsideCount === 0 ? (
                  'none'
                ) : (
                  <details>
                    <summary>{count(one.setAsideCount)} could not be read</summary>
                    <ul className="dots xs">
                      {one.setAside.slice(0, 20).map((aside) => (
                        <li key={`${aside.place} ${aside.why}`}>
                          <Inert text={`${aside.id ?? aside.place}: ${aside.why}`} />
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
