import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { LaneGauge, type LanePoint } from '../../parts/gauge/lane-gauge.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { count, moment } from '../../parts/time/format.ts'
import { useWide } from '../../parts/wide.ts'
import { DueShape } from '../calendar/due-mark.tsx'
import { sayAction, shortName } from './words.ts'

const DAY = 86_400_000

const LANES: readonly { readonly name: string; readonly of: readonly ActionOut['do'][] }[] = [
  { name: 'Look for traces', of: ['triage'] },
  { name: 'Patch', of: ['upgrade', 'replace'] },
  { name: 'Mitigate', of: ['mitigate', 'retire'] },
]
/** Names beside points are for the few; of many each is told by its row. */
const NAMED = 4

/** The next two weeks, whole days, with one now: look for traces, patch, mitigate. On a phone one lane and five days. */
export function ActionGauge({ rows, now, more }: { rows: readonly ActionOut[]; now: number; more: boolean }) {
  const wide = useWide(720)
  const open = rows.filter(({ standing, due }) => standing === 'open' && due !== null && !Number.isNaN(Date.parse(due)))
  if (open.length === 0) return null
  const [from, to] = wide ? [now - 2 * DAY, now + 15.5 * DAY] : [now - 1.6 * DAY, now + 3.9 * DAY]
  const drawn = open.filter(({ due }) => Date.parse(due!) <= to)
  const late = open.filter(({ due }) => Date.parse(due!) <= now).length
  const later = open.length - drawn.length
  const next = open.find(({ due }) => Date.parse(due!) > now)
  // What has not come yet is due later than what has.
  const of = more ? `first ${count(open.length)} dates` : `${count(open.length)} dates`
  const says = `${of}, ${count(late)} late${
    next ? `; next: ${visibleText(sayAction(next))}, ${moment(Date.parse(next.due!))} UTC` : ''
  }`
  const pointsOf = (of: readonly ActionOut['do'][]) => {
    const groups = [
      ...Map.groupBy(
        drawn.filter((row) => of.includes(row.do)),
        placeOf,
      ).values(),
    ]
    return groups.map((group) => pointOf(group, now, groups.length <= NAMED ? (wide ? 22 : 9) : 0))
  }
  const lanes = wide
    ? LANES.map(({ name, of }) => ({ name, points: pointsOf(of) }))
    : [{ name: '', points: pointsOf(LANES.flatMap(({ of }) => of)) }]
  return (
    <LaneGauge
      lanes={lanes}
      from={from}
      to={to}
      now={now}
      says={says}
      compact={!wide}
      later={more ? `${count(later)} later, and more below` : later > 0 ? `${count(later)} later` : null}
    />
  )
}

/** Actions of one sort and one instant are one point with their number. */
function placeOf({ do: what, due }: ActionOut): string {
  return `${what} ${due}`
}

function pointOf(rows: readonly ActionOut[], now: number, room: number): LanePoint {
  const [row] = rows as readonly [ActionOut]
  const at = Date.parse(row.due!)
  const many = rows.length > 1
  return {
    key: placeOf(row),
    at,
    title: `${many ? `${count(rows.length)} at once: ${visibleText(sayAction(row))} and more` : visibleText(sayAction(row))}, ${moment(at)} UTC`,
    shape: <ActionShape of={row.do} left={at - now} />,
    word: many ? count(rows.length) : wordOf(row, room),
  }
}

function wordOf({ component, do: what }: ActionOut, room: number): string | null {
  if (room === 0) return null
  if (what === 'triage' && room < 10) return 'traces'
  const name = visibleText(shortName(component)).split('/').at(-1)!
  return name.length > room ? `${name.slice(0, room - 1)}…` : name
}

/** Ring step, square update (soon in its own hue), hollow square mitigation, triangle late. */
function ActionShape({ of, left }: { of: ActionOut['do']; left: number }) {
  const late = left <= 0
  if (late || of === 'triage') return <DueShape what="ladder" late={late} />
  return (
    <rect
      className={of === 'mitigate' || of === 'retire' ? 'due-mitigate' : left <= 3 * DAY ? 'due-soon' : 'due-duty'}
      x="-4.500"
      y="-4.500"
      width="9"
      height="9"
    />
  )
}
