import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkAnswer } from './check-answer.ts'
import { HarnessFault, lacksWall } from './harness-fault.ts'
import { openAttempt } from './open-attempt.ts'
import { type Boxes, mustEnd, setUp } from './set-up.ts'
import type { Placed } from './suite-shelf.ts'

/** Null: the reference solution solves the task. Else why it does not count. */
export type Proof = string | null

export interface ProofInstance {
  readonly flag: string
  readonly seed: string
}

const KEPT_WORDS = 300

/** Remembers in a folder which tasks their reference solutions have solved; what failed is tried again the next time. */
export class ProofBook {
  readonly #folder: string
  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  has(key: string): boolean {
    return existsSync(join(this.#folder, key))
  }

  note(key: string): void {
    const draft = join(this.#folder, `.${randomUUID()}`)
    writeFileSync(draft, '')
    renameSync(draft, join(this.#folder, key))
  }
}

/** Lets the reference solution work where a model would. Rejects with HarnessFault only where the sandbox itself failed. */
export async function proveTask(boxes: Boxes, { family, task }: Placed, { flag, seed }: ProofInstance): Promise<Proof> {
  try {
    const instance = await setUp(boxes, family, { task: task.id, flag, seed, parameters: task.parameters })
    const box = await openAttempt(boxes, { family, instance, flag, solving: true })
    let submission: string
    try {
      const ran = await box.exec(family.solve.argv)
      mustEnd(ran, 'The reference solution')
      submission = ran.stdout.toString('utf8').trimEnd().split('\n').at(-1) ?? ''
    } finally {
      await box.close()
    }
    const { score, say } = await checkAnswer(boxes, family, instance, flag, submission)
    return score === 1 ? null : `The reference solution did not solve it: ${say}.`
  } catch (error) {
    if (lacksWall(error)) return `This machine has no sandbox for it: ${error.message.slice(0, KEPT_WORDS)}`
    if (error instanceof HarnessFault) return error.message.slice(0, KEPT_WORDS)
    throw error
  }
}
