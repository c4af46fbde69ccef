import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSuite } from '../../core/evaluation/suite-file.ts'
import type { Family, Suite, Task } from '../../core/evaluation/task-package.ts'
import { Failure } from '../failure.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { FAMILY_LIMITS, familyArchive } from './family-archive.ts'

const MOST_FILE = 16 << 20

/** One task with the family it is of. */
export interface Placed {
  readonly family: Family
  readonly task: Task
}

/** A suite's folder, whose families and parts of them become trees of the depot when they are first needed. */
export class SuiteShelf {
  readonly suite: Suite
  readonly #folder: string
  readonly #client: SandboxClient
  readonly #trees = new Map<string, Promise<string>>()
  readonly #digests = new Map<string, string>()

  /** Reads `suite.json`; throws Failure where it is not there or not as it should be. */
  constructor(folder: string, client: SandboxClient) {
    this.#folder = resolve(folder)
    this.#client = client
    const file = join(this.#folder, 'suite.json')
    const read = parseSuite(textOf(file))
    if (!read.ok)
      throw new Failure('suite.unreadable', `The suite is not as it should be at ${read.at}: ${read.say}`, { where: file })
    this.suite = read.suite
  }

  /** The tasks asked for, in the suite's order; throws Failure where one of them is not there. */
  tasks(ids: readonly string[] | null): readonly Placed[] {
    const all = this.suite.families.flatMap((family) => family.tasks.map((task) => ({ family, task })))
    if (ids === null) return all
    const known = new Set(all.map(({ task }) => task.id))
    const missing = ids.find((id) => !known.has(id))
    if (missing !== undefined) throw new Failure('suite.no-task', `The suite has no task ${missing}.`, { where: this.#folder })
    const wanted = new Set(ids)
    return all.filter(({ task }) => wanted.has(task.id))
  }

  /** The depot's tree of a family's whole folder, or of the file or folder of it that a step names. */
  tree(family: Family, code: string | null): Promise<string> {
    const key = `${family.family}\0${code ?? ''}`
    let tree = this.#trees.get(key)
    if (tree === undefined) {
      tree = this.#shelve(family.family, code)
      this.#trees.set(key, tree)
      // A sandbox process that died may take it the next time.
      tree.catch(() => this.#trees.delete(key))
    }
    return tree
  }

  /** What a proof that a task can be solved holds for: everything of its family. */
  proofKey({ family, task }: Placed): string {
    let whole = this.#digests.get(family.family)
    if (whole === undefined) {
      const bytes = familyArchive(join(this.#folder, family.family))
      const { name, version } = this.suite
      whole = digest(JSON.stringify([name, version, family]), bytes)
      this.#digests.set(family.family, whole)
    }
    return digest(task.id, Buffer.from(whole))
  }

  async #shelve(family: string, code: string | null): Promise<string> {
    const place = join(this.#folder, family, ...(code === null ? [] : [code]))
    const bytes = familyArchive(place)
    const entry = `suite-${digest('', bytes).slice(0, 40)}`
    const has = await this.#client.ask({ do: 'has', entry }, 'has')
    if (has.answer.tree === null)
      await this.#client.ask({ do: 'fill', entry, limits: FAMILY_LIMITS, bytes: bytes.length }, 'filled', [bytes])
    return entry
  }
}

function textOf(file: string): string {
  try {
    if (lstatSync(file).size <= MOST_FILE) return readFileSync(file, 'utf8')
  } catch {
    throw new Failure('suite.no-file', 'There is no suite.json.', { where: file, mend: 'Name the folder of a suite.' })
  }
  throw new Failure('suite.unreadable', `It is larger than ${MOST_FILE >> 20} MiB.`, { where: file })
}

function digest(text: string, bytes: Uint8Array): string {
  return createHash('sha256').update(text).update('\0').update(bytes).digest('hex')
}
