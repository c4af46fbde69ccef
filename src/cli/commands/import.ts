import { InvalidArgumentError } from 'commander'
import { FEEDS } from '../../contract/shapes/records.ts'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit, Stop } from '../exit.ts'
import type { Client } from '../http/client.ts'
import { queryOf } from '../http/query.ts'
import { count, type Loose } from '../http/read.ts'
import { sendFile } from '../http/send-file.ts'
import { packFiles } from '../import/pack-files.ts'
import { asideLines, takenTable } from '../import/taken-lines.ts'
import { type Upload, uploadsOf } from '../import/uploads.ts'
import { counted } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

interface Options extends Reach {
  readonly kind?: string
  readonly whole?: boolean
  readonly name?: string
  readonly json?: boolean
}

const kind = (word: string) => {
  if ((FEEDS as readonly string[]).includes(word)) return word
  throw new InvalidArgumentError(`A kind is one of ${FEEDS.join(', ')}.`)
}

/** `weir import FILE|DIR…`: hands public records, KEV, EPSS, SSVC and VEX to a server. */
export const importVerb: Verb = (program, screen, finish) => {
  reaching(
    program
      .command('import')
      .description('Hand public records, KEV, EPSS, SSVC and VEX to a server. Only what changed is kept anew.')
      .argument('<files...>', 'files (.json, .ndjson, .csv, .zip, also .gz and .zst) and folders of them'),
  )
    .option('--kind <kind>', `take only ${FEEDS.join(', ')}`, kind)
    .option('--whole', 'what came by a file of this name and is no longer in it is removed (KEV and EPSS: always)')
    .option('--no-whole', 'remove nothing, not even of KEV and EPSS')
    .option('--name <name>', 'name of the one file, by which a later one takes its place (else its own)')
    .option('--json', 'as JSON, a line a file')
    .action(async (files: string[], options: Options) => {
      finish(await importFiles(files, options, screen))
    })
}

async function importFiles(places: readonly string[], options: Options, screen: Console): Promise<Exit> {
  const uploads = uploadsOf(places)
  if (uploads.length === 0) throw new Stop(EXIT.badInput, 'There is no file of records there.', 'See: weir import --help')
  if (options.name !== undefined && uploads.length > 1)
    throw new Stop(EXIT.badInput, `${counted(uploads.length, 'file')} cannot have one name.`, 'Leave --name out.')
  const { client } = await reachServer(options, 'coordinator')
  const rows: Loose[] = []
  let worst: Exit = EXIT.done
  for (const upload of uploads) {
    try {
      const row = await interruptible((signal) => send(client, upload, options, signal))
      rows.push(row)
      if (options.json) screen.out(inertJson(JSON.stringify(row)))
      else screen.tell(`taken      ${inert(upload.name, 60)}`)
    } catch (error) {
      if (!(error instanceof Stop) || error.exit !== EXIT.badInput || uploads.length === 1) throw error
      worst = EXIT.badInput
      screen.tell(`weir: ${inert(upload.name, 60)}: ${error.message}`)
    }
  }
  if (!options.json && rows.length > 0) {
    for (const line of takenTable(rows)) screen.out(line)
    for (const row of rows) for (const line of asideLines(row)) screen.tell(line)
  }
  if (worst !== EXIT.done) return worst
  return rows.some((row) => count(row['setAsideCount']) > 0) ? EXIT.attention : EXIT.done
}

async function send(client: Client, upload: Upload, options: Options, signal: AbortSignal): Promise<Loose> {
  const whole = options.whole === undefined ? undefined : options.whole ? 'yes' : 'no'
  const path = `/v1/records?${queryOf({ name: options.name ?? upload.name, kind: options.kind, whole })}`
  const packed = upload.packed ? await packFiles(upload.files) : null
  try {
    return await sendFile(client, path, packed?.path ?? upload.files[0]!.path, () => {}, signal)
  } finally {
    await packed?.done()
  }
}
