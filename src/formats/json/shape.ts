import { isBlank, withoutMark } from './lines.ts'
import { stringEnd } from './pointer.ts'

/**
 * Whether JSON bytes hold one document or a value a line; null while the beginning seen so far cannot tell. A file is lines when its
 * first line is a whole object, or when a broken first line is followed by one that opens an object where a document cannot.
 */
export function shapeOf(head: Uint8Array, ended: boolean): 'lines' | 'document' | null {
  const bytes = withoutMark(head)
  let from = 0
  while (from < bytes.length && isBlank(bytes[from]!)) from++
  if (from === bytes.length) return ended ? 'document' : null
  if (bytes[from] !== 0x7b) return 'document'
  const end = bytes.indexOf(0x0a, from)
  if (end < 0) return ended ? 'document' : null
  if (isBalanced(bytes.subarray(from, end))) return 'lines'
  let last = end - 1
  while (isBlank(bytes[last]!)) last--
  let next = end
  while (next < bytes.length && isBlank(bytes[next]!)) next++
  if (next === bytes.length) return ended ? 'document' : null
  const opens = bytes[last] === 0x5b || bytes[last] === 0x3a || bytes[last] === 0x2c
  return bytes[next] === 0x7b && !opens ? 'lines' : 'document'
}

function isBalanced(line: Uint8Array): boolean {
  let depth = 0
  let i = 0
  while (i < line.length) {
    const c = line[i]!
    if (c === 0x22) {
      i = stringEnd(line, i)
      continue
    }
    if (c === 0x7b || c === 0x5b) depth++
    else if (c === 0x7d || c === 0x5d) depth--
    i++
  }
  return depth === 0
}
