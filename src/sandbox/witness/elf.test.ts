import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { witnessProgram } from './elf.ts'

test('the witness is a static program of a few hundred bytes, for two processors', () => {
  for (const [arch, machine] of [
    ['x64', 62],
    ['arm64', 183],
  ] as const) {
    const program = Buffer.from(witnessProgram(arch)!)
    assert.equal(program.toString('latin1', 1, 4), 'ELF')
    assert.equal(program.readUInt16LE(18), machine)
    assert.ok(program.length < 512)
  }
  assert.equal(witnessProgram('riscv64'), null)
})

const here = process.platform === 'linux' && witnessProgram(process.arch) !== null

test('it tells exit codes from signals, and gives exactly the environment', { skip: !here && 'another machine' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-witness-'))
  const program = join(folder, 'witness')
  const told = join(folder, 'told')
  writeFileSync(program, witnessProgram(process.arch)!)
  chmodSync(program, 0o755)
  const watch = (...argv: string[]) => {
    const fd = openSync(told, 'w')
    const stdio = ['ignore', 'pipe', 'pipe', ...Array<'ignore'>(6).fill('ignore'), fd] as const
    const ran = spawnSync(program, argv, { stdio: [...stdio], env: { HIDDEN: '1' } })
    closeSync(fd)
    const record = readFileSync(told)
    return {
      code: ran.status,
      out: ran.stdout.toString(),
      length: record.length,
      status: record.length >= 8 ? record.readUInt32LE(4) : -1,
    }
  }
  const shell = (script: string) => watch('/bin/sh', 'A=1', '', 'sh', '-c', script)
  assert.deepEqual(shell('exit 139'), { code: 0, out: '', length: 152, status: 139 << 8 })
  assert.deepEqual(shell('ulimit -c 0; kill -SEGV $$'), { code: 0, out: '', length: 152, status: 11 })
  assert.match(watch('/usr/bin/env', 'A=1', 'B=two words', '', 'env').out, /^A=1\nB=two words\n$/)
  assert.equal(shell('[ -e /proc/self/fd/9 ] && echo open').out, '')
  assert.equal(shell('cat /proc/self/personality').out, '00040000\n')
  assert.equal(watch('/no/such', '', 'x').status, 127 << 8)
  assert.equal(watch('/etc/passwd', '', 'x').status, 126 << 8)
  // Not as the agent lays it out: no word is said.
  assert.deepEqual(watch('/bin/true', 'A=1'), { code: 125, out: '', length: 0, status: -1 })
  rmSync(folder, { recursive: true, force: true })
})
