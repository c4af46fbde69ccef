import type { FindingColumn, SuggestionOut } from '../../../contract/shapes/flaw.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Scale } from './scale.tsx'

interface WhyGroupedProps {
  readonly findings: readonly FindingColumn[]
  readonly suggestions: readonly SuggestionOut[]
}

/** Why each finding stands here, and why another flaw is asked about: the score on a scale and the reasons in words. */
export function WhyGrouped({ findings, suggestions }: WhyGroupedProps) {
  const joined = findings.slice(1)
  const open = suggestions.filter((suggestion) => suggestion.state === 'open')
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
              {joined.slice(0, 12).map((finding) => (
                <tr key={finding.id}>
                  <th scope="row" className="b">
                    {finding.letter}
                  </th>
                  <td>
                    <Inert text={finding.joined.say} />
                  </td>
                  <td className="num">{finding.joined.score.toFixed(2)}</td>
                </tr>
              ))}
              {open.map((suggestion, n) => (
                <tr key={suggestion.id}>
                  <th scope="row" className="b">
                    {points[joined.length + n]?.name}
                  </th>
                  <td>
                    <Inert text={suggestion.reasons.map((reason) => reason.say).join('; ')} />
                  </td>
                  <td className="num">{suggestion.score.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {joined.length > 12 ? (
            <p className="xs i3">{joined.length - 12} more, each with its reason in its column’s report.</p>
          ) : null}
        </>
      )}
    </section>
  )
}
