import type { Family, SetupAnswer, SetupInput } from '../../core/evaluation/task-package.ts'
import type { Mount } from '../../core/sandbox/contract.ts'
import { BUILD_LIMITS, type Limits, limitsWithin, RUN_LIMITS } from '../../core/sandbox/limits.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { readTar } from '../tar/read-tar.ts'
import { HarnessFault } from './harness-fault.ts'
import { type Executed, LiveBox } from './live-box.ts'
import type { SuiteShelf } from './suite-shelf.ts'

/** What boxes are opened with: one process of sandboxes, one suite, and a name for each box, new each time. */
export interface Boxes {
  readonly client: SandboxClient
  readonly shelf: SuiteShelf
  readonly name: () => string
}

/** What setup left of an instance. */
export interface Instance {
  /** An archive of /out/files. */
  readonly files: Uint8Array
  readonly answer: SetupAnswer
}

/** Of one command's output, and of each of its streams. */
export const KEPT_OUTPUT = 1 << 20
const MOST_ANSWER = 1 << 20
const KEPT_WORDS = 300

/** The limits of a family's boxes. */
export function limitsOf(family: Family): Limits {
  return { ...limitsWithin(family.limits, RUN_LIMITS, BUILD_LIMITS), outputBytes: KEPT_OUTPUT }
}

/** Makes one instance of a task in a box of its own, which is gone when this resolves. Rejects with HarnessFault. */
export async function setUp(boxes: Boxes, family: Family, input: SetupInput): Promise<Instance> {
  const mounts: Mount[] = [{ entry: await boxes.shelf.tree(family, null), at: '/in/family' }]
  const spec = { limits: limitsOf(family), network: 'none', floor: family.floor, image: null, mounts } as const
  const box = await LiveBox.open(boxes.client, boxes.name(), spec)
  try {
    const ran = await box.exec(family.setup.argv, { stdin: lineOf(input) })
    mustEnd(ran, `The setup of ${input.task}`)
    await box.exec(['mkdir', '-p', '/out/files'])
    const files = await box.get('/out/files')
    return { files, answer: answerIn(await box.get('/out/answer.json')) }
  } finally {
    await box.close()
  }
}

/** One line of JSON for a program's standard input. */
export function lineOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`)
}

/** Throws HarnessFault where a program of the suite's own did not end with 0, with the end of what it said. */
export function mustEnd({ end, stderr }: Executed, what: string): void {
  if (end.how === 'ended' && end.exit === 0) return
  const how = end.how === 'ended' ? (end.signal ?? `exit code ${end.exit}`) : end.how
  const said = stderr.toString('utf8').trim().slice(-KEPT_WORDS)
  throw new HarnessFault(`${what} failed: ${how}${said === '' ? '' : `: ${said}`}`)
}

function answerIn(archive: Buffer): SetupAnswer {
  const bytes = readTar(archive).get('/out/answer.json')
  try {
    if (bytes !== undefined && bytes.length <= MOST_ANSWER) {
      const { check, service } = JSON.parse(new TextDecoder().decode(bytes)) as SetupAnswer
      return { check, service }
    }
  } catch {
    // Told below.
  }
  throw new HarnessFault('The setup left no answer.json that can be read.')
}
