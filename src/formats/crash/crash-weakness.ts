import type { Crash } from '../../core/findings/finding.ts'

const BY_KIND: readonly (readonly [RegExp, string])[] = [
  [/use-after-free|use-after-poison|tag-mismatch|use-after-return|use-after-scope/, 'CWE-416'],
  [/double-free/, 'CWE-415'],
  [/bad-free|invalid-free|invalid pointer/, 'CWE-763'],
  [/alloc-dealloc-mismatch|new-delete-type-mismatch/, 'CWE-762'],
  [/^stack-overflow|^Stack overflow|StackOverflowError|RecursionError/, 'CWE-674'],
  [/uninitialized/i, 'CWE-457'],
  [/direct-leak|leak$/i, 'CWE-401'],
  [/data race/, 'CWE-362'],
  [/lock-order-inversion|deadlock/, 'CWE-833'],
  [/null-dereference|NullPointerException|nil pointer/i, 'CWE-476'],
  [/divide-by-zero|divide by zero|^FPE$/, 'CWE-369'],
  [/unsigned-integer-overflow|integer-overflow|pointer-overflow/, 'CWE-190'],
  [/bad-cast|CastException/i, 'CWE-843'],
  [/index-out-of-bounds|out of range|IndexOutOfBounds|IndexError/i, 'CWE-129'],
  [/shift-exponent|shift-base|invalid-shift/, 'CWE-1335'],
  [/float-cast-overflow|implicit-conversion/, 'CWE-681'],
  [/out-of-memory|allocation-size-too-big|OutOfMemory|MemoryError/, 'CWE-770'],
  [/^timeout/, 'CWE-400'],
  [/memcpy-param-overlap/, 'CWE-475'],
  [/negative-size-param/, 'CWE-195'],
  [/assertion|check failure|panic/, 'CWE-617'],
  [/Command injection/i, 'CWE-78'],
  [/Arbitrary file/i, 'CWE-22'],
  [/DNS resolution|Server Side Request/i, 'CWE-918'],
  [/Deserialization/i, 'CWE-502'],
  [/SQL Injection/i, 'CWE-89'],
  [/uncaught exception/i, 'CWE-248'],
]

/** CWE ids a kind of crash suggests, the most specific first; a suggestion, never the finder's own statement. */
export function weaknessesOfCrash(crash: Crash): string[] {
  const kind = crash.kind.slice(0, 200)
  if (/underflow|underwrite/.test(kind) && /buffer/.test(kind)) return [crash.access === 'write' ? 'CWE-124' : 'CWE-127']
  const overflow = /buffer-overflow|container-overflow|out-of-bounds|object-size|stack smashing|buffer overflow/.test(kind)
  if (overflow && !/^index/.test(kind)) {
    const place = kind.startsWith('heap') ? 'CWE-122' : kind.includes('stack') ? 'CWE-121' : null
    const by = crash.access === 'write' ? 'CWE-787' : crash.access === 'read' ? 'CWE-125' : 'CWE-119'
    if (crash.access === null && place !== null) return [place]
    return crash.access === 'write' && place !== null ? [by, place] : [by]
  }
  if (/^(?:SEGV|BUS|access-violation|unknown-crash)$/i.test(kind)) {
    const near = crash.address !== null && /^(?:0x)?0*[0-9a-f]{1,4}$/i.test(crash.address)
    return [near ? 'CWE-476' : 'CWE-119']
  }
  const found = BY_KIND.find(([pattern]) => pattern.test(kind))
  return found ? [found[1]] : []
}
