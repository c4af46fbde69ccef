import type { Kept } from '../json/wanted.ts'
import { keptList, keptText } from '../json/wanted.ts'
import { hashMark } from './hash-mark.ts'

/** The hashes in a list of objects, as marks; at most 16. */
export function keptHashes(value: Kept, list: string, algorithm: string, hash: string): string[] {
  const marks: string[] = []
  for (const one of keptList(value, list)) {
    const mark = hashMark(keptText(one, algorithm), keptText(one, hash))
    if (mark !== null && marks.length < 16 && !marks.includes(mark)) marks.push(mark)
  }
  return marks
}
