import type { KnownFlawOut } from '../../../contract/shapes/records.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'

type Source = KnownFlawOut['records'][number]

/** One record as its database says it. */
export function KnownRecord({ record }: { record: Source }) {
  return (
    <section className="stack tight knownrecord" aria-label={`${record.source.slice(0, 100)}: ${record.id.slice(0, 100)}`}>
      <h3>
        <Inert text={record.source} />
      </h3>
      <p className="mono xs break">
        <Inert text={record.id} />
      </p>
      <p className="s">
        <Inert text={record.summary === '' ? 'No summary.' : record.summary} />
      </p>
      <dl className="kv">
        {(['published', 'modified', 'withdrawn'] as const).map((name) => {
          const at = record[name]
          return at === null ? null : (
            <div key={name} className="kvrow">
              <dt>{DATES[name]}</dt>
              <dd>
                <When at={at} full />
              </dd>
            </div>
          )
        })}
        {record.vectors.length > 0 ? (
          <div className="kvrow">
            <dt>Severity</dt>
            <dd className="mono xs break">
              <Inert text={record.vectors.join(' ')} breaks />
            </dd>
          </div>
        ) : null}
      </dl>
      <ul className="s dots">
        {record.packages.map((one) => (
          <li key={`${one.ecosystem} ${one.name} ${one.says.join()}`}>
            <span className="mono">
              <Inert text={`${one.ecosystem} ${one.name}`} />
            </span>
            : <Inert text={one.says.join('; ')} />
          </li>
        ))}
        {record.products.map((one) => (
          <li key={`${one.identity} ${one.status}`}>
            <Inert text={one.name} />: <Inert text={one.status} />
          </li>
        ))}
        {record.more > 0 ? <li className="i3">and {count(record.more)} more, not shown</li> : null}
      </ul>
    </section>
  )
}

const DATES = { published: 'Published', modified: 'Changed', withdrawn: 'Withdrawn' } as const
