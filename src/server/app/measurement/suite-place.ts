import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import type { TaskRow } from '../../../core/evaluation/run-row.ts'
import { parseSuite } from '../../../core/evaluation/suite-file.ts'
import type { Suite } from '../../../core/evaluation/task-package.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import { loadDocket } from '../docket/load-docket.ts'
import { listPapersOf, readPaperBytes } from '../docket/papers.ts'
import type { MeasurementDesk } from './measurement-desk.ts'

export const SAMPLE = 'sample'
const MOST_PACKED = 64 << 20
const MOST_UNPACKED = 256 << 20
const MOST_FILES = 20_000
// As in a suite's own paths: each part begins with a letter or digit, so that none leads out or is hidden.
const PATH = /^[A-Za-z0-9][\w.-]{0,99}(?:\/[A-Za-z0-9][\w.-]{0,99}){0,8}$/

/** The suite of a paper of the docket, or the one that ships with the program. What is wrong with a sealed one is told in no word. */
export async function suiteOf(desk: MeasurementDesk, docket: string, place: string): Promise<Answer<Suite>> {
  if (place === SAMPLE) return readSuite(await readFile(join(desk.suites, SAMPLE, 'suite.json'), 'utf8'))
  const files = await unpacked(desk, docket, place)
  if (!files.ok) return files
  const manifest = files.value.get('suite.json')
  return manifest === undefined
    ? denied('request.invalid', 'The archive has no suite.json at its root.', 'suite')
    : sealedSuite(Buffer.from(manifest).toString('utf8'))
}

/** A folder with the suite in clear, for the runner; a sealed one lies in a folder of its own that the caller deletes. */
export async function suiteFolder(
  desk: MeasurementDesk,
  docket: string,
  place: string,
): Promise<Answer<{ folder: string; own: boolean }>> {
  if (place === SAMPLE) return done({ folder: join(desk.suites, SAMPLE), own: false })
  const files = await unpacked(desk, docket, place)
  if (!files.ok) return files
  mkdirSync(desk.scratch, { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(desk.scratch, 'suite-'))
  for (const [name, bytes] of files.value) {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, name), bytes, { mode: 0o600 })
  }
  return done({ folder, own: true })
}

/** Human times of a suite's tasks; a team's own estimate is the stated axis. */
export function taskRows(suite: Suite): TaskRow[] {
  return suite.families.flatMap(({ family, tasks }) =>
    tasks.map(({ id, human }) => ({
      task: id,
      family,
      minutes:
        human.kind === 'team-estimate' ? { stated: human.minutes } : { [human.kind]: human.minutes, stated: human.minutes },
      censoredAt: null,
      broken: null,
    })),
  )
}

function readSuite(text: string): Answer<Suite> {
  const read = parseSuite(text)
  return read.ok
    ? done(read.suite)
    : denied('request.invalid', `The suite is not as it should be at ${read.at}: ${read.say}`, 'suite')
}

// Who starts a run set is not read into B: neither place nor word of what is wrong may come from the text.
function sealedSuite(text: string): Answer<Suite> {
  const read = parseSuite(text)
  return read.ok ? done(read.suite) : denied('request.invalid', 'The sealed suite is not as a suite should be.', 'suite')
}

const NO_SUITE = denied('request.invalid', 'There is no suite of that id among the papers.', 'suite')

/** Files of a suite's archive (zip). Hostile: names, counts and sizes are bounded before anything is unpacked. */
async function unpacked(desk: MeasurementDesk, id: string, paper: string): Promise<Answer<ReadonlyMap<string, Uint8Array>>> {
  const bytes = await inTransaction(desk.store, 'all', async (tx) => {
    const docket = await loadDocket(desk, tx, id)
    if (docket === null) return null
    const papers = await listPapersOf(tx, docket, ['suite'])
    return papers.some((one) => one.id === paper) ? await readPaperBytes(desk, tx, docket, paper, MOST_PACKED) : null
  })
  if (bytes === null) return NO_SUITE
  let sum = 0
  let count = 0
  let fault: string | null = null
  try {
    const files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false
        sum += originalSize
        count += 1
        if (!PATH.test(name)) fault = 'A name in the archive leads elsewhere or is odd.'
        if (count > MOST_FILES || sum > MOST_UNPACKED) fault = 'The archive holds too much.'
        return fault === null
      },
    })
    if (fault === null) return done(new Map(Object.entries(files)))
  } catch {
    fault = 'This is no zip archive, or a broken one.'
  }
  return denied('request.invalid', fault, 'suite')
}
