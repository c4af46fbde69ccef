import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { type Lane, LaneGauge } from '../../parts/gauge/lane-gauge.tsx'
import { count } from '../../parts/time/format.ts'
import { DutyShape } from './duty-shape.tsx'
import { dayWords, STATUS_WORDS, shortName, stretchOf } from './words.ts'

/** The dates of duties, a lane for each text that sets them; duties of one day and one state are one point with their number. */
export function DutyGauge({ rows, own, now }: { rows: readonly DutyOut[]; own: readonly DutyOut[]; now: number }) {
  const all = [...rows, ...own]
  const stretch = stretchOf(all, now)
  if (stretch === null) return null
  const dated = all.filter(({ due }) => due.at !== null)
  const later = dated.filter(({ due }) => Date.parse(due.at ?? '') > stretch.to).length
  const late = dated.filter(({ overdue }) => overdue).length
  const lanes = [...Map.groupBy(all, ({ instrument }) => instrument.name)].flatMap(([name, of]) => {
    const points = pointsOf(of, stretch.to)
    return points.length === 0 ? [] : [{ name: short(name), points }]
  })
  const says = `Dates of ${count(dated.length)} duties, ${count(late)} late`
  return (
    <LaneGauge lanes={lanes} {...stretch} now={now} says={says} later={later > 0 ? `${count(later)} later than this` : null} />
  )
}

function pointsOf(rows: readonly DutyOut[], to: number): Lane['points'] {
  const drawn = rows.filter(({ due }) => due.at !== null && Date.parse(due.at) <= to)
  return [...Map.groupBy(drawn, ({ due, status, overdue }) => `${due.on} ${status} ${overdue}`)].map(([key, of]) => {
    const [first] = of
    const said = first!.overdue
      ? `${STATUS_WORDS[first!.status].toLowerCase()}, late`
      : STATUS_WORDS[first!.status].toLowerCase()
    return {
      key,
      at: Date.parse(first!.due.at ?? ''),
      title: `${dayWords(first!.due.on ?? '')}: ${of.map(({ section }) => section).join(', ')}, ${said}`,
      shape: <DutyShape duty={first!} />,
      word: of.length > 1 ? count(of.length) : null,
    }
  })
}

/** As much of a name as has room left of the lane. */
function short(name: string): string {
  const head = shortName(name)
  return head.length > 26 ? `${head.slice(0, 24)}…` : head
}
