import type { RunnerLine } from '../../contract/runner.ts'
import type { Console } from '../console.ts'
import { inert } from '../text/inert.ts'
import { ProgressLine } from '../text/progress.ts'

type Progress = Extract<RunnerLine, { event: 'progress' }>

/** Progress of a run on standard error: one line redrawn, with the steps done; notes stand on lines of their own. */
export function showProgress(screen: Console): { show(line: Progress): void; clear(): void } {
  const line = new ProgressLine(process.stderr, () => performance.now())
  return {
    show: ({ say, done, total }) => {
      if (say.startsWith('Not run: ') || say.startsWith('Left out, ')) {
        line.clear()
        screen.tell(`note       ${inert(say)}`)
      } else line.show(() => `${total > 0 ? `${done} of ${total}   ` : ''}${inert(say)}`)
    },
    clear: () => line.clear(),
  }
}
