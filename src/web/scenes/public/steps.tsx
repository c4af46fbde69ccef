import type { Tally } from '../../../contract/shapes/public.ts'
import { CountBar, SmallCount } from '../../parts/marks/count-bar.tsx'

/** Steps as bars from zero, with the share of the step before. */
export function Steps({ steps }: { steps: Tally['steps'] }) {
  const most = Math.max(1, ...steps.map((step) => step.count ?? 0))
  return (
    <table className="steps">
      <caption className="vh">Counts, step by step</caption>
      <thead>
        <tr>
          <th scope="col" className="c-step">
            Step
          </th>
          <th scope="col" className="num c-count">
            Count
          </th>
          <th scope="col">What is counted</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.step}>
            <th scope="row">{step.step}</th>
            <td className="num b">
              <SmallCount n={step.count} />
            </td>
            <td>
              <CountBar n={step.count} most={most} />
              <span className="xs i3">{step.say}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
