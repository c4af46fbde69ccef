import { LEAST_COVERAGE } from '../../core/evaluation/decision/evidence.ts'
import { sayMinutes } from '../../core/evaluation/horizon/say-minutes.ts'
import type { SimulatedCoverage } from '../../core/evaluation/planner/coverage.ts'
import type { End, HorizonReport, HorizonResult } from '../../core/evaluation/result.ts'
import { columns } from '../text/columns.ts'
import { whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'

/** Simulated coverage by model, where it was asked for. */
export type Covered = ReadonlyMap<string, SimulatedCoverage>

const HEAD = ['MODEL', 'P50', '95 % INTERVAL', 'P80', 'RUNS', 'TASKS', 'FAMILIES', 'OUTCOME']

/** The table for a terminal, the longest horizon first, then what to know of each model. */
export function horizonLines({ method, models }: HorizonReport, covered: Covered, ink: Ink): string[] {
  const sorted = [...models].sort((a, b) => (b.p50 ?? -1) - (a.p50 ?? -1) || (a.model < b.model ? -1 : 1))
  const rows = sorted.map((one) => [
    inert(one.model, 48),
    numberOf(one),
    intervalOf(one),
    one.p80 === null ? '-' : sayMinutes(one.p80),
    whole(one.counts.runs),
    whole(one.counts.tasks),
    whole(one.counts.families),
    one.outcome,
  ])
  const shape = HEAD.map((_, at) => ({ right: at > 0 && at < 7 }))
  const [head = '', ...lines] = columns([HEAD, ...rows], shape)
  const { resampling } = method
  const drawn =
    resampling === null
      ? 'no interval'
      : `${whole(resampling.resamples)} resamples by ${resampling.units}, seed ${resampling.seed}`
  const says = sorted.flatMap((one) => {
    const coverage = covered.get(one.model)
    const notes = [...one.notes.map(({ say }) => `  ${inert(say, 400)}`), ...(coverage ? [`  ${sayCoverage(coverage)}`] : [])]
    return one.outcome === 'estimated' && notes.length === 0
      ? []
      : [`${inert(one.model, 48)}: ${inert(one.say, 400)}`, ...notes]
  })
  return [
    ink.dim(head),
    ...lines,
    '',
    ...says,
    ...(says.length > 0 ? [''] : []),
    ink.dim(
      `method ${method.name}, ${method.profile}, ridge ${method.lambda}, weights ${method.weights}, axis ${method.axis}; ${drawn}`,
    ),
  ]
}

function numberOf({ p50, bound }: HorizonResult): string {
  if (p50 !== null) return sayMinutes(p50)
  return bound === null ? '-' : `${bound.side === 'above' ? '>' : '<'} ${sayMinutes(bound.minutes)}`
}

function intervalOf({ interval }: HorizonResult): string {
  if (interval === null) return '-'
  const say = ({ minutes, reliable }: End, open: string) =>
    minutes === null ? open : reliable ? sayMinutes(minutes) : `(${sayMinutes(minutes)})`
  return `${say(interval.low, 'open')} to ${say(interval.high, 'open')}`
}

/** What `--json` prints: of each model the four that pipes ask for first, then everything, and how it was computed. */
export function horizonJson({ method, models }: HorizonReport, covered: Covered, rest: object): string {
  const one = (result: HorizonResult) => ({
    model: result.model,
    p50: result.p50,
    p80: result.p80,
    interval: result.interval && [result.interval.low.minutes, result.interval.high.minutes],
    outcome: result.outcome,
    method: method.name,
    coverage: covered.get(result.model) ?? null,
    result,
  })
  return JSON.stringify({ method: method.name, settings: method, models: models.map(one), ...rest })
}

function sayCoverage({ coverage, se, sets, taskSd, familySd }: SimulatedCoverage): string {
  const share = `${(100 * coverage).toFixed(1)} % (± ${(196 * se).toFixed(1)})`
  const low = coverage < LEAST_COVERAGE ? ' Below 93 %: it says neither met nor not met.' : ''
  return `Fewer than 12 families: in ${sets} simulated measurements of this design the interval held the truth in ${share}; task SD ${taskSd}, family SD ${familySd} assumed.${low}`
}
