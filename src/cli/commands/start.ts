import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Console, interruptible } from '../console.ts'
import { readNote, sampleDigest, writeNote } from '../demo/done-note.ts'
import { removeDemo } from '../demo/fresh.ts'
import { waitGrouped } from '../demo/grouping.ts'
import { askFlaws, outcomeLine } from '../demo/outcome.ts'
import { buildPage, pageIsOld } from '../demo/page.ts'
import { loadSample, type Parcel } from '../demo/sample.ts'
import { takeIn } from '../demo/take-in.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import { choosePerson, demoPeople, signIn } from '../http/sign-in.ts'
import { HERE, ROOT } from '../root.ts'
import { findRunning } from '../server/running.ts'
import { type ServerProcess, startServer } from '../server/server-process.ts'
import { keepServing, listenOn, readyLines } from '../server/serving.ts'
import { counted, span, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { bar, ProgressLine } from '../text/progress.ts'
import { port } from './up.ts'
import type { Verb } from './verb.ts'

interface Options {
  readonly fresh?: boolean
  readonly port?: string
  readonly data?: string
}

/** `weir start`, which `npm start` runs: a demo with the bundled sample, or the person's own reports, in the browser. */
export const startVerb: Verb = (program, screen, finish) => {
  program
    .command('start')
    .description('Try Weir on this machine: a demo with a bundled sample, or with your own reports.')
    .argument('[files...]', 'your own reports, instead of the sample')
    .option('--fresh', 'begin anew: removes the data and keys of the demo first')
    .option('--port <n>', 'port (WEIR_PORT; else 4180)', port)
    .option('--data <folder>', 'data folder of the demo (else .weir-demo/data in the clone)')
    .action(async (files: string[], options: Options) => finish(await start(files, options, screen)))
}

async function start(files: readonly string[], options: Options, screen: Console): Promise<Exit> {
  const began = performance.now()
  const data = options.data === undefined ? join(ROOT, '.weir-demo', 'data') : resolve(HERE, options.data)
  const own = files.map((file): Parcel => ({ finder: null, path: resolve(HERE, file), parameters: {} }))
  // Told before anything is removed or started.
  for (const { path } of own)
    if (!(await stat(path).catch(() => null))?.isFile()) throw new Stop(EXIT.badInput, `There is no file ${inert(path)}.`)
  let again = () => process.exit(EXIT.stopped)
  return await interruptible(
    async (signal) => {
      await makeReady(data, options.fresh === true, screen, signal)
      const server = await startServer({ data, port: options.port, demo: true }, listenOn(screen, 'warnings'), signal)
      again = () => server.stop() as never
      for (const line of readyLines(server.ready, screen, performance.now() - began)) screen.tell(line)
      await fill(server, data, own, screen, signal)
      screen.tell(
        screen.tellInk.dim('Ctrl-C stops it; the next npm start finds everything again, npm start -- --fresh begins anew.'),
      )
      await keepServing(server, signal, screen)
      return EXIT.done
    },
    () => again(),
  )
}

async function makeReady(data: string, fresh: boolean, screen: Console, signal: AbortSignal): Promise<void> {
  const step = (say: string) => screen.tell(screen.tellInk.dim(`starting   ${say}`))
  if (fresh) await removeDemo(data, step)
  else {
    const running = await findRunning(data)
    if (running !== null)
      throw new Stop(
        EXIT.unavailable,
        `Weir runs on that folder already${running.file.url === null ? '' : `: ${inert(running.file.url)}`}`,
        `Stop it first: npx weir stop --data ${data}`,
      )
  }
  if (!(await pageIsOld())) return
  step('building the page')
  await buildPage(signal)
}

/** Takes the batch in and says what came of it; when that fails the server still ends in order. */
async function fill(
  server: ServerProcess,
  data: string,
  own: readonly Parcel[],
  screen: Console,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController()
  void server.ended.then(() => over.abort())
  try {
    const line = await takeInOnce(new URL(server.ready.url), data, own, screen, AbortSignal.any([signal, over.signal]))
    if (signal.aborted) return
    screen.out(line)
    screen.out(inert(server.ready.url))
  } catch (error) {
    // The server's own end is what matters then, and `keepServing` says it.
    if (signal.aborted || over.signal.aborted) return
    server.stop()
    await server.ended
    throw error
  }
}

async function takeInOnce(
  base: URL,
  data: string,
  own: readonly Parcel[],
  screen: Console,
  signal: AbortSignal,
): Promise<string> {
  const nobody = { base, credential: {} }
  const coordinator = await signIn(nobody, choosePerson(await demoPeople(nobody), 'coordinator'))
  const parcels = own.length > 0 ? own : await loadSample()
  const sample = own.length > 0 ? null : sampleDigest(parcels)
  const note = sample === null ? null : await readNote(data)
  if (note !== null && note.sample === sample) return outcomeLine({ ...note, ...(await askFlaws(coordinator)) })

  const progress = new ProgressLine(process.stderr, () => performance.now())
  const began = performance.now()
  const show = (word: string, share: number, say: string) =>
    progress.show(() => `${word.padEnd(9)}  ${process.stderr.isTTY ? `${bar(share, 24)}  ` : ''}${say}`)
  const tell = (say: string) => {
    progress.clear()
    screen.tell(`${'note'.padEnd(9)}  ${say}`)
  }
  try {
    const moved = ({ files, items }: { files: number; items: number }) =>
      show(
        'reading',
        files / parcels.length,
        `${whole(files)} of ${counted(parcels.length, 'file')}, ${counted(items, 'report')}`,
      )
    const taken = await takeIn(base, parcels, { moved, tell, signal })
    const grouped = await waitGrouped(
      coordinator,
      taken.reports,
      ({ done, total }) => show('grouping', total === 0 ? 1 : done / total, `${whole(done)} of ${whole(total)}`),
      signal,
    )
    progress.clear()
    screen.tell(`${'taken in'.padEnd(9)}  ${counted(taken.items, 'report')} in ${span(performance.now() - began)}`)
    if (taken.needsInfo + taken.refused > 0)
      screen.tell(`           ${whole(taken.needsInfo)} need something, ${whole(taken.refused)} refused`)
    if (grouped.done < grouped.total) tell('grouping goes on; the page shows it')
    else if (sample !== null && taken.passedOver === 0 && !signal.aborted)
      await writeNote(data, { sample, items: taken.items, finders: taken.finders })
    return outcomeLine({ items: taken.items, finders: taken.finders, ...(await askFlaws(coordinator)) })
  } finally {
    progress.clear()
  }
}
