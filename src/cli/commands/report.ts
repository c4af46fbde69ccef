import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import type { ItemAnswer } from '../../contract/shapes/report.ts'
import type { FormatName } from '../../formats/format.ts'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import type { Identity } from '../http/sign-in.ts'
import { bytes, counted } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { ProgressLine, progressText } from '../text/progress.ts'
import { distinctFlaws } from '../upload/distinct.ts'
import type { Parameters } from '../upload/parameters.ts'
import { receiptPage } from '../upload/receipt-page.ts'
import { openSource, type Source, spoolInput } from '../upload/source.ts'
import { type Summary, Tally } from '../upload/tally.ts'
import { upload } from '../upload/upload.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import { proveReceipt, showReceipt } from './report-receipt.ts'
import type { Verb } from './verb.ts'

interface Options extends Parameters, Reach {
  readonly json?: boolean
  readonly receipts?: string
  readonly tries: number
}

const NOT_STORED = 'Not stored. '
const MOST_FINDINGS = 20_000
const MOST_RECEIPTS = { account: 3, stranger: 500 }
export const FORMATS: Record<FormatName, string> = {
  weir: 'Weir JSON',
  'weir-ndjson': 'Weir NDJSON',
  sarif: 'SARIF 2.1.0',
  osv: 'OSV',
  ghsa: 'GitHub advisory',
  cve: 'CVE JSON 5',
  'crash-log': 'crash log',
}

const yesNo = (text: string) => {
  if (text === 'yes' || text === 'no') return text === 'yes'
  throw new InvalidArgumentError('Say yes or no.')
}
const format = (text: string) => {
  if (Object.hasOwn(FORMATS, text)) return text
  throw new InvalidArgumentError(`Formats: ${Object.keys(FORMATS).join(', ')}.`)
}
const tries = (text: string) => {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number from 1 to 999.')
}

/** `weir report FILE…`, and what a receipt says and proves. */
export const reportVerb: Verb = (program, screen, finish) => {
  const command = reaching(
    program.command('report').description('Send reports: files of one item or a million; - reads standard input.'),
  )
  command
    .argument('[files...]', 'reports, plain, .gz or .zst')
    .option('--format <name>', `${Object.keys(FORMATS).join(', ')}; else found out`, format)
    .option('--target <purl>', 'what the reports are about, where an item does not say')
    .option('--version <version>', 'its version, where an item does not say')
    .option('--tool <name>', 'the tool that found it')
    .option('--tool-version <version>', 'and its version')
    .option('--model <name>', 'the AI model that found it')
    .option('--model-version <version>', 'and its version')
    .option('--human-validated <yes|no>', 'whether a person checked the findings', yesNo)
    .option('--ai-assisted <yes|no>', 'whether AI took part', yesNo)
    .option('--receipts <file>', 'write every receipt to a new file')
    .option('--tries <n>', 'tries in a row after the connection was lost', tries, 8)
    .option('--json', 'a line per item, and a summary last')
    .addHelpText(
      'after',
      '\nA cut connection is taken up again. After Ctrl-C run the same command again: it goes on from there.\nExit code 1: items need something or were refused.',
    )
    .action(async (files: string[], options: Options) =>
      finish(await interruptible((signal) => send(files, options, screen, signal))),
    )
  reaching(command.command('show').description('Say what became of a receipt, or of a report by its id.').argument('<receipt>'))
    .option('--json', 'as JSON')
    .action(async (receipt: string, options: Reach & { json?: boolean }) => finish(await showReceipt(receipt, options, screen)))
  reaching(
    command
      .command('prove')
      .description('Fetch the receipt with both paths of the ledger: proof that needs no server.')
      .argument('<receipt>'),
  )
    .option('--out <file>', 'write it to a new file')
    .action(async (receipt: string, options: Reach & { out?: string }) => finish(await proveReceipt(receipt, options, screen)))
}

