import { assemble, type Step } from './assembler.ts'
import { CALL_NUMBERS } from './call-tables.ts'
import { ALLOWED, REFUSED, UNSEEN_MEMORY } from './calls.ts'

export type FilterArch = keyof typeof CALL_NUMBERS

export interface FilterKind {
  readonly arch: FilterArch
  /** Whether IP sockets may be made: the network namespace has nothing but its own loopback. */
  readonly loopback: boolean
  /** Whether memory is held by watching, so that memory which no process maps must not be made. */
  readonly watched: boolean
}

// linux/seccomp.h, linux/audit.h, asm-generic/errno.h
const ALLOW = 0x7fff0000
const KILL = 0x80000000
const refuse = (errno: number) => 0x00050000 | errno
const EPERM = refuse(1)
const ENOSYS = refuse(38)
const EAFNOSUPPORT = refuse(97)
const AUDIT_ARCH = { x64: 0xc000003e, arm64: 0xc00000b7 } as const
const X32_BIT = 0x40000000

const NUMBER = 0
const ARCH = 4
/** The low half of an argument: the kernel reads no more of those that are looked at here. */
const argument = (n: number) => 16 + 8 * n

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (linux/sched.h). */
const NAMESPACES = 0x7e020000
const AF_UNIX = 1
const AF_INET = 2
const AF_INET6 = 10
const TIOCSTI = 0x5412
const TIOCLINUX = 0x541c
/** The plain one, the one without address randomisation, and the question (sys/personality.h). */
const PERSONALITIES = [0, 0x40000, 0xffffffff]

/** The calls whose arguments decide: each a piece of the program that begins with its label and ends in a return. */
function pieces(kind: FilterKind): Readonly<Record<string, readonly Step[]>> {
  const families = kind.loopback ? [AF_UNIX, AF_INET, AF_INET6] : [AF_UNIX]
  return {
    ioctl: check(1, [TIOCSTI, TIOCLINUX], EPERM, ALLOW),
    socket: check(0, families, ALLOW, EAFNOSUPPORT),
    socketpair: check(0, [AF_UNIX], ALLOW, EAFNOSUPPORT),
    clone: [
      { do: 'load', offset: argument(0) },
      { do: 'jump', if: 'has-bits', value: NAMESPACES, to: 'eperm' },
      { do: 'return', action: ALLOW },
    ],
    clone3: [{ do: 'return', action: ENOSYS }],
    personality: check(0, PERSONALITIES, ALLOW, EPERM),
    // Of oneself only: else one could take the sandbox's own part its limits.
    prlimit64: check(0, [0], ALLOW, EPERM),
    // Not "everyone": the witness of the run is one of them.
    kill: check(0, [0xffffffff], EPERM, ALLOW),
  }
}

function check(which: number, values: readonly number[], found: number, other: number): readonly Step[] {
  const label = actionLabel(found)
  return [
    { do: 'load', offset: argument(which) },
    ...values.map((value): Step => ({ do: 'jump', if: 'equal', value, to: label })),
    { do: 'return', action: other },
  ]
}

function actionLabel(action: number): string {
  return action === ALLOW ? 'allow' : action === EPERM ? 'eperm' : 'enosys'
}

/** The filter of one kind as the kernel takes it: an allow list; unknown calls are ENOSYS, a foreign architecture is death. */
export function assembleFilter(kind: FilterKind): Uint8Array {
  const numbers: Readonly<Record<string, number>> = CALL_NUMBERS[kind.arch]
  const own = pieces(kind)
  const goals = new Map<number, string>()
  const add = (names: readonly string[], label: (name: string) => string) => {
    for (const name of names) {
      const number = numbers[name]
      if (number !== undefined) goals.set(number, label(name))
    }
  }
  add(ALLOWED, () => 'allow')
  add(UNSEEN_MEMORY, () => (kind.watched ? 'enosys' : 'allow'))
  add(REFUSED, () => 'eperm')
  add(Object.keys(own), (name) => `call ${name}`)
  return assemble([
    { do: 'load', offset: ARCH },
    { do: 'jump', if: 'equal', value: AUDIT_ARCH[kind.arch], to: 'native' },
    { do: 'return', action: KILL },
    { do: 'label', name: 'native' },
    { do: 'load', offset: NUMBER },
    ...(kind.arch === 'x64' ? ([{ do: 'jump', if: 'at-least', value: X32_BIT, to: 'kill' }] as const) : []),
    ...search(rangesOf(goals), 'r'),
    ...Object.entries(own).flatMap(([name, steps]): Step[] => [{ do: 'label', name: `call ${name}` }, ...steps]),
    { do: 'label', name: 'allow' },
    { do: 'return', action: ALLOW },
    { do: 'label', name: 'eperm' },
    { do: 'return', action: EPERM },
    { do: 'label', name: 'enosys' },
    { do: 'return', action: ENOSYS },
    { do: 'label', name: 'kill' },
    { do: 'return', action: KILL },
  ])
}

interface Range {
  readonly from: number
  readonly goal: string
}

/** Where, counting up the numbers, what happens changes: each range goes to the next one's start. */
function rangesOf(goals: ReadonlyMap<number, string>): Range[] {
  const ranges: Range[] = [{ from: 0, goal: goals.get(0) ?? 'enosys' }]
  const end = Math.max(...goals.keys()) + 1
  for (let number = 1; number <= end; number++) {
    const goal = goals.get(number) ?? 'enosys'
    if (goal !== ranges.at(-1)!.goal) ranges.push({ from: number, goal })
  }
  return ranges
}

/** A binary search over `ranges` as jumps; about eight comparisons to the goal. */
function search(ranges: readonly Range[], name: string): Step[] {
  if (ranges.length === 1) return [{ do: 'go', to: ranges[0]!.goal }]
  const middle = ranges.length >> 1
  return [
    { do: 'jump', if: 'at-least', value: ranges[middle]!.from, to: `${name}1` },
    ...search(ranges.slice(0, middle), `${name}0`),
    { do: 'label', name: `${name}1` },
    ...search(ranges.slice(middle), `${name}1`),
  ]
}

/** The file in which a kind is shipped, beside this one. */
export function filterName({ arch, loopback, watched }: FilterKind): string {
  return `${arch}-${loopback ? 'loopback' : 'none'}-${watched ? 'watched' : 'counted'}.bpf`
}

/** Every kind there is. */
export function filterKinds(): FilterKind[] {
  const both = [false, true]
  return (['x64', 'arm64'] as const).flatMap((arch) =>
    both.flatMap((loopback) => both.map((watched) => ({ arch, loopback, watched }))),
  )
}
