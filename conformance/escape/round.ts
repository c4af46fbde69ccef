import assert from 'node:assert/strict'
import type { Attempt, Program } from './attempt.ts'
import { type Ran, runInside } from './box.ts'
import type { Ground } from './ground.ts'
import type { User } from './outside.ts'

/** An ordinary user that nobody is. */
export const NOBODY: User = { uid: 65533, gid: 65533 }

const LACKS = [
  'ENOSYS',
  'EAFNOSUPPORT',
  'EPROTONOSUPPORT',
  'ESOCKTNOSUPPORT',
  'ENOENT',
  'ENODEV',
  'ENXIO',
  'ENOTTY',
  'EADDRNOTAVAIL',
  'EPERM',
]

/** Controls that show the same for every user, so that once is enough: they take what a limit would have to hold. */
const PROVEN_ONCE = new Set<string>(['bombs', 'time', 'output', 'archives'])
const proven = new Set<string>()

/** Runs a control unless it was run for another user and does not depend on who runs it. */
export async function proveOnce(one: Attempt, prove: () => Promise<'proven' | 'lacking'>): Promise<'proven' | 'lacking'> {
  const key = `${one.area} ${one.name}`
  if (proven.has(key)) return 'proven'
  const said = await prove()
  if (said === 'proven' && PROVEN_ONCE.has(one.area)) proven.add(key)
  return said
}

/** Runs the control: `proven` when it succeeded outside; `lacking` when this machine has no such thing; throws otherwise. */
export async function control(program: Program, ground: Ground): Promise<'proven' | 'lacking'> {
  const root = process.getuid!() === 0
  if (program.as === 'root' && !root) return 'lacking'
  const user = program.as === 'root' ? null : program.as === 'user' ? (root ? NOBODY : null) : ground.user
  const argv = await (program.outside ?? program.inside)(ground)
  const env = program.env?.(ground) ?? {}
  const told = await ground.outside(argv, user, { env, gifts: program.gifts?.(ground) ?? [] })
  if (/^ESCAPED/m.test(told.stdout)) return 'proven'
  const errno = /^held (\w+)/m.exec(told.stdout)?.[1] ?? ''
  assert.ok(program.mayLack && LACKS.includes(errno), `the control of ${program.name} failed: ${JSON.stringify(told)}`)
  return 'lacking'
}

/** Runs the attempt inside, asserts that it was held and in which way, and that nothing of the host was harmed. */
export async function assertHeld(program: Program, ground: Ground): Promise<void> {
  const ran = await runInside(ground.sandbox(), program.inside(ground), {
    ...(program.limits ? { limits: program.limits } : {}),
    ...(program.network ? { network: program.network } : {}),
  })
  assert.doesNotMatch(ran.stdout, /^ESCAPED/m, `${program.name} succeeded inside`)
  assert.ok(isExpected(ran, program), `${program.name} ended otherwise than expected: ${ran.wire} ${ran.stdout}${ran.stderr}`)
  assert.ok(ran.wallMs < (program.limits?.wallMs ?? 8000) + 3000, `${program.name} took ${ran.wallMs} ms`)
  assert.deepEqual(ground.harmed(), [])
}

function isExpected({ end, stdout }: Ran, program: Program): boolean {
  const may = program.ends ?? []
  if (end.how === 'ended') {
    if (end.signal !== null) return may.includes('signal')
    return end.exit === 0 && /^held /m.test(stdout)
  }
  return may.some((one) => one === end.how)
}
