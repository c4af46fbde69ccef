import type { FindingColumn, SuggestionOut } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { runs } from './runs.ts'
import { Scale } from './scale.tsx'

const MOST = 8

interface WhyGroupedProps {
  readonly findings: readonly FindingColumn[]
  readonly suggestions: readonly SuggestionOut[]
}

/** Why each finding stands here, and why another flaw is asked about: the score on a scale and the reasons in words. */
export function WhyGrouped({ findings, suggestions }: WhyGroupedProps) {
  const joined = findings.slice(1)
  const open = suggestions.filter((suggestion) => suggestion.state === 'open')
  const reasons = [...Map.groupBy(joined, ({ joined: { say, score } }) => `${score.toFixed(2)} ${say}`)]
  const algorithms = [
    ...new Set([...joined.map((finding) => finding.joined.algorithm), ...open.map((suggestion) => suggestion.algorithm)]),
  ]
  const points = [
    ...joined.map((finding) => ({ name: finding.letter, score: finding.joined.score, asked: false })),
    ...open.map((suggestion, n) => ({
      name: open.length === 1 ? 'asked' : `asked ${n + 1}`,
      score: suggestion.score,
      asked: true,
    })),
  ]
  return (
    <section>
      <div className="sh">
        <h2>Why grouped</h2>
        <span className="s i3 cut">{algorithms.join(', ')}</span>
      </div>
      {points.length === 0 ? (
        <p className="s i2">One finding, nothing beside it.</p>
      ) : (
        <>
          <Scale points={points} />
          <table className="why" aria-label="Reasons for the grouping">
            <tbody>
              {reasons.slice(0, MOST).map(([, group]) => (
                <tr key={group[0]!.id}>
                  <th scope="row" className="b">
                    {runs(
                      group.map((finding) => joined.indexOf(finding)),
                      (at) => joined[at]!.letter,
                    )}
                  </th>
                  <td>
                    <Inert text={group[0]!.joined.say} />
                  </td>
                  <td className="num">{group[0]!.joined.score.toFixed(2)}</td>
                </tr>
              ))}
              {open.slice(0, MOST).map((suggestion, n) => (
                <tr key={suggestion.id}>
                  <th scope="row" className="b">
                    {points[joined.length + n]?.name}
                  </th>
                  <td>
                    <Inert text={telling(suggestion)} />
                  </td>
                  <td className="num">{suggestion.score.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {reasons.length > MOST ? (
            <p className="xs i3">{reasons.length - MOST} more reasons, each in its finding’s full report.</p>
          ) : null}
          {open.length > MOST ? <p className="xs i3">{open.length - MOST} more flaws are asked about.</p> : null}
        </>
      )}
    </section>
  )
}

/** The three reasons that weigh most, for or against. */
function telling({ reasons }: SuggestionOut): string {
  const heavy = [...reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, 3)
  return heavy
    .map(({ say }, n) => (n > 0 && /^[A-Z][a-z]/.test(say) ? say.charAt(0).toLowerCase() + say.slice(1) : say))
    .join('; ')
}
