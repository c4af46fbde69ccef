import type { AnalysisFigures } from '../../../core/evaluation/figures/shape.ts'
import { sayMinutes } from './say-minutes.ts'

type Cell = AnalysisFigures['multiverse']['cells'][number]

const CHOICES: readonly (readonly [keyof Cell, string, (value: never) => string])[] = [
  ['lambda', 'Ridge', (value: number) => String(value)],
  ['weights', 'Weights', (value: string) => value.replace('-', ' ')],
  ['axis', 'Human time', (value: string) => value.replace('-', ' ')],
  ['treatment', 'Cheating counts as', (value: string) => ({ F: 'failure', X: 'dropped', S: 'success' })[value] ?? value],
  ['missing', 'Missing', (value: string) => ({ drop: 'left out', zero: 'as 0', one: 'as 1' })[value] ?? value],
  ['budget', 'Budget', (value: number | null) => (value === null ? 'as run' : `${value / 1e6} M`)],
]

/** Every other fair analysis of the same data, sorted by result; by choice, the middle one. Sides only where the criterion is published. */
export function Multiverse({ figures, criterion }: { figures: AnalysisFigures; criterion: number | null }) {
  const { cells, spread } = figures.multiverse
  const numbers = cells.flatMap(({ p50 }) => (p50 === null ? [] : [p50])).sort((a, b) => a - b)
  if (spread === null || numbers.length === 0) return <p className="s i2">No other analysis gives a number.</p>
  const [WIDE, HIGH] = [1120, 90]
  const [low, high] = [Math.log2(spread.low) - 0.2, Math.log2(spread.high) + 0.2]
  const x = (n: number) => (WIDE * (n + 0.5)) / numbers.length
  const y = (minutes: number) => HIGH - (HIGH * (Math.log2(minutes) - low)) / Math.max(0.01, high - low)
  const above = criterion === null ? null : numbers.filter((one) => one > criterion).length
  const says = `${cells.length} analyses give ${sayMinutes(spread.low)} to ${sayMinutes(spread.high)}${above === null ? '' : `; ${above} lie above the criterion`}`
  return (
    <>
      <p className="s i2">{says}.</p>
      <section
        className="sidescroll"
        aria-label="All analyses, sorted by result"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <svg className="curve strip" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={says}>
          {criterion !== null && criterion >= spread.low && criterion <= spread.high ? (
            <path className="criterion" d={`M0 ${y(criterion)}H${WIDE}`} />
          ) : null}
          <path className="line" d={`M${numbers.map((one, n) => `${x(n)} ${y(one)}`).join('L')}`} />
        </svg>
      </section>
      <div className="choices">
        {CHOICES.map(([name, title, say]) => {
          const values = [...new Set(cells.map((cell) => cell[name]))]
          return values.length < 2 ? null : (
            <table key={name}>
              <caption>{title}</caption>
              <thead className="vh">
                <tr>
                  <th scope="col">{title}</th>
                  <th scope="col">Middle result</th>
                </tr>
              </thead>
              <tbody>
                {values.map((value) => (
                  <tr key={String(value)}>
                    <td>{say(value as never)}</td>
                    <td className="num">{middle(cells.filter((cell) => cell[name] === value))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        })}
      </div>
    </>
  )
}

function middle(cells: readonly Cell[]): string {
  const numbers = cells.flatMap(({ p50 }) => (p50 === null ? [] : [p50])).sort((a, b) => a - b)
  const found = numbers[Math.floor(numbers.length / 2)]
  return found === undefined ? 'no number' : sayMinutes(found)
}
