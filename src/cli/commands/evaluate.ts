import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SimulatedCoverage } from '../../core/evaluation/planner/coverage.ts'
import { type Console, interruptible } from '../console.ts'
import { checkBundle } from '../evaluate/check-bundle.ts'
import { evaluateTable } from '../evaluate/evaluate-files.ts'
import {
  DEFAULT_RESAMPLES,
  DEFAULT_SEED,
  type EvaluateOptions,
  readAxis,
  readProfile,
  readResamples,
  readSeed,
  readWeights,
} from '../evaluate/evaluate-options.ts'
import { horizonJson, horizonLines } from '../evaluate/horizon-lines.ts'
import { readFiles } from '../evaluate/read-files.ts'
import { writeBundle } from '../evaluate/write-bundle.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { inert, inertJson } from '../text/inert.ts'
import { ProgressLine, progressText } from '../text/progress.ts'
import { addPlanVerb } from './evaluate-plan.ts'
import { addRunVerb } from './evaluate-run.ts'
import type { Verb } from './verb.ts'

/** `weir evaluate …`: horizons of anyone's logs and run tables, the planner, running a suite; no server is needed. */
export const evaluateVerb: Verb = (program, screen, finish) => {
  const command = program
    .command('evaluate')
    .description('Time horizons of Inspect logs and run tables, with intervals and every edge case in words.')
    .argument('[files...]', 'Inspect logs (.eval, .json), tables of runs or tasks (.csv), or folders of them')
    .option('--tasks <csv>', 'human times and families of tasks; they count before those in the files')
    .option(
      '--axis <axis>',
      'which human time: stated, best, completion, expert-estimate, first-solve, model-estimate',
      readAxis,
    )
    .option('--profile <name>', 'how the curve is fitted: metr-1.1, metr-1.0', readProfile, 'metr-1.1')
    .option('--weights <rule>', 'of runs: inverse-root, equal, stated', readWeights, 'inverse-root')
    .option('--resamples <n>', 'of families, then tasks, then attempts; 0: no interval', readResamples, DEFAULT_RESAMPLES)
    .option('--seed <n>', 'of everything random in it', readSeed, DEFAULT_SEED)
    .option('--scorer <name>', 'which score counts, where logs have several')
    .option('--score-key <key>', 'which value counts, where a score has several')
    .option('--model <name>', 'this one only, for --svg, --write-bundle and its coverage')
    .option('--svg <file>', 'draw the curve with its band; with several models one file each')
    .option('--write-bundle <file>', 'write data, settings and report of one model, to be computed again anywhere')
    .option('--bundle <file>', 'compute the report of such a bundle again and say whether it is the same')
    .option('--coverage', 'simulate how often the interval holds, also where there are many models of fewer than 12 families')
    .option('--json', 'per model p50, p80, interval, outcome; method and settings')
    .addHelpText('after', '\nThe method, its settings and its edge cases are in docs/evaluate.md.')
    .action(async (files: string[], options: EvaluateOptions) =>
      finish(await interruptible((signal) => evaluate(files, options, screen, signal))),
    )
  addPlanVerb(command, screen, finish)
  addRunVerb(command, screen, finish)
}

async function evaluate(files: string[], options: EvaluateOptions, screen: Console, signal: AbortSignal): Promise<Exit> {
  if (options.bundle !== undefined) {
    if (files.length > 0) throw new Stop(EXIT.badInput, 'A bundle holds its data itself.', 'Give files or --bundle.')
    return checkBundle(resolve(HERE, options.bundle), options.json === true, screen)
  }
  if (files.length === 0) throw new Stop(EXIT.badInput, 'No file was named.', 'weir evaluate FILE… [--tasks TASKS.csv]')
  const line = new ProgressLine(process.stderr, () => performance.now())
  const { table, findings, sources } = readFiles(
    files.map((file) => resolve(HERE, file)),
    {
      tasks: options.tasks === undefined ? null : resolve(HERE, options.tasks),
      choice: { scorer: options.scorer ?? null, key: options.scoreKey ?? null },
    },
  )
  for (const { file, code, where, say } of options.json ? [] : findings)
    screen.tell(`${inert(code)}  ${inert(file)}${where === '' ? '' : `, ${inert(where)}`}: ${inert(say)}`)
  if (table.runs.length === 0) throw new Stop(EXIT.badInput, 'There is no run in these files.')
  const began = performance.now()
  const { report, axis, axes, svg, coverage } = await evaluateTable(table, options, signal, (done) =>
    line.show(() =>
      progressText({
        word: 'resampling',
        done,
        unit: 'resamples',
        share: done / options.resamples,
        elapsed: performance.now() - began,
      }),
    ),
  ).finally(() => line.clear())
  if (signal.aborted) return EXIT.stopped
  const chosen = report.models.filter(({ model }) => options.model === undefined || model === options.model)
  if (chosen.length === 0) throw new Stop(EXIT.badInput, `No model of these files is called ${inert(options.model ?? '')}.`)
  // Of one model it is always told; of many it takes seconds each.
  const simulated = options.coverage || chosen.length === 1 ? chosen : []
  const covered = new Map(simulated.flatMap(({ model }) => [[model, coverage(model)] as const]).filter(hasCoverage))
  if (options.json) screen.out(inertJson(horizonJson(report, covered, { axes, findings, sources })))
  else for (const text of horizonLines(report, covered, screen.ink)) screen.out(text)
  if (options.svg !== undefined)
    for (const { model } of chosen) {
      const file = svgFile(resolve(HERE, options.svg), model, chosen.length > 1)
      writeFileSync(file, svg(model))
      screen.tell(`wrote      ${inert(file)}`)
    }
  if (options.writeBundle !== undefined) {
    const [only] = chosen
    if (!only || chosen.length > 1) throw new Stop(EXIT.badInput, 'A bundle is of one model.', 'Name it with --model.')
    const file = resolve(HERE, options.writeBundle)
    writeBundle(file, table, only.model, axis, options, new Date().toISOString())
    screen.tell(`wrote      ${inert(file)}`)
  }
  return EXIT.done
}

function hasCoverage(one: readonly [string, SimulatedCoverage | null]): one is readonly [string, SimulatedCoverage] {
  return one[1] !== null
}

function svgFile(file: string, model: string, several: boolean): string {
  if (!several) return file
  const name = model.replace(/[^\w.-]+/g, '-').slice(0, 60)
  return `${file.replace(/\.svg$/i, '')}-${name}.svg`
}
