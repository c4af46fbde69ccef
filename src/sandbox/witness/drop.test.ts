import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dropProgram } from './drop.ts'

const SHIPPED = join(import.meta.dirname, '../seccomp/shipped')

test('the program that gives up a user holds its filter, for two processors', () => {
  for (const [arch, machine] of [
    ['x64', 62],
    ['arm64', 183],
  ] as const) {
    const filter = readFileSync(join(SHIPPED, `${arch}-none-counted.bpf`))
    const program = Buffer.from(dropProgram(arch, filter)!)
    assert.equal(program.readUInt16LE(18), machine)
    assert.deepEqual(program.subarray(-filter.length), filter)
    const length = filter.length / 8
    if (arch === 'x64') assert.ok(program.includes(Buffer.from([0x68, length & 255, length >> 8, 0, 0])))
    // movz x0, #length, as the architecture's manual encodes it.
    else assert.ok(program.includes(Buffer.from(Uint32Array.of((0xd2800000 | (length << 5)) >>> 0).buffer)))
  }
  assert.equal(dropProgram('riscv64', new Uint8Array(8)), null)
  assert.throws(() => dropProgram('x64', new Uint8Array(7)))
})

const skip = process.platform !== 'linux' || process.getuid?.() !== 0 || !['x64', 'arm64'].includes(process.arch)

test('it becomes the user, takes the filter and passes on the words', {
  skip: skip && 'not root on a processor it knows',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-drop-'))
  chmodSync(folder, 0o755)
  const program = join(folder, 'drop')
  writeFileSync(program, dropProgram(process.arch, readFileSync(join(SHIPPED, `${process.arch}-none-counted.bpf`)))!)
  chmodSync(program, 0o755)
  // The first variable is the program's path, which Node gives only with a "=" in it.
  symlinkSync('/bin/sh', join(folder, 'sh='))
  const run = (path: string, ...argv: string[]) =>
    spawnSync('setpriv', ['--no-new-privs', program, ...argv], { argv0: 'setpriv', env: { [path]: '', A: '1' } })
  const said = run(
    join(folder, 'sh'),
    '-c',
    'id -u; echo $A $0 $1; grep Seccomp: /proc/self/status; setpriv --dump >&2',
    'x',
    'y',
  )
  assert.equal(said.stdout.toString(), '1000\n1 x y\nSeccomp:\t2\n', said.stderr.toString())
  assert.equal(run(join(folder, 'none'), 'x').status, 127)
  rmSync(folder, { recursive: true, force: true })
})
