import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ENDPOINT_APIS, type EndpointApi } from '../../contract/custody.ts'
import { type Console, interruptible } from '../console.ts'
import { positive, wholeIn } from '../evaluate/evaluate-options.ts'
import { profileOf } from '../evaluate/run-profile.ts'
import { readSecret } from '../evaluate/run-secret.ts'
import { runSuite } from '../evaluate/run-suite.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { HERE, ROOT } from '../root.ts'
import { counted, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { stateFolder } from '../validate/state-place.ts'
import type { Finish } from './verb.ts'

interface Options {
  readonly suite?: string
  readonly out: string
  readonly api: string
  readonly base: string
  readonly model: string
  readonly keyFile?: string
  readonly keyVariable: string
  readonly task?: string[]
  readonly attempts: number
  readonly repeats: number
  readonly atOnce: number
  readonly tokens?: number
  readonly minutes?: number
  readonly priceIn?: number
  readonly priceOut?: number
  readonly state?: string
  readonly json?: boolean
}

const several = (text: string, before: string[] | undefined) => [...(before ?? []), text]

/** `weir evaluate run`: a suite against an endpoint, each attempt in a sandbox of this machine. */
export function addRunVerb(command: Command, screen: Console, finish: Finish): void {
  command
    .command('run')
    .description('Run a suite against a model, in sandboxes of this machine, into a folder that can be gone on with.')
    .requiredOption('--out <folder>', 'written: results, transcripts, runs.csv')
    .requiredOption('--base <url>', 'below it the paths of the API, for example https://models.example/v1')
    .requiredOption('--model <name>', 'as the endpoint calls it')
    .option('--api <name>', `one of ${ENDPOINT_APIS.join(', ')}`, 'openai-chat')
    .option('--suite <folder>', 'a folder with suite.json; else the sample suite')
    .option('--key-file <file>', 'where the key is')
    .option('--key-variable <name>', 'environment variable that holds the key', 'WEIR_MODEL_KEY')
    .option('--task <id>', 'this task only; may be given again', several)
    .option('--attempts <n>', 'at each task', wholeIn(1, 100), 1)
    .option('--repeats <n>', 'after a fault of harness or endpoint', wholeIn(0, 10), 3)
    .option('--at-once <n>', 'sandboxes at the same time', wholeIn(1, 64), 2)
    .option('--tokens <n>', 'most tokens of one attempt', wholeIn(1, 1e8))
    .option('--minutes <n>', 'most wall time of one attempt', positive)
    .option('--price-in <dollars>', 'of a million tokens in', positive)
    .option('--price-out <dollars>', 'of a million tokens out', positive)
    .option('--state <folder>', 'where key and built trees are kept')
    .option('--json', 'as JSON')
    .action(async (options: Options) => finish(await interruptible((signal) => run(options, screen, signal))))
}

async function run(options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  const api = ENDPOINT_APIS.find((one): one is EndpointApi => one === options.api)
  if (api === undefined) throw new Stop(EXIT.badInput, `APIs: ${ENDPOINT_APIS.join(', ')}.`)
  const { priceIn, priceOut, tokens, minutes } = options
  if ((priceIn === undefined) !== (priceOut === undefined)) throw new Stop(EXIT.badInput, 'Give both prices or none.')
  const place = options.keyFile === undefined ? { variable: options.keyVariable } : { file: resolve(HERE, options.keyFile) }
  const secret = readSecret(place, process.env)
  const done = await runSuite(
    {
      suite: options.suite === undefined ? resolve(ROOT, 'suites/sample') : resolve(HERE, options.suite),
      out: resolve(HERE, options.out),
      state: stateFolder(options.state),
      endpoint: { api, base: options.base, model: options.model, secret },
      tasks: options.task ?? null,
      attempts: options.attempts,
      repeats: options.repeats,
      atOnce: options.atOnce,
      profile: profileOf({ ...(tokens === undefined ? {} : { tokens }), ...(minutes === undefined ? {} : { minutes }) }),
      prices: priceIn === undefined || priceOut === undefined ? null : { input: priceIn, output: priceOut },
    },
    screen,
    signal,
  )
  const solved = done.results.filter(({ score }) => score === 1).length
  const missing = done.results.filter(({ score }) => score === null).length
  if (options.json) {
    const { total, stopped, table, unsolved } = done
    screen.out(JSON.stringify({ attempts: done.results.length, total, solved, missing, stopped, unsolved, table }))
  } else {
    screen.out(
      `attempts   ${whole(done.results.length)} of ${whole(done.total)}; ${whole(solved)} solved, ${whole(missing)} missing`,
    )
    if (done.unsolved.length > 0) screen.out(`left out   ${counted(done.unsolved.length, 'task')} without a working solution`)
    screen.out(`table      ${inert(done.table)}`)
    screen.out(`next       weir evaluate ${inert(done.table)}`)
  }
  if (done.stopped) return EXIT.stopped
  return done.results.length < done.total || missing > 0 ? EXIT.attention : EXIT.done
}
