import type { Crash } from '../finding.ts'
import { isNearNull } from '../frames/crash-type.ts'

export type CrashFamily =
  | 'use-after-free'
  | 'double-free'
  | 'bad-free'
  | 'spatial-read'
  | 'spatial-write'
  | 'spatial'
  | 'null'
  | 'wild-read'
  | 'wild-write'
  | 'wild'
  | 'leak'
  | 'race'
  | 'deadlock'
  | 'uninitialised'
  | 'integer'
  | 'divide-by-zero'
  | 'type-confusion'
  | 'stack-exhaustion'
  | 'memory-exhaustion'
  | 'timeout'
  | 'assertion'
  | 'exception'
  | 'undefined'
  | 'other'

const BY_KIND: readonly (readonly [RegExp, CrashFamily])[] = [
  [/use-after|tag-mismatch/, 'use-after-free'],
  [/double-free/, 'double-free'],
  [/bad-free|invalid-free|invalid pointer|dealloc-mismatch|delete-type-mismatch/, 'bad-free'],
  [/leak/, 'leak'],
  [/data race|race/, 'race'],
  [/lock-order|deadlock/, 'deadlock'],
  [/uninitiali[sz]ed/, 'uninitialised'],
  [/null-dereference|nullpointerexception|nil pointer/, 'null'],
  [/divide-by-zero|divide by zero|^fpe$|sigfpe|division/, 'divide-by-zero'],
  [/integer-overflow|pointer-overflow|shift|float-cast|implicit-conversion/, 'integer'],
  [/bad-cast|castexception|vptr/, 'type-confusion'],
  [/^stack-overflow|stack overflow|stackoverflowerror|recursionerror/, 'stack-exhaustion'],
  [/out-of-memory|allocation-size|outofmemory|memoryerror/, 'memory-exhaustion'],
  [/timeout|hang/, 'timeout'],
  [/assert|check failure|panic|abrt/, 'assertion'],
  [/exception|error/, 'exception'],
  [/undefined|misaligned|unreachable|invalid-/, 'undefined'],
]

/** What kind of accident a crash is, coarse enough to be the same from run to run; `wild` where only a bad address is known. */
export function crashFamily(crash: Crash | null): CrashFamily | null {
  if (crash === null) return null
  const kind = crash.kind.slice(0, 200).toLowerCase()
  if (
    /buffer-(?:over|under)flow|underwrite|container-overflow|out-of-bounds|object-size|dynamic-stack|negative-size/.test(kind)
  ) {
    return crash.access === 'write' ? 'spatial-write' : crash.access === 'read' ? 'spatial-read' : 'spatial'
  }
  if (/^(?:segv|bus|sigsegv|sigbus|access-violation|unknown-crash|deadly)/.test(kind)) {
    if (isNearNull(crash.address)) return 'null'
    return crash.access === 'write' ? 'wild-write' : crash.access === 'read' ? 'wild-read' : 'wild'
  }
  return BY_KIND.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other'
}

/** Families that speak of the accident only, never of its cause: a wild address, a failed check, an uncaught exception. */
export function isVague(family: CrashFamily): boolean {
  return ['wild', 'wild-read', 'wild-write', 'other', 'undefined', 'timeout', 'memory-exhaustion'].includes(family)
}

/** Families whose word says little of the accident: what was thrown, asserted or raced can be many flaws in one function. */
export const COARSE_CRASHES: readonly CrashFamily[] = ['exception', 'assertion', 'race', 'other']
