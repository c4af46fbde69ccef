import type { Crash } from '../finding.ts'

// Addresses below this are a null pointer and an offset (the first 64 KiB are never mapped on the systems that fuzz).
const NULL_BOUNDARY = 0x10000n
const ACCESS_KINDS = /overflow|underflow|use-after|out-of-bounds|poison|tag-mismatch|unaddressable|wild-/

const WILD = new Set(['segv', 'bus', 'access-violation', 'unknown-crash', 'sigsegv', 'sigbus', 'deadly-signal-segv'])
const NAMES: Readonly<Record<string, string>> = {
  'double-free': 'Heap-double-free',
  'bad-free': 'Invalid-free',
  'int-divide-by-zero': 'Divide-by-zero',
  fpe: 'Floating-point-exception',
  'illegal-instruction': 'Ill',
  'deadly signal': 'Fatal-signal',
  panic: 'ASSERT',
  assertion: 'ASSERT',
  'check failure': 'CHECK failure',
  'security check failure': 'Security DCHECK failure',
  'uncaught exception': 'Uncaught exception',
  'out-of-memory': 'Out-of-memory',
  'allocation-size-too-big': 'Out-of-memory',
  'undefined-behavior': 'UNKNOWN',
}

/**
 * The name under which crashes of one kind are grouped, in the style of ClusterFuzz's crash types: wild accesses by whether
 * the address is near null, memory errors with the access and its size on a second line.
 */
export function crashType(crash: Crash): string {
  const kind = crash.kind.slice(0, 200)
  const access = crash.access === null ? '' : ` ${crash.access.toUpperCase()}`
  if (WILD.has(kind.toLowerCase())) {
    return kind === 'unknown-crash' ? 'UNKNOWN' : (isNearNull(crash.address) ? 'Null-dereference' : 'UNKNOWN') + access
  }
  if (kind === 'null-dereference') return `Null-dereference${access}`
  const kernel = /^kernel: (.*)$/.exec(kind)
  if (kernel) return `Kernel failure\n${capitalised(kernel[1]!)}${sized(crash, kernel[1]!)}`
  if (kind.startsWith('uncaught exception')) return 'Uncaught exception'
  return (NAMES[kind.toLowerCase()] ?? capitalised(kind)) + sized(crash, kind)
}

function sized(crash: Crash, kind: string): string {
  if (crash.access === null || !ACCESS_KINDS.test(kind)) return ''
  const size = crash.size === null ? '' : crash.size > 16 ? ' {*}' : ` ${crash.size}`
  return `\n${crash.access.toUpperCase()}${size}`
}

/** Whether an address (hexadecimal, as printed) is a null pointer with a small offset; false where it is not known. */
export function isNearNull(address: string | null): boolean {
  if (address === null || !/^(?:0x)?[0-9a-f]{1,16}$/i.test(address)) return false
  return BigInt(address.toLowerCase().startsWith('0x') ? address : `0x${address}`) < NULL_BOUNDARY
}

function capitalised(text: string): string {
  return /^(?!SIG)[A-Z]{2,}$/.test(text)
    ? text[0] + text.slice(1).toLowerCase()
    : text.slice(0, 1).toUpperCase() + text.slice(1)
}
