import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { docketQuery } from './queries.ts'
import { Stages } from './stages.tsx'
import { KIND, SEAT } from './words.ts'

const PARTS = {
  clock: { name: 'Docket', part: lazy(async () => ({ default: (await import('./clock-part.tsx')).ClockPart })) },
  terms: { name: 'Terms', part: lazy(async () => ({ default: (await import('./terms-part.tsx')).TermsPart })) },
  endpoint: { name: 'Endpoint', part: lazy(async () => ({ default: (await import('./endpoint-part.tsx')).EndpointPart })) },
  people: { name: 'People', part: lazy(async () => ({ default: (await import('./people-part.tsx')).PeoplePart })) },
  log: { name: 'Access log', part: lazy(async () => ({ default: (await import('./log-part.tsx')).LogPart })) },
  papers: {
    name: 'Messages and documents',
    part: lazy(async () => ({ default: (await import('./papers-part.tsx')).PapersPart })),
  },
  runs: {
    name: 'Measurements',
    part: lazy(async () => ({ default: (await import('../measurement/runs-part.tsx')).RunsPart })),
  },
  determination: {
    name: 'Determination',
    part: lazy(async () => ({ default: (await import('../measurement/determination-part.tsx')).DeterminationPart })),
  },
  partners: { name: 'Partners', part: lazy(async () => ({ default: (await import('./partners-part.tsx')).PartnersPart })) },
  closing: { name: 'Closing', part: lazy(async () => ({ default: (await import('./closing-part.tsx')).ClosingPart })) },
} as const
type PartName = keyof typeof PARTS
const NAMES = Object.keys(PARTS) as PartName[]

/** One docket: its head and stages, and the part that was asked for. What a seat may not see is not there. */
export function Docket() {
  const { id, part } = useParams({ strict: false }) as { id: string; part?: string }
  const { data, error } = useQuery(docketQuery(id))
  usePageTitle(data?.model ?? 'Docket')
  const name = NAMES.find((one) => one === (part ?? 'clock'))
  if (name === undefined) return <Nowhere />
  if (error && !data) return <NotShown error={error} not="The docket is not shown." />
  if (!data) return <Waiting rows={10} what="the docket" />
  const Part = PARTS[name].part
  return (
    <div className="stack">
      <Head docket={data} />
      <nav className="tabs" aria-label="Parts of the docket">
        {NAMES.filter((one) => shows(data, one)).map((one) => (
          <Tab key={one} id={id} part={one} current={one === name}>
            {PARTS[one].name}
          </Tab>
        ))}
      </nav>
      <Suspense fallback={<Waiting rows={8} what="this part" />}>
        <Part docket={data} />
      </Suspense>
    </div>
  )
}

function Tab({ id, part, current, children }: { id: string; part: PartName; current: boolean; children: ReactNode }) {
  const mark = current ? { 'aria-current': 'page' as const } : {}
  return part === 'clock' ? (
    <Link to="/dockets/$id" params={{ id }} activeOptions={{ exact: true }} {...mark}>
      {children}
    </Link>
  ) : (
    <Link to="/dockets/$id/$part" params={{ id, part }} {...mark}>
      {children}
    </Link>
  )
}

/** Parts that could hold something for this kind of docket and these seats; the server decides in any case. */
function shows({ kind, seats }: DocketView, part: PartName): boolean {
  const only = (...names: readonly DocketView['seats'][number][]) => seats.some((seat) => names.includes(seat))
  if (seats.length > 0 && seats.every((seat) => seat === 'inspector')) return part === 'clock' || part === 'log'
  if (seats.length > 0 && seats.every((seat) => seat === 'partner-person')) return part === 'clock' || part === 'partners'
  if (kind === 'notice') return !['endpoint', 'runs', 'determination', 'partners'].includes(part)
  if (part === 'endpoint') return only('developer-lead', 'developer-engineer', 'access-custodian', 'docket-officer')
  if (part === 'partners') return kind === 'access' && only('developer-lead', 'partner-steward', 'docket-officer')
  return true
}

function Head({ docket }: { docket: DocketView }) {
  const mine = docket.seats.map((seat) => SEAT[seat]).join(', ')
  return (
    <div>
      <h1>{docket.model === null ? 'A docket' : <Inert text={docket.model} />}</h1>
      <p className="row wrap i2">
        <span>{KIND[docket.kind]}</span>
        <span>
          <Inert text={docket.developer} /> with <Inert text={docket.office} />
        </span>
        <span className="xs i3 mono">{docket.id}</span>
        <CopyButton text={docket.id} label="Copy id" plain />
        {mine ? <span className="s i3">you: {mine}</span> : null}
      </p>
      {docket.label ? <p className="tag assumed">{docket.label}</p> : null}
      <Stages docket={docket} />
    </div>
  )
}
