import assert from 'node:assert/strict'
import { test } from 'node:test'
import { projectFrames } from '../../core/findings/frames/project-frames.ts'
import { SAMPLES } from './crash-samples.ts'
import { looksLikeCrash, parseCrashText } from './crash-text.ts'

const read = (name: string) => {
  const reading = parseCrashText(SAMPLES[name]!)
  assert.ok(reading, name)
  return reading
}

test('each family gives its tool, kind, weakness and first frame of the program', () => {
  for (const [name, tool, kind, weakness, frame] of [
    ['asan', 'asan', 'heap-buffer-overflow', 'CWE-787', 'parse'],
    ['uaf', 'asan', 'heap-use-after-free', 'CWE-416', 'use'],
    ['ubsan', 'ubsan', 'divide-by-zero', 'CWE-369', 'ratio'],
    ['msan', 'msan', 'use-of-uninitialized-value', 'CWE-457', 'check'],
    ['lsan', 'lsan', 'direct-leak', 'CWE-401', 'outer'],
    ['tsan', 'tsan', 'data race', 'CWE-362', 'bump'],
    ['libfuzzer', 'libfuzzer', 'timeout', 'CWE-400', 'spin'],
    ['afl', 'afl', 'SEGV', 'CWE-119', undefined],
    ['java', 'java', 'uncaught exception IllegalStateException', 'CWE-248', 'com.example.Outer.run'],
    ['jazzer', 'jazzer', 'Remote Code Execution', undefined, 'com.example.Loader.load'],
    ['go-race', 'go-race', 'data race', 'CWE-362', 'main.worker'],
    ['go-panic', 'go-panic', 'index out of range', 'CWE-129', 'example.com/demo/list.List.At'],
    ['python', 'python', 'uncaught exception KeyError', 'CWE-248', 'outer'],
    ['assert', 'other', 'assertion', 'CWE-617', 'run'],
    ['glibc', 'other', 'stack smashing', 'CWE-121', undefined],
    ['rust', 'other', 'panic', 'CWE-617', 'demo::pick'],
    ['kernel', 'other', 'kernel: slab-out-of-bounds', 'CWE-787', 'demo_write'],
    ['gdb', 'other', 'SEGV', 'CWE-119', 'crash'],
  ] as const) {
    const reading = read(name)
    assert.deepEqual(
      [reading.crash.tool, reading.crash.kind, reading.weaknesses[0], projectFrames(reading.stack)[0]?.symbol],
      [tool, kind, weakness, frame],
      name,
    )
    assert.ok(reading.title.length > 0 && reading.excerpt.includes(SAMPLES[name]!.split('\n')[0]!), name)
    assert.ok(looksLikeCrash(SAMPLES[name]!), name)
  }
})

test('access, size, address and the other stacks are kept with their roles', () => {
  const asan = read('asan')
  assert.deepEqual([asan.crash.access, asan.crash.size, asan.crash.address], ['write', 4, '0x602000000011'])
  assert.deepEqual(
    asan.otherStacks.map((one) => one.role),
    ['allocated-by'],
  )
  assert.deepEqual(
    read('uaf').otherStacks.map((one) => [one.role, one.frames.length]),
    [['freed-by', 2]],
  )
  assert.deepEqual(
    read('tsan').otherStacks.map((one) => one.role),
    ['previous-access', 'other-thread'],
  )
  assert.deepEqual(
    read('go-race').otherStacks.map((one) => one.role),
    ['previous-access', 'other-thread'],
  )
  assert.deepEqual(
    read('java').otherStacks.map((one) => [one.role, one.frames[0]?.symbol]),
    [['cause', 'com.example.Inner.get']],
  )
  assert.deepEqual(
    read('python').otherStacks.map((one) => one.role),
    ['cause'],
  )
  assert.deepEqual(read('lsan').otherStacks.length, 1)
  assert.equal(read('assert').message, 'n > 0')
})

test('escapes, line ends and the prefixes of log collectors do not hide a crash', () => {
  const dressed = (dress: (line: string) => string): string => SAMPLES['asan']!.split('\n').map(dress).join('\n')
  for (const dress of [
    (line: string) => `${line}\r`,
    (line: string) => `\u001b[31m${line}\u001b[0m`,
    (line: string) => `2026-01-02T03:04:05.678Z ${line}`,
    (line: string) => `fuzz_1  | ${line}`,
    (line: string) => `| ${line}`,
    (line: string) => `01-02 03:04:05.678  123  456 F DEBUG : ${line}`,
  ]) {
    const reading = parseCrashText(dressed(dress))
    assert.deepEqual(
      [reading?.crash.kind, reading?.stack.length, reading?.stack[1]?.line],
      ['heap-buffer-overflow', 3, 12],
      dress('x'),
    )
  }
})

test('text without a crash gives none', () => {
  for (const text of [
    '',
    'hello',
    'INFO: Seed: 1\n#2 INITED cov: 3 ft: 4\n',
    'error: something failed\n',
    'ASSERT should not be triggered\n',
  ]) {
    assert.equal(parseCrashText(text), null)
    assert.equal(looksLikeCrash(text), false)
  }
})
