import { InvalidArgumentError } from 'commander'
import { TIERS } from '../../core/sandbox/tier.ts'
import { TASKS } from '../../core/validation/proof.ts'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { ask, type Client } from '../http/client.ts'
import { object, text } from '../http/read.ts'
import { shownResult } from '../prove/shown-result.ts'
import { standing, validationLines } from '../prove/validation-lines.ts'
import { readPage, watchValidation } from '../prove/watch-validation.ts'
import { inert, inertJson } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import { exitOfOutcome } from './validate.ts'
import type { Verb } from './verb.ts'

interface Options extends Reach {
  readonly target?: string
  readonly tasks?: string[]
  readonly runs?: number
  readonly floor?: string
  readonly variants?: number
  readonly refuzz?: number
  readonly wait?: boolean
  readonly json?: boolean
}

const number = (word: string) => {
  if (/^\d{1,4}$/.test(word)) return Number(word)
  throw new InvalidArgumentError('A whole number.')
}
const oneOf = (all: readonly string[]) => (word: string) => {
  if (all.includes(word)) return word
  throw new InvalidArgumentError(`One of ${all.join(', ')}.`)
}
const tasks = (words: string) => words.split(',').map((one) => oneOf(TASKS)(one.trim()))

/** `weir prove …`: has a flaw or a finding proved by a server's runner, and looks at what comes of it. */
export const proveVerb: Verb = (program, screen, finish) => {
  const prove = program
    .command('prove')
    .description('Have a flaw (flw_…) or a finding of yours (fnd_…) proved by a runner of the server.')
    .argument('<subject>')
    .enablePositionalOptions()
  reaching(prove)
    .option('--target <id>', 'what it is run against: weir target list')
    .option('--tasks <list>', `of ${TASKS.join(',')} (else reproduce)`, tasks)
    .option('--runs <n>', 'runs of each reproducer, 3 to 20 (else 5)', number)
    .option('--floor <tier>', `weakest sandbox that will do: ${TIERS.join(', ')}`, oneOf(TIERS))
    .option('--variants <n>', 'mutations tried for variants of a reproducer, 0 to 2000', number)
    .option('--refuzz <seconds>', 'fuzzing around each fix, 0 to 600', number)
    .option('--wait', 'show progress and what it came to; Ctrl-C ends the watching only')
    .option('--json', 'as JSON')
    .action(async (subject: string, options: Options) =>
      finish(await interruptible((signal) => start(subject, options, screen, signal))),
    )
  reaching(
    prove
      .command('show')
      .description('Say where a validation stands and what it came to. Exit code 1 when not everything is proved.')
      .argument('<validation>'),
  )
    .option('--json', 'as JSON')
    .action(async (id: string, { json, ...reach }: Reach & { json?: boolean }) => {
      const { client } = await reachServer(reach, 'coordinator')
      finish(await show(client, id, json === true, screen))
    })
  reaching(prove.command('stop').description('Stop a validation that waits or runs.').argument('<validation>')).action(
    async (id: string, reach: Reach) => {
      const { client } = await reachServer(reach, 'coordinator')
      const row = object(await ask(client, 'POST', `/v1/validations/${encodeURIComponent(id)}/stop`))
      screen.tell(`${inert(text(row['state']) ?? '', 20).padEnd(9)}  ${inert(text(row['say']) ?? '')}`)
      finish(EXIT.done)
    },
  )
}

async function start(subject: string, options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  const word = subject.toLowerCase()
  const noun = word.startsWith('flw_') ? 'flaws' : word.startsWith('fnd_') ? 'findings' : null
  if (noun === null) throw new Stop(EXIT.badInput, `${inert(subject, 60)} is neither a flaw (flw_…) nor a finding (fnd_…).`)
  if (options.target === undefined)
    throw new Stop(EXIT.badInput, 'Say what it is run against: --target ID.', 'Targets: weir target list')
  const { client } = await reachServer(options, noun === 'flaws' ? 'coordinator' : 'finder')
  const { target, tasks, runs, floor, variants, refuzz: refuzzSeconds } = options
  const body = { target, tasks, settings: { runs, floor, variants, refuzzSeconds } }
  const row = object(await ask(client, 'POST', `/v1/${noun}/${encodeURIComponent(subject)}/validations`, body))
  const id = text(row['id']) ?? ''
  screen.tell(`asked      ${inert(id, 60)}`)
  if (!options.wait) {
    const waits = text(row['waitsFor'])
    if (waits !== null) screen.tell(`           ${inert(waits)}`)
    screen.out(options.json ? inertJson(JSON.stringify(row)) : inert(id, 60))
    return EXIT.done
  }
  const line = new ProgressLine(process.stderr, () => performance.now())
  await watchValidation(client, id, (page) => line.show(() => inert(standing(page.row))), signal).finally(() => line.clear())
  return await show(client, id, options.json === true, screen)
}

async function show(client: Client, id: string, json: boolean, screen: Console): Promise<Exit> {
  const page = await readPage(client, id)
  if (json) screen.out(inertJson(JSON.stringify(page)))
  else for (const line of validationLines(page, screen.ink)) screen.out(line)
  const { state } = page.row
  if (state === 'waiting' || state === 'running') return EXIT.done
  return page.result === null ? EXIT.attention : exitOfOutcome(shownResult(page.result))
}
