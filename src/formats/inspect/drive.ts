import type { Asking } from './ask.ts'

/** Drives a reading over bytes held in memory: for what is small, and for tests. */
export function drive<T>(asking: Asking<T>, bytes: Uint8Array): T {
  let step = asking.next()
  while (!step.done) {
    const { at, length } = step.value
    step = asking.next(bytes.subarray(at, at + length))
  }
  return step.value
}
