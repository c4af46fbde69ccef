import { readFile } from 'node:fs/promises'
import { toBase64 } from '../../ledger/base64.ts'
import { parseCheckpoint } from '../../ledger/checkpoint.ts'
import { verifyReceipt } from '../../ledger/verify-receipt.ts'
import type { Console } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { object, text } from '../http/read.ts'
import { headsFile, loadHeads, saveHead } from '../log/heads.ts'
import { logSource } from '../log/source.ts'
import { givenKey, sha256, verifySignature } from '../log/trust.ts'
import { type Verified, verifyPlace } from '../log/verify.ts'
import { control } from '../server/control.ts'
import { theServer } from '../server/running.ts'
import { counted, utc, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'
import { ledgerStatus } from './ledger-status.ts'
import { type Reach, reaching } from './reach.ts'
import { proveReceipt } from './report-receipt.ts'
import { resultLines } from './result.ts'
import type { Verb } from './verb.ts'

interface Known {
  readonly key?: string
  readonly state: string
}

/** `weir ledger …`: the public log, checked from outside. */
export const ledgerVerb: Verb = (program, screen, finish) => {
  const ledger = program.command('ledger').description('Check the public log, prove receipts, decide after a restore.')
  const state = ['--state <file>', 'where heads seen before are remembered', headsFile(process.env)] as const
  reaching(
    ledger
      .command('status')
      .description('Say what the log of a server says of itself. Exit code 1 when it has stopped signing.'),
  )
    .option('--data <folder>', 'ask the server of this machine that runs on this folder instead')
    .action(async (options: Reach & { data?: string }) => finish(await ledgerStatus(options, screen)))
  ledger
    .command('verify')
    .description('Verify a log whole: signature, every tile and entry, and that it only grew since it was last seen.')
    .argument('<place>', 'address of a server, or a folder with its files')
    .option('--key <verifier>', 'verifier key of the log; else the one seen before, else the one the server names')
    .option(...state)
    .action(async (place: string, options: Known) => finish(await verify(place, options, screen)))
  reaching(
    ledger
      .command('prove')
      .description('Fetch a receipt, or the proof of a validation, with both paths of the ledger.')
      .argument('<receipt>', 'rcp_… or val_…'),
  )
    .option('--out <file>', 'write it to a new file')
    .action(async (receipt: string, options: Reach & { out?: string }) => finish(await proveReceipt(receipt, options, screen)))
  ledger
    .command('verify-receipt')
    .description('Verify a receipt without any server: statement, interval, log, signature.')
    .argument('<file>')
    .option('--key <verifier>', 'verifier key of the log; else the one seen before')
    .option(...state)
    .action(async (file: string, options: Known) => finish(await checkReceipt(file, options, screen)))
  ledger
    .command('accept-fork')
    .description('After a restore: go on as a new log, under a new name and key. A person decides that, once.')
    .requiredOption('--origin <name>', 'name of the new log, for example weir.example.org/ledger-2')
    .option('--data <folder>', 'data folder of the running server, where several run')
    .action(async ({ origin, data }: { origin: string; data?: string }) => {
      const running = await theServer(data, process.env)
      if (running === null)
        throw new Stop(
          EXIT.unavailable,
          'No server runs here that could go on.',
          'Start it on the restored data first: weir up --data FOLDER',
        )
      const result = await control(running.file.control, { do: 'ledger-accept-fork', origin })
      for (const line of resultLines(result)) screen.out(line)
      screen.out('Tell everyone who verifies: the old log has ended, and this is the key of the new one.')
      finish(EXIT.done)
    })
}

async function verify(place: string, { key, state }: Known, screen: Console): Promise<Exit> {
  const source = logSource(place)
  const heads = await loadHeads(state)
  const progress = new ProgressLine(process.stderr, () => performance.now())
  let files = 0
  const verified = await verifyPlace(source, key, heads, () =>
    progress.show(() => `verifying  ${whole(++files)} files`),
  ).finally(() => progress.clear())
  const { report, exchanged } = verified
  for (const line of reportLines(verified, screen)) screen.out(line)
  if (!report.ok || exchanged !== null || report.checkpoint === null || report.note === null) return EXIT.attention
  await saveHead(state, heads, source.place, report.checkpoint.origin, {
    key: verified.key,
    note: report.note,
    at: new Date().toISOString(),
  })
  return EXIT.done
}

const TRUST = {
  given: 'as given',
  seen: 'as seen before',
  claimed: 'as the server itself names it; compare it with what others see',
}

function reportLines({ report, key, trust, exchanged }: Verified, screen: Console): string[] {
  const { checkpoint, checked, intervals } = report
  const head =
    checkpoint === null
      ? []
      : [
          `log        ${inert(checkpoint.origin)}`,
          `size       ${counted(checkpoint.size, 'leaf', 'leaves')}, ${counted(intervals.count, 'interval')}${intervals.gaps > 0 ? `, ${counted(intervals.gaps, 'stretch', 'stretches')} of time not covered` : ''}`,
          `root       ${toBase64(checkpoint.root)}`,
          `checked    ${counted(checked.tiles, 'tile')}, ${counted(checked.entries, 'entry', 'entries')}; ${checked.consistency ? 'it grew from the head seen before' : 'seen for the first time'}`,
        ]
  const problems = report.problems.map(
    ({ path, code, say }) => `  ${screen.ink.alarm(code.padEnd(20))}${inert(path, 60)}: ${inert(say)}`,
  )
  const other =
    exchanged === null
      ? []
      : [
          `  ${screen.ink.alarm('log.exchanged'.padEnd(20))}here stood the log ${inert(exchanged)} before.`,
          '    If its operator announced a new log, give the new key with --key.',
        ]
  const wrong = problems.length + (exchanged === null ? 0 : 1)
  return [
    ...head,
    `key        ${inert(key)}`,
    `           ${trust === 'claimed' ? screen.ink.soon(TRUST[trust]) : TRUST[trust]}`,
    ...(wrong === 0
      ? ['verified   no problem']
      : ['', screen.ink.strong('PROBLEMS'), ...problems, ...other, '', `exit 1: ${counted(wrong, 'problem')}`]),
  ]
}

async function checkReceipt(file: string, { key, state }: Known, screen: Console): Promise<Exit> {
  const json = await readReceipt(file)
  const origin = parseCheckpoint(text(object(json)['checkpoint']) ?? '')?.origin ?? null
  const { logs } = await loadHeads(state)
  const held = key ?? (origin !== null && Object.hasOwn(logs, origin) ? logs[origin]!.key : undefined)
  if (held === undefined)
    throw new Stop(
      EXIT.badInput,
      'No key is known for the log of this receipt.',
      'Give it with --key, or verify the log first: weir ledger verify URL',
    )
  const verified = verifyReceipt(json, { keys: [givenKey(held)], sha256, verifySignature })
  if (!verified.ok) {
    screen.out(`${screen.ink.alarm(verified.code)}   ${verified.say}`)
    return EXIT.attention
  }
  const { receipt, checkpoint } = verified
  const statement = object(receipt.statement)
  for (const name of Object.keys(statement).slice(0, 20))
    screen.out(
      `${inert(name, 20).padEnd(10)} ${inert(typeof statement[name] === 'string' ? (statement[name] as string) : JSON.stringify(statement[name]))}`,
    )
  screen.out(
    `interval   ${utc(new Date(receipt.interval.from).toISOString())} to ${utc(new Date(receipt.interval.to).toISOString())}`,
  )
  screen.out(`leaf       ${whole(receipt.leafIndex)} of ${whole(checkpoint.size)} in ${inert(checkpoint.origin)}`)
  screen.out('verified   the log holds it')
  return EXIT.done
}

const MOST = 1 << 20

async function readReceipt(file: string): Promise<unknown> {
  try {
    const bytes = await readFile(file)
    if (bytes.length > MOST) throw new Error('too large')
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Stop(EXIT.badInput, `${inert(file)} is no receipt (${code ?? 'it is not JSON of at most 1 MiB'}).`)
  }
}
