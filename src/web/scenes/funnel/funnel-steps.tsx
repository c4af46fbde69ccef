import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { CountBar, SmallCount } from '../../parts/marks/count-bar.tsx'
import { count } from '../../parts/time/format.ts'
import { STEP_WORDS } from './funnel-csv.ts'

/** Steps as bars from zero. What is withheld is drawn dashed. */
export function FunnelSteps({ steps }: { steps: FunnelOut['steps'] }) {
  const most = Math.max(1, ...steps.map(({ flaws }) => flaws ?? 0))
  return (
    <table className="funneltable">
      <caption className="vh">Flaws, step by step</caption>
      <thead>
        <tr>
          <th scope="col" className="w-step">
            Step
          </th>
          <th scope="col" className="num w-n">
            Flaws
          </th>
          <th scope="col" className="num w-of">
            Of last
          </th>
          <th scope="col" className="w-bar">
            <span className="vh">Held, and by whom</span>
          </th>
          <th scope="col" className="num w-median">
            Median
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((one, n) => {
          const last = n === 0 ? null : (steps[n - 1]?.flaws ?? null)
          return (
            <tr key={one.step}>
              <th scope="row">{STEP_WORDS[one.step]}</th>
              <td className="num b">
                <SmallCount n={one.flaws} />
              </td>
              <td className="num">
                {last === null || last === 0 || one.flaws === null ? '' : `${Math.round((100 * one.flaws) / last)} %`}
              </td>
              <td className="w-bar">
                <CountBar n={one.flaws} most={most} />
                {one.held.map((held) => (
                  <span key={held.why} className="second xs i3">
                    <SmallCount n={held.flaws} /> <Inert text={held.why} />
                  </span>
                ))}
              </td>
              <td className="num">
                <Median hours={one.medianHours} first={n === 0} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Median({ hours, first }: { hours: number | null; first: boolean }) {
  if (first) return null
  if (hours === null) return <span className="i3">not told</span>
  const [value, unit] = hours < 48 ? [hours, 'h'] : [hours / 24, 'd']
  return (
    <>
      <b>{value < 10 ? value.toFixed(1).replace(/\.0$/, '') : count(Math.round(value))}</b> <span className="i3">{unit}</span>
    </>
  )
}