async function send(files: readonly string[], options: Options, screen: Console, signal: AbortSignal): Promise<Exit> {
  if (files.length === 0) throw new Stop(EXIT.badInput, 'No file was named.', 'weir report FILE…, or - for standard input')
  const me = await reachServer(options, 'finder', NOT_STORED)
  const stranger = me.who === null
  screen.tell(`${'as'.padEnd(9)}  ${me.who ?? 'nobody: without an account, receipts are all that leads back'}`)
  const tally = new Tally(stranger ? MOST_RECEIPTS.stranger : MOST_RECEIPTS.account)
  const receipts = options.receipts === undefined ? null : await newFile(options.receipts)
  const run: Run = { me, options, screen, signal, tally, receipts, findings: new Set(), flaws: 0, receivedAt: null, whole: 0 }
  let worst: Exit = EXIT.done
  try {
    for (const file of files) {
      try {
        await sendFile(file, run)
      } catch (error) {
        if (!(error instanceof Stop) || error.exit !== EXIT.badInput || files.length === 1) throw error
        worst = EXIT.badInput
        screen.tell(`weir: ${error.message}${error.mend === null ? '' : `\n      ${error.mend}`}`)
      }
    }
  } finally {
    receipts?.end()
    if (tally.total > 0 && signal.aborted) screen.tell(`${counted(tally.total, 'item')} answered.`)
  }
  const summary = await summarise(run)
  if (options.json) screen.out(JSON.stringify(summary))
  else
    for (const line of receiptPage({ tally, summary, receivedAt: run.receivedAt, stranger, ink: screen.ink })) screen.out(line)
  if (worst !== EXIT.done) return worst
  return summary.needsInfo + summary.refused > 0 ? EXIT.attention : EXIT.done
}

interface Run {
  readonly me: Identity
  readonly options: Options
  readonly screen: Console
  readonly signal: AbortSignal
  readonly tally: Tally
  readonly receipts: { write(text: string): unknown; end(): unknown } | null
  readonly findings: Set<string>
  flaws: number
  receivedAt: string | null
  /** Files sent whole. */
  whole: number
}

async function sendFile(file: string, run: Run): Promise<void> {
  const { options } = run
  const spooled = file === '-' ? await spoolInput(process.stdin) : null
  try {
    const source = await openSource(spooled?.path ?? file, options, spooled === null ? undefined : null)
    const kind = source.format === null ? (options.format ?? '') : FORMATS[source.format]
    run.screen.tell(`reading    ${inert(source.name ?? 'standard input', 60)}, ${kind}, ${bytes(source.size)}`)
    await sendSource(source, run)
  } finally {
    await spooled?.done()
  }
}

async function sendSource(source: Source, run: Run): Promise<void> {
  const { options, screen, tally } = run
  const began = performance.now()
  const progress = new ProgressLine(process.stderr, () => performance.now())
  const item = (one: ItemAnswer) => {
    tally.add(one)
    if (one.finding !== null && run.findings.size <= MOST_FINDINGS) run.findings.add(one.finding)
    if (one.receipt !== null)
      run.receipts?.write(
        inertJson(`${JSON.stringify({ file: source.name, n: one.n, at: one.at, receipt: one.receipt })}`) + '\n',
      )
    if (options.json) screen.out(inertJson(JSON.stringify({ file: source.name, ...one })))
  }
  const before = tally.total
  try {
    const done = await upload(run.me.client, source, options, {
      item,
      moved: ({ items, share }) =>
        progress.show(() =>
          progressText({ word: 'uploading', done: items, unit: 'items', share, elapsed: performance.now() - began }),
        ),
      tell: (say) => {
        progress.clear()
        screen.tell(`${'waiting'.padEnd(9)}  ${say}`)
      },
      signal: run.signal,
      tries: options.tries,
    })
    run.flaws += done.flaws
    run.receivedAt ??= done.receivedAt
    run.whole++
    progress.clear()
    screen.tell(
      progressText({
        word: 'uploaded',
        done: tally.total - before,
        unit: 'items',
        share: null,
        elapsed: performance.now() - began,
      }),
    )
  } finally {
    progress.clear()
  }
}

/** Counts over all files; flaws that several files share are counted once as long as there are not too many to ask about. */
async function summarise({ me, tally, findings, flaws, whole }: Run): Promise<Summary> {
  const several = whole > 1 && flaws > 0 && findings.size > 0 && findings.size <= MOST_FINDINGS
  const distinct = several ? await distinctFlaws(me.client, findings).catch(() => null) : null
  return { ...tally.summary, flaws: distinct ?? flaws }
}

async function newFile(path: string): Promise<{ write(text: string): unknown; end(): unknown }> {
  if (await stat(path).catch(() => null))
    throw new Stop(EXIT.badInput, `There is a file ${inert(path)} already.`, 'Name a new one for the receipts.')
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 })
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', (error) => reject(new Stop(EXIT.badInput, `The receipts cannot be written: ${error.message}`)))
  })
  return stream
}
