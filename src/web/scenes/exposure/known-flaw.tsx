import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { KnownFlawOut } from '../../../contract/shapes/records.ts'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { KnownRecord } from './known-record.tsx'
import { KnownSignals } from './known-signals.tsx'
import { KnownWhy } from './known-why.tsx'
import { knownFlawQuery } from './queries.ts'

/** A public flaw: what each database says of it side by side, never blended, and why their records are one flaw. */
export function KnownFlaw() {
  const { id = '' } = useParams({ strict: false })
  usePageTitle(id.slice(0, 60))
  const { data: me } = useQuery(meQuery)
  const { data, error } = useQuery(knownFlawQuery(id))
  if (error && !data) return <NotShown error={error} not="The flaw is not shown." />
  if (!data) return <Waiting rows={8} what="the flaw" />
  return (
    <div className="stack wide knownflaw">
      <div>
        <h1>
          <Inert text={data.id} />
        </h1>
        <p className="mono xs i3 break">
          <Inert text={data.names.filter((name) => name !== data.id).join(', ')} />
        </p>
      </div>
      <KnownSignals flaw={data} />
      <Joined flaw={data} />
      {me?.roles.includes('operator') ? <KnownWhy flaw={data.id} /> : null}
      <section className="stack" aria-labelledby="known-records">
        <h2 id="known-records">What each database says</h2>
        <div className="knownrecords">
          {data.records.map((record) => (
            <KnownRecord key={`${record.source} ${record.id}`} record={record} />
          ))}
        </div>
      </section>
    </div>
  )
}

const APART: Readonly<Record<string, string>> = {
  'names-several-cves': 'it speaks of several CVE ids, and its other names belong to no single one',
  'leads-to-two-cves': 'two CVE ids would become one flaw',
}

function Joined({ flaw: { joined, keptApart, covers } }: { flaw: KnownFlawOut }) {
  if (joined.length + keptApart.length + covers.length === 0) return null
  return (
    <section className="stack tight" aria-labelledby="known-joined">
      <h2 id="known-joined">Why these names are one flaw</h2>
      <ul className="s dots">
        {joined.map((one) => (
          <li key={`${one.names.join(' ')} ${one.by}`}>
            <b>
              <Inert text={one.names.join(' and ')} />
            </b>
            : says <Inert text={one.by} />
          </li>
        ))}
        {keptApart.map((one) => (
          <li key={`${one.names.join(' ')} ${one.by} ${one.why}`}>
            Kept apart: <Inert text={one.names.join(' and ')} />, though <Inert text={one.by} /> names both:{' '}
            {Object.hasOwn(APART, one.why) ? APART[one.why] : <Inert text={one.why} />}
          </li>
        ))}
        {covers.length > 0 ? (
          <li>
            A record of several: it also covers <Inert text={covers.slice(0, 50).join(', ')} />
          </li>
        ) : null}
      </ul>
    </section>
  )
}
