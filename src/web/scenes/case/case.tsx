import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { shortTitle } from '../../parts/inert/short-title.ts'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { CaseHead } from './case-head.tsx'
import { ClosedCase } from './closed-case.tsx'
import { EmbargoBand } from './embargo-band.tsx'
import { Invitation } from './invitation.tsx'
import { caseQuery } from './queries.ts'
import { RoomPart } from './room-part.tsx'

const PARTS = {
  room: { name: 'Room', part: RoomPart },
  messages: { name: 'Messages', part: lazy(async () => ({ default: (await import('./messages-part.tsx')).MessagesPart })) },
  files: { name: 'Files', part: lazy(async () => ({ default: (await import('./files-part.tsx')).FilesPart })) },
  flaws: { name: 'Flaws', part: lazy(async () => ({ default: (await import('./flaws-part.tsx')).FlawsPart })) },
  letters: { name: 'Letters', part: lazy(async () => ({ default: (await import('./letters-part.tsx')).LettersPart })) },
  relay: { name: 'Passing on', part: lazy(async () => ({ default: (await import('./relay-part.tsx')).RelayPart })) },
  reads: { name: 'Who read it', part: lazy(async () => ({ default: (await import('./reads-part.tsx')).ReadsPart })) },
  acts: { name: 'Acts', part: lazy(async () => ({ default: (await import('./acts-part.tsx')).ActsPart })) },
} as const
type PartName = keyof typeof PARTS
const NAMES = Object.keys(PARTS) as PartName[]

/** One case: its embargo above everything, its head, and the part that was asked for; before consent the invitation alone. */
export function Case() {
  const { id, part } = useParams({ strict: false }) as { id: string; part?: string }
  const { data, error } = useQuery(caseQuery(id))
  const name = NAMES.find((one) => one === (part ?? 'room'))
  if (name === undefined) return <Nowhere />
  if (error && !data) return <NotShown error={error} not="The case is not shown." />
  if (!data) return <Waiting rows={12} what="the case" />
  if (data.row.state === 'closed') return <ClosedCase of={data} />
  if (data.row.reads === 'invitation') return <Invitation of={data} />
  return <Shown of={data} name={name} />
}

function Shown({ of, name }: { of: CaseView; name: PartName }) {
  usePageTitle(of.row.title === null ? 'Case' : shortTitle(of.row.title))
  const Part = PARTS[name].part
  const { id } = of.row
  return (
    <div className="case">
      <EmbargoBand of={of} />
      <CaseHead of={of} />
      <nav className="tabs" aria-label="Parts of the case">
        {NAMES.filter((one) => shows(of, one)).map((one) => (
          <Tab key={one} id={id} part={one} current={one === name}>
            {PARTS[one].name}
            {one === 'flaws' && of.flaws.length > 1 ? <span>{of.flaws.length}</span> : null}
          </Tab>
        ))}
        {of.coordinator.you || of.advisory !== null ? (
          <Link to="/cases/$id/$part" params={{ id, part: 'advisory' }}>
            Advisory
          </Link>
        ) : null}
      </nav>
      <Suspense fallback={<Waiting rows={8} what="this part" />}>
        <Part of={of} />
      </Suspense>
    </div>
  )
}

/** Parts that could hold something for the asker; the server decides in any case. */
function shows(of: CaseView, part: PartName): boolean {
  if (part === 'letters' || part === 'relay') return of.coordinator.you
  if (part !== 'acts') return true
  return ['invite', 'legal-duty', 'merge', 'split', 'close'].some((act) => of.may.includes(act))
}

function Tab({ id, part, current, children }: { id: string; part: PartName; current: boolean; children: ReactNode }) {
  const mark = current ? { 'aria-current': 'page' as const } : {}
  return part === 'room' ? (
    <Link to="/cases/$id" params={{ id }} activeOptions={{ exact: true }} {...mark}>
      {children}
    </Link>
  ) : (
    <Link to="/cases/$id/$part" params={{ id, part }} {...mark}>
      {children}
    </Link>
  )
}
