import { resolve } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { RunnerLine } from '../../contract/runner.ts'
import { TIERS } from '../../core/sandbox/tier.ts'
import { TASKS } from '../../core/validation/proof.ts'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type AdHoc, isAdHoc, withAdHoc } from '../validate/ad-hoc.ts'
import { type OutcomeView, outcomeLines } from '../validate/outcome-lines.ts'
import { showProgress } from '../validate/run-progress.ts'
import { runRunner } from '../validate/runner-process.ts'
import { stateFolder } from '../validate/state-place.ts'
import { checkSandbox, replayStatement, verifyStatement } from './validate-statement.ts'
import type { Verb } from './verb.ts'

interface Options extends AdHoc {
  readonly tasks?: string[]
  readonly runs?: number
  readonly floor?: string
  readonly variants?: number
  readonly refuzz?: number
  readonly seed?: number
  readonly out?: string
  readonly state?: string
  readonly json?: boolean
}

const number = (text: string) => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number.')
}
const tasks = (text: string) => {
  const all = text.split(',').map((one) => one.trim())
  if (all.every((one) => (TASKS as readonly string[]).includes(one))) return all
  throw new InvalidArgumentError(`Tasks: ${TASKS.join(', ')}.`)
}
const floor = (text: string) => {
  if ((TIERS as readonly string[]).includes(text)) return text
  throw new InvalidArgumentError(`Tiers, the strongest first: ${TIERS.join(', ')}.`)
}
const several = (text: string, before: string[] | undefined) => [...(before ?? []), text]
const STATE = ['--state <folder>', 'where key and built trees are kept'] as const

/** `weir validate …`: runs reproducers and patches in a sandbox of this machine; no server is needed. */
export const validateVerb: Verb = (program, screen, finish) => {
  const command = program
    .command('validate')
    .description('Run reproducers against their target in a sandbox, try patches, and sign what came out.')
    .argument('[proof]', 'a weir-proof.json, or the folder it is in')
  proving(command)
    .addHelpText(
      'after',
      '\nExit codes: 0 every reproducer is confirmed and every patch validated, 1 something needs you,\n2 bad input, 4 no sandbox here (nothing is run). The file is explained in docs/validate.md.',
    )
    .action(async (proof: string | undefined, options: Options) =>
      finish(await interruptible((signal) => validate(proof, options, screen, signal))),
    )
  command
    .command('verify')
    .description('Verify the signature of a statement and say what it says. Exit code 1 when it does not hold.')
    .argument('<statement>')
    .option('--key <file>', "public key of the runner, PEM or base64; else this machine's own")
    .option(...STATE)
    .action((statement: string, options: { key?: string; state?: string }) =>
      finish(verifyStatement(statement, options, screen)),
    )
  command
    .command('replay')
    .description('Run again what a statement is about and say whether it agrees. Exit code 1 when it does not.')
    .argument('<statement>')
    .argument('<proof>', 'the same weir-proof.json, or its folder')
    .option('--out <folder>', 'write statement, log and outcome of the new run there')
    .option(...STATE)
    .option('--json', 'as JSON')
    .action(async (statement: string, proof: string, options: { out?: string; state?: string; json?: boolean }) =>
      finish(await interruptible((signal) => replayStatement(statement, proof, options, screen, signal))),
    )
  command
    .command('check')
    .description('Say which sandboxes are here, what the others lack, and whose key signs. Exit code 4 when there is none.')
    .option(...STATE)
    .option('--json', 'as JSON')
    .action(async (options: { state?: string; json?: boolean }) =>
      finish(await interruptible((signal) => checkSandbox(options, screen, signal))),
    )
}

function proving(command: Command): Command {
  return command
    .option('--target <path>', 'without a proof file: source folder, archive or git bundle')
    .option('--recipe <file>', 'how it is built and run')
    .option('--reproducer <file>', 'an input that fires; may be given again', several)
    .option('--harness <name>', 'harness of the recipe, where it has several')
    .option('--patch <file>', 'a patch to try; may be given again', several)
    .option('--benign <file>', 'an input that must not fire; may be given again', several)
    .option('--tasks <list>', `of ${TASKS.join(',')}`, tasks)
    .option('--runs <n>', 'runs of each reproducer, 3 to 20 (else 5)', number)
    .option('--floor <tier>', `weakest sandbox that will do: ${TIERS.join(', ')}`, floor)
    .option('--variants <n>', 'mutations tried for variants of a reproducer, 0 to 2000', number)
    .option('--refuzz <seconds>', 'fuzzing around each fix, 0 to 600', number)
    .option('--seed <n>', 'seed of everything random in it', number)
    .option('--out <folder>', 'write statement, key, outcome, log and products there')
    .option(...STATE)
    .option('--json', 'outcome and statement as JSON')
}

async function validate(proof: string | undefined, options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  const adHoc = isAdHoc(options)
  if (adHoc && proof !== undefined)
    throw new Stop(EXIT.badInput, 'A proof file says target, recipe and reproducers itself.', 'Give either of both.')
  if (!adHoc && proof === undefined)
    throw new Stop(EXIT.badInput, 'No proof file was named.', 'weir validate FILE|FOLDER, or --target --recipe --reproducer')
  if (adHoc) return withAdHoc(options, (file) => validateFile(file, options, screen, signal))
  return validateFile(resolve(HERE, proof ?? '.'), options, screen, signal)
}

async function validateFile(proofFile: string, options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  const { runs, floor, variants, refuzz: refuzzSeconds, seed } = options
  const given = Object.entries({ runs, floor, variants, refuzzSeconds, seed }).filter(([, value]) => value !== undefined)
  const settings = Object.fromEntries(given) as Record<string, number | string>
  const out = options.out === undefined ? null : resolve(HERE, options.out)
  let done: Extract<RunnerLine, { event: 'done' }> | null = null
  const progress = showProgress(screen)
  try {
    await runRunner(
      ['local', '--state', stateFolder(options.state)],
      { do: 'validate', proofFile, out, tasks: options.tasks ?? null, settings },
      (line) => {
        if (line.event === 'progress') progress.show(line)
        else if (line.event === 'done') done = line
      },
      signal,
    )
  } finally {
    progress.clear()
  }
  if (done === null) throw new Stop(EXIT.unavailable, 'The runner ended without a result.')
  const { outcome, envelope, files } = done as Extract<RunnerLine, { event: 'done' }>
  if (options.json) screen.out(inertJson(JSON.stringify({ outcome, statement: envelope, files })))
  else for (const line of outcomeLines(outcome, screen.ink)) screen.out(line)
  for (const file of options.json ? [] : files) screen.tell(`wrote      ${inert(file)}`)
  return exitOfOutcome(outcome)
}

/** 0 where everything asked was proved; else 1. */
export function exitOfOutcome({ reproducers, patches }: Pick<OutcomeView, 'reproducers' | 'patches'>): Exit {
  const proved =
    reproducers.every(({ verdict }) => verdict === 'confirmed') && patches.every(({ standing }) => standing === 'validated')
  return proved ? EXIT.done : EXIT.attention
}
