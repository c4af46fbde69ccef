import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AttemptResult, TranscriptLine } from '../../contract/attempts.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { runTableOf } from './run-table-out.ts'

/** What makes a run set what it is: a folder holds one, and goes on with no other. More attempts, or another address, change nothing. */
export interface RunSetFacts {
  readonly suite: string
  readonly model: string
  readonly api: string
  readonly profile: object
  readonly prices: object | null
}

const FORMAT = 'weir-run-set-1'
const PRIVATE = { mode: 0o600 } as const

/** The folder of a run set: what was asked, the key of its flags, every result, transcripts. It survives being killed at any point. */
export class RunFolder {
  readonly #folder: string
  readonly #model: string
  readonly #minutes: ReadonlyMap<string, number>
  readonly runKey: string
  /** The last result of each attempt. */
  readonly #results = new Map<string, AttemptResult>()

  /**
   * Opens or makes it; `freshKey` is taken for a new one. Throws Stop where the folder holds another run set. Results that miss their
   * score after a fault are made again.
   */
  constructor(folder: string, facts: RunSetFacts, minutes: ReadonlyMap<string, number>, freshKey: () => string) {
    this.#folder = folder
    this.#model = facts.model
    this.#minutes = minutes
    mkdirSync(join(folder, 'transcripts'), { recursive: true, mode: 0o700 })
    const stated = JSON.stringify({ format: FORMAT, ...facts }, null, 2)
    const file = join(folder, 'run-set.json')
    if (existsSync(file)) {
      if (readFileSync(file, 'utf8') !== stated)
        throw new Stop(
          EXIT.badInput,
          `The folder ${inert(folder)} holds a run set with other settings.`,
          'Name another folder, or the settings in its run-set.json.',
        )
    } else this.#write('run-set.json', stated)
    const key = join(folder, 'run-key')
    if (!existsSync(key)) this.#write('run-key', freshKey())
    this.runKey = readFileSync(key, 'utf8').trim()
    for (const result of this.#stored()) this.#results.set(nameOf(result), result)
  }

  /** Attempts that need not be made again. */
  get done(): readonly string[] {
    return [...this.#results.values()].filter(({ score }) => score !== null).map(nameOf)
  }

  get results(): readonly AttemptResult[] {
    return [...this.#results.values()]
  }

  transcript(task: string, attempt: number, lines: readonly TranscriptLine[]): void {
    const path = join(this.#folder, 'transcripts', `${task.replaceAll('/', '--')}--${attempt}.ndjson`)
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    // A transcript that begins again belongs to an attempt that was stopped before and counts for nothing.
    if (lines[0]?.n === 0) writeFileSync(path, text, PRIVATE)
    else appendFileSync(path, text, PRIVATE)
  }

  result(result: AttemptResult): void {
    this.#results.set(nameOf(result), result)
    appendFileSync(join(this.#folder, 'results.ndjson'), `${JSON.stringify(result)}\n`, PRIVATE)
  }

  /** Writes the run table anew and answers where it is. */
  writeTable(): string {
    const order = [...this.#results.values()].sort((a, b) => a.attempt - b.attempt || (a.task < b.task ? -1 : 1))
    return this.#write('runs.csv', runTableOf(this.#model, order, this.#minutes))
  }

  #write(name: string, text: string): string {
    const path = join(this.#folder, name)
    writeFileSync(`${path}.new`, text, PRIVATE)
    renameSync(`${path}.new`, path)
    return path
  }

  /** The last line may be cut short: whoever wrote it was killed. It is ended, so that the next one stands alone. */
  #stored(): AttemptResult[] {
    const path = join(this.#folder, 'results.ndjson')
    if (!existsSync(path)) return []
    const text = readFileSync(path, 'utf8')
    if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n')
    return text.split('\n').flatMap((line) => {
      try {
        const value = JSON.parse(line) as AttemptResult | null
        return typeof value?.task === 'string' && Number.isInteger(value.attempt) ? [value] : []
      } catch {
        return []
      }
    })
  }
}

const nameOf = ({ task, attempt }: Pick<AttemptResult, 'task' | 'attempt'>) => `${task}#${attempt}`
