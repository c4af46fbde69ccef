import type { AttemptLine } from '../../contract/attempts.ts'

/** Says a line to whoever started this; resolves when it may go on, for a slow reader must not fill our memory. */
export type Tell = (line: AttemptLine) => Promise<void>

/** Lines of JSON on a stream. */
export function tellOn(stream: NodeJS.WritableStream): Tell {
  return (line) =>
    new Promise((resolve) => {
      // A reader that is gone stops the process by the stream's error; nobody waits for it.
      if (stream.write(`${JSON.stringify(line)}\n`)) return resolve()
      const go = () => {
        stream.removeListener('drain', go).removeListener('error', go).removeListener('close', go)
        resolve()
      }
      stream.once('drain', go).once('error', go).once('close', go)
    })
}
