import { count } from '../time/format.ts'

/** A count in figures; one too small to be told (null) says so. */
export function SmallCount({ n }: { n: number | null }) {
  return n === null ? <span className="i3">under 5</span> : count(n)
}

/** A count as a bar from zero on a scale to `most`; one too small to be told (null) is drawn dashed, never as nothing. */
export function CountBar({ n, most }: { n: number | null; most: number }) {
  return (
    <span className="barline">
      {n === null ? <span className="unknownbar" /> : <span className="fb" style={{ width: `${(100 * n) / most}%` }} />}
    </span>
  )
}
