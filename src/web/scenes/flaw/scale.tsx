import { labelled, type Point } from './scale-labels.ts'

const ASK = 0.4
const MERGE = 0.99

/** Scores from 0 to 1 with the two lines: below 0.40 kept apart, from 0.99 merged, a person decides between. */
export function Scale({ points }: { points: readonly Point[] }) {
  const finding = points.map((point) => `${point.name} ${point.score.toFixed(2)}`).join(', ')
  return (
    <div
      className="scale"
      role="img"
      aria-label={`Scores from 0 to 1: ${finding}. Below ${ASK} kept apart, from ${MERGE} merged.`}
    >
      <div className="zone z1" />
      <div className="zone z2" />
      <div className="zone z3" />
      {[...new Set(points.map((point) => Math.round(point.score * 200)))].map((at) => (
        <div key={at} className="point" style={{ left: `${Math.min(99.4, at / 2)}%` }} />
      ))}
      {labelled(points).map(({ at, say }) => (
        <span
          key={at}
          className={`at b ${at > 0.8 ? 'atend' : at < 0.2 ? 'atstart' : ''}`}
          style={at > 0.8 ? { right: 0 } : { left: `${at < 0.2 ? 0 : at * 100}%` }}
        >
          {say}
        </span>
      ))}
      <i style={{ left: 0 }}>0 keep apart</i>
      <i style={{ left: `${ASK * 100}%` }}>{ASK.toFixed(2)} ask a person</i>
      <i className="atend" style={{ left: '100%' }}>
        {MERGE} merge
      </i>
    </div>
  )
}
