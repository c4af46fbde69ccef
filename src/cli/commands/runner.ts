import type { RunnerLine } from '../../contract/runner.ts'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { DEFAULT_SERVER, serverAddress } from '../http/address.ts'
import { inert } from '../text/inert.ts'
import { runRunner } from '../validate/runner-process.ts'
import { stateFolder } from '../validate/state-place.ts'
import type { Verb } from './verb.ts'

interface Options {
  readonly server?: string
  readonly state?: string
  readonly name?: string
  readonly once?: boolean
}

/** `weir runner`: takes validations from a server and runs them here, until Ctrl-C. */
export const runnerVerb: Verb = (program, screen, finish) => {
  program
    .command('runner')
    .description('Run validations for a server on this machine until Ctrl-C. The token comes from WEIR_RUNNER_TOKEN.')
    .option('--server <url>', `the server (WEIR_SERVER; else ${DEFAULT_SERVER})`)
    .option('--state <folder>', 'where key and built trees are kept')
    .option('--name <name>', "the runner's name; else this machine's")
    .option('--once', 'end after one job')
    .action(async (options: Options) => finish(await interruptible((signal) => runner(options, screen, signal))))
}

async function runner(options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  const server = serverAddress(options.server ?? (process.env['WEIR_SERVER'] || DEFAULT_SERVER))
  if (!process.env['WEIR_RUNNER_TOKEN'])
    throw new Stop(
      EXIT.refused,
      'A runner needs a token of its own.',
      'An administrator makes one; give it as WEIR_RUNNER_TOKEN.',
    )
  const words = ['lease', '--server', server.href, '--state', stateFolder(options.state)]
  const more = [...(options.name === undefined ? [] : ['--name', options.name]), ...(options.once ? ['--once'] : [])]
  const stopped = () => signal.aborted
  try {
    await runRunner([...words, ...more], null, (line) => tell(line, screen), signal)
  } catch (error) {
    // Ctrl-C is how a runner is ended: what it held was given back.
    if (!stopped()) throw error
    screen.tell('Stopped. What was under way is back with the server.')
  }
  return EXIT.done
}

function tell(line: RunnerLine, screen: Console): void {
  if (line.event === 'ready') screen.tell(`key        ${inert(line.key)}`)
  if (line.event === 'leased') screen.tell(`leased     ${inert(line.job)}`)
  if (line.event === 'ended') screen.tell(`${inert(line.how).padEnd(9)}  ${inert(line.job)}`)
  if (line.event !== 'tiers') return
  for (const { tier, says } of line.here) screen.tell(`sandbox    ${tier}: ${inert(says)}`)
  for (const { tier, say, mend } of line.lacking) screen.tell(`without    ${tier}: ${inert(say)} (${inert(mend)})`)
  if (line.here.length === 0) screen.tell('There is no sandbox here: jobs wait. Looked for again every minute.')
}
