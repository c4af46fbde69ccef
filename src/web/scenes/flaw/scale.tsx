interface Point {
  readonly name: string
  readonly score: number
  readonly asked: boolean
}

const ASK = 0.4
const MERGE = 0.99

/** Scores from 0 to 1 with the two lines: below 0.40 kept apart, from 0.99 merged, a person decides between. */
export function Scale({ points }: { points: readonly Point[] }) {
  const marks = [...Map.groupBy(points, (point) => Math.round(point.score * 50))].map(([at, group]) => ({
    at: at * 2,
    names: group.map((point) => point.name),
  }))
  const finding = points.map((point) => `${point.name} ${point.score.toFixed(2)}`).join(', ')
  return (
    <div
      className="scale"
      role="img"
      aria-label={`Scores from 0 to 1: ${finding}. Below ${ASK} kept apart, from ${MERGE} merged.`}
    >
      <div className="zone z1">
        <span>keep apart</span>
      </div>
      <div className="zone z2">
        <span>ask</span>
      </div>
      <div className="zone z3" />
      {marks.map(({ at, names }) => (
        <div key={at} className={`point ${at > 80 ? 'atend' : ''}`} style={{ left: `${Math.min(99.4, at)}%` }}>
          <span className="at b">
            {names.length > 4 ? `${names.slice(0, 3).join(' ')} +${names.length - 3}` : names.join(' ')}
          </span>
        </div>
      ))}
      <i style={{ left: 0 }}>0</i>
      <i style={{ left: `${ASK * 100}%` }}>0.40</i>
      <i className="atend" style={{ left: '100%' }}>
        0.99
      </i>
    </div>
  )
}
