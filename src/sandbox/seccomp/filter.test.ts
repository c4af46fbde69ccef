import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CALL_NUMBERS } from './call-tables.ts'
import { ALLOWED, REFUSED, UNSEEN_MEMORY } from './calls.ts'
import { assembleFilter, type FilterKind, filterKinds, filterName } from './filter.ts'

const SHIPPED = join(import.meta.dirname, 'shipped')
const X64 = 0xc000003e
const ARM64 = 0xc00000b7

/** Runs a filter as the kernel does, on one call. */
function judge(program: Uint8Array, arch: number, call: number, args: readonly number[] = []): string {
  const view = new DataView(program.buffer, program.byteOffset, program.byteLength)
  const data = new DataView(new ArrayBuffer(64))
  data.setUint32(0, call, true)
  data.setUint32(4, arch, true)
  for (const [n, value] of args.entries()) data.setUint32(16 + 8 * n, value, true)
  let held = 0
  for (let at = 0, steps = 0; steps < 10_000; steps++) {
    const code = view.getUint16(at * 8, true)
    const [yes, no, value] = [view.getUint8(at * 8 + 2), view.getUint8(at * 8 + 3), view.getUint32(at * 8 + 4, true)]
    at++
    if (code === 0x20) held = data.getUint32(value, true)
    else if (code === 0x05) at += value
    else if (code === 0x15) at += held === value ? yes : no
    else if (code === 0x35) at += held >= value ? yes : no
    else if (code === 0x45) at += (held & value) !== 0 ? yes : no
    else if (code === 0x06) return value === 0x7fff0000 ? 'allow' : value === 0x80000000 ? 'kill' : `errno ${value & 0xffff}`
    else assert.fail(`an instruction that is none: ${code}`)
  }
  return 'never ends'
}

const kind = (changes: Partial<FilterKind> = {}): FilterKind => ({ arch: 'x64', loopback: false, watched: false, ...changes })
const number = (name: string, arch: 'x64' | 'arm64' = 'x64') => (CALL_NUMBERS[arch] as Record<string, number>)[name]!

test('the shipped bytes are what the assembler makes of the lists', () => {
  const names = filterKinds().map(filterName)
  assert.deepEqual(readdirSync(SHIPPED).sort(), [...names].sort())
  for (const one of filterKinds()) {
    const shipped = new Uint8Array(readFileSync(join(SHIPPED, filterName(one))))
    assert.deepEqual(shipped, assembleFilter(one), `${filterName(one)}: write assembleFilter's bytes there`)
  }
})

test('every listed call is answered as its list says, on both processors, and no other is allowed', () => {
  for (const one of filterKinds()) {
    const program = assembleFilter(one)
    const arch = one.arch === 'x64' ? X64 : ARM64
    const numbers: Readonly<Record<string, number>> = CALL_NUMBERS[one.arch]
    for (const name of ALLOWED) if (name in numbers) assert.equal(judge(program, arch, numbers[name]!), 'allow', name)
    for (const name of REFUSED) if (name in numbers) assert.equal(judge(program, arch, numbers[name]!), 'errno 1', name)
    for (const name of UNSEEN_MEMORY)
      if (name in numbers) assert.equal(judge(program, arch, numbers[name]!), one.watched ? 'errno 38' : 'allow', name)
    const known = new Set(Object.values(numbers))
    for (let call = 0; call < 1000; call++)
      if (!known.has(call)) assert.equal(judge(program, arch, call), 'errno 38', `${one.arch} ${call}`)
  }
})

test('no call stands in two lists', () => {
  const all = [...ALLOWED, ...REFUSED, ...UNSEEN_MEMORY]
  assert.equal(new Set(all).size, all.length)
})

test('a foreign architecture and the x32 numbers are death', () => {
  const program = assembleFilter(kind())
  assert.equal(judge(program, 0x40000003, number('read')), 'kill')
  assert.equal(judge(program, ARM64, number('read')), 'kill')
  assert.equal(judge(program, X64, 0x40000000 + number('read')), 'kill')
  assert.equal(judge(program, X64, 0xffffffff), 'kill')
})

test('arguments decide where they must', () => {
  const none = assembleFilter(kind())
  const loopback = assembleFilter(kind({ loopback: true }))
  const cases: readonly (readonly [Uint8Array, string, readonly number[], string])[] = [
    [none, 'socket', [1], 'allow'],
    ...[0, 2, 3, 10, 16, 17, 38, 40, 44].map((family) => [none, 'socket', [family], 'errno 97'] as const),
    [loopback, 'socket', [2], 'allow'],
    [loopback, 'socket', [10], 'allow'],
    ...[16, 17, 38, 40].map((family) => [loopback, 'socket', [family], 'errno 97'] as const),
    [none, 'socketpair', [1], 'allow'],
    [loopback, 'socketpair', [2], 'errno 97'],
    [none, 'clone', [17], 'allow'],
    [none, 'clone', [0x003d0f00], 'allow'],
    ...[0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000].map(
      (flag) => [none, 'clone', [flag | 17], 'errno 1'] as const,
    ),
    [none, 'clone3', [], 'errno 38'],
    [none, 'ioctl', [0, 0x5412], 'errno 1'],
    [none, 'ioctl', [0, 0x541c], 'errno 1'],
    [none, 'ioctl', [0, 0x5401], 'allow'],
    [none, 'personality', [0x40000], 'allow'],
    [none, 'personality', [0xffffffff], 'allow'],
    [none, 'personality', [0x0400000], 'errno 1'],
    [none, 'prlimit64', [0], 'allow'],
    [none, 'prlimit64', [1], 'errno 1'],
    [none, 'kill', [0xffffffff], 'errno 1'],
    [none, 'kill', [7], 'allow'],
  ]
  for (const [program, name, args, answer] of cases)
    assert.equal(judge(program, X64, number(name), args), answer, `${name} ${args.map((one) => one.toString(16))}`)
})
