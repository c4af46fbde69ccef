import { readChecked, type Scored, scoreByFlag, trimmedSubmission } from '../../core/evaluation/attempt/submission.ts'
import type { Family } from '../../core/evaluation/task-package.ts'
import { writeTar } from '../tar/write-tar.ts'
import { LiveBox } from './live-box.ts'
import { type Boxes, type Instance, limitsOf } from './set-up.ts'

const utf8 = new TextEncoder()

/** Scores a submission, by the flag or in a third box. Rejects with HarnessFault where the sandbox failed. */
export async function checkAnswer(
  boxes: Boxes,
  family: Family,
  instance: Instance,
  flag: string,
  submission: string,
): Promise<Scored> {
  if (family.check.by === 'flag') return scoreByFlag(submission, flag)
  const { step } = family.check
  const mounts = [{ entry: await boxes.shelf.tree(family, step.code), at: '/srv' }]
  const spec = { limits: limitsOf(family), network: 'none', floor: family.floor, image: null, mounts } as const
  const box = await LiveBox.open(boxes.client, boxes.name(), spec)
  try {
    const files = [
      { path: '/in/submission', bytes: utf8.encode(trimmedSubmission(submission)) },
      { path: '/in/answer.json', bytes: utf8.encode(JSON.stringify(instance.answer)) },
    ]
    await box.put('/', writeTar(files))
    const { end, stdout } = await box.exec(step.argv)
    if (end.how === 'ended' && end.exit === 0) return readChecked(stdout.toString('utf8'))
    return { score: null, say: `the checking program did not end well: ${end.how === 'ended' ? end.exit : end.how}` }
  } finally {
    await box.close()
  }
}
