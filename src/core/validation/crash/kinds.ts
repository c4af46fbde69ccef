import type { Crash } from '../../findings/finding.ts'
import { type CrashFamily, crashFamily } from '../../findings/normal/crash-family.ts'
import type { Claim } from '../proof.ts'

/** Signals that a program dies of by its own fault. SIGKILL and SIGSYS are the wall's doing, SIGTERM and SIGPIPE nobody's flaw. */
export const FATAL_SIGNALS: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP'])

/** A crash of which only the signal is known. */
export function signalCrash(signal: string): Crash {
  return { tool: 'other', kind: signal, access: null, size: null, address: null, signal }
}

export type Resource = 'wall-time' | 'memory'

/** A crash report that says no more than that time or memory ran out; null for any other. */
export function resourceOf(crash: Crash): Resource | null {
  const kind = crash.kind.toLowerCase()
  if (kind === 'timeout') return 'wall-time'
  return kind === 'out-of-memory' ? 'memory' : null
}

/** What running out is claimed to be the flaw itself: a hang, or memory without bound; null where something else is claimed. */
export function claimedResource(claim: Claim | null): Resource | null {
  const kind = claim?.kind?.slice(0, 100).toLowerCase() ?? ''
  if (/^(?:timeout|hang|infinite[ -]loop|endless[ -]loop|redos|cpu[ -]exhaustion|catastrophic[ -]backtracking)$/.test(kind)) {
    return 'wall-time'
  }
  return /^(?:out[ -]of[ -]memory|oom|memory[ -]exhaustion|zip[ -]bomb)$/.test(kind) ? 'memory' : null
}

const MEMORY: ReadonlySet<CrashFamily> = new Set([
  'use-after-free',
  'double-free',
  'bad-free',
  'spatial-read',
  'spatial-write',
  'spatial',
  'null',
  'wild-read',
  'wild-write',
  'wild',
])
const WILD: ReadonlySet<CrashFamily> = new Set(['wild-read', 'wild-write', 'wild', 'null'])

/** Whether two crashes may be one accident met twice: alike in kind, or both bad accesses. */
export function mayBeOne(a: Crash, b: Crash): boolean {
  const left = crashFamily(a)!
  const right = crashFamily(b)!
  return left === right || (MEMORY.has(left) && MEMORY.has(right))
}

/**
 * Whether the kind seen is the kind claimed. A bare signal is claimed by those who ran without a sanitizer: any bad access is that.
 * Where both name heap, stack or global memory, it must be the same.
 */
export function isKindClaimed(claimed: string, seen: Crash): boolean {
  const said = plainKind(claimed)
  const kind = plainKind(seen.kind)
  if (said === '' || said === kind || kind.startsWith(`${said}-`) || kind.endsWith(`-${said}`)) return true
  const wanted = crashFamily({ ...seen, tool: 'other', kind: said, address: null })!
  const family = crashFamily(seen)!
  if (wanted === 'null') return WILD.has(family)
  if (WILD.has(wanted)) return MEMORY.has(family)
  if (MEMORY.has(wanted)) return wanted === family && sameRegion(said, kind)
  if (wanted === 'exception' || wanted === 'other') return false
  return wanted === family
}

/** Whether only a bad address is known of a crash: a larger overrun of the same flaw may end so. */
export function isWild(seen: Crash): boolean {
  return WILD.has(crashFamily(seen)!)
}

function plainKind(kind: string): string {
  const plain = kind
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return plain.replace(/^-|-$/g, '').replace(/^sig(?=segv|bus|abrt|fpe|ill)/, '')
}

function sameRegion(a: string, b: string): boolean {
  const region = (kind: string) => /heap|stack|global|container/.exec(kind)?.[0] ?? null
  const left = region(a)
  const right = region(b)
  return left === null || right === null || left === right
}
