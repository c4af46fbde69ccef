import type { Command } from 'commander'
import { sayMinutes } from '../../core/evaluation/horizon/say-minutes.ts'
import { forecast } from '../../core/evaluation/planner/forecast.ts'
import { faultOf, type Question, USUAL_QUESTION } from '../../core/evaluation/planner/question.ts'
import type { Console } from '../console.ts'
import { DEFAULT_SEED, positive, readSeed, wholeIn } from '../evaluate/evaluate-options.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { whole } from '../text/figures.ts'
import type { Finish } from './verb.ts'

interface Options {
  readonly families: number
  readonly tasks: number
  readonly runs: number
  readonly horizon: number
  readonly criterion?: number
  readonly tokens: number
  readonly minutes: number
  readonly atOnce: number
  readonly price?: number
  readonly seed: number
  readonly json?: boolean
}

/** `weir evaluate plan`: what a measurement would tell, before it is made. */
export function addPlanVerb(command: Command, screen: Console, finish: Finish): void {
  const usual = USUAL_QUESTION
  command
    .command('plan')
    .description('Width of the interval, days, tokens and cost of a measurement that is not made yet, by simulation.')
    .option('--families <n>', 'families of tasks', wholeIn(1, 500), usual.families)
    .option('--tasks <n>', 'tasks of each family', wholeIn(1, 500), usual.tasksPerFamily)
    .option('--runs <n>', 'attempts at each task', wholeIn(1, 50), usual.runs)
    .option('--horizon <minutes>', 'where the horizon is guessed to lie', positive, usual.horizon)
    .option('--criterion <minutes>', 'of the decision, for the chances of each outcome', positive)
    .option('--tokens <n>', 'tokens of one run', wholeIn(0, 1e9), usual.tokensPerRun)
    .option('--minutes <n>', 'wall time of one run', positive, usual.minutesPerRun)
    .option('--at-once <n>', 'runs at the same time', wholeIn(1, 1000), usual.atOnce)
    .option('--price <dollars>', 'of a million tokens', positive)
    .option('--seed <n>', 'of the simulation', readSeed, DEFAULT_SEED)
    .option('--json', 'as JSON')
    .action((options: Options) => finish(plan(options, screen)))
}

function plan(options: Options, screen: Console): Exit {
  const question: Question = {
    ...USUAL_QUESTION,
    families: options.families,
    tasksPerFamily: options.tasks,
    runs: options.runs,
    horizon: options.horizon,
    criterion: options.criterion ?? null,
    tokensPerRun: options.tokens,
    minutesPerRun: options.minutes,
    atOnce: options.atOnce,
    dollarsPerMillion: options.price ?? null,
  }
  const fault = faultOf(question)
  if (fault !== null) throw new Stop(EXIT.badInput, fault)
  const answer = forecast(question, options.seed)
  if (options.json) {
    screen.out(JSON.stringify({ question, ...answer }))
    return EXIT.done
  }
  const { width, chance, runs, tokens, dollars, days, sets, seed } = answer
  const percent = (share: number) => `${Math.round(100 * share)} %`
  screen.out(`interval   ${width === null ? 'none at this size' : `upper end ${width.toPrecision(2)} times the lower`}`)
  if (chance !== null) {
    const { met, notMet, undetermined } = chance
    const guess = sayMinutes(question.horizon)
    screen.out(
      `outcome    met ${percent(met)}, not met ${percent(notMet)}, undetermined ${percent(undetermined)}, were it ${guess}`,
    )
  }
  screen.out(`runs       ${whole(runs)}, ${whole(tokens)} tokens${dollars === null ? '' : `, $${whole(dollars)}`}`)
  screen.out(`days       ${days.toFixed(1)}`)
  screen.out(
    `simulated  ${sets} measurements, seed ${seed}; task SD ${question.taskSd}, family SD ${question.familySd} logits assumed`,
  )
  return EXIT.done
}
