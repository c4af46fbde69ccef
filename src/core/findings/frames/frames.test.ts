import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Frame } from '../finding.ts'
import { crashState } from './crash-state.ts'
import { isHarnessFrame } from './harness-frames.ts'
import { projectFrames } from './project-frames.ts'
import { isRuntimeFrame } from './runtime-frames.ts'
import { normalisePath } from './source-path.ts'

const frame = (symbol: string | null, path: string | null = null, line: number | null = null): Frame => ({
  symbol,
  path,
  line,
  column: null,
  module: null,
})

test('allocators, sanitizers, engines and language runtimes are runtime frames; the program is not', () => {
  for (const name of [
    'malloc',
    '__interceptor_free',
    'operator new(unsigned long)',
    '__asan_memcpy',
    'fuzzer::Fuzzer::RunOne(int)',
    'abort',
    'core::panicking::panic_fmt',
    'runtime.throw',
    'java.lang.Thread.run',
    '__memcpy_avx_unaligned_erms',
    'std::__1::vector<int>::at(int)',
    '??',
  ]) {
    assert.equal(isRuntimeFrame(frame(name)), true, name)
  }
  for (const name of [
    'ngx_alloc',
    'png_free',
    'memory_pool_get',
    'string_append',
    'my::std_like',
    'mallocator',
    'com.example.Main.run',
    'readline',
  ]) {
    assert.equal(isRuntimeFrame(frame(name, 'src/a.c', 1)), false, name)
  }
})

test('the harness is known by its entry and by set-up in its folder', () => {
  assert.equal(isHarnessFrame(frame('LLVMFuzzerTestOneInput', 'fuzz/a.cc')), true)
  assert.equal(isHarnessFrame(frame('com.example.FuzzTarget.fuzzerTestOneInput')), true)
  assert.equal(isHarnessFrame(frame('InitServer', 'src/harnesses/pov_harness.cc')), true)
  assert.equal(isHarnessFrame(frame('InitServer', 'src/server.cc')), false)
})

test('project frames begin below the runtime and end above the harness, repeats folded', () => {
  const stack = [
    frame('__asan_memcpy'),
    frame('std::copy(int)'),
    frame('parse(int)', '/src/x/a.c', 3),
    frame('parse(int)', '/src/x/a.c', 9),
    frame('read', 'b.c', 1),
    frame('load', 'b.c', 2),
    frame('LLVMFuzzerTestOneInput', 'f.c'),
    frame('main'),
  ]
  assert.deepEqual(
    projectFrames(stack).map((one) => [one.symbol, one.path, one.line]),
    [
      ['parse', 'x/a.c', 3],
      ['load', 'b.c', 2],
    ],
  )
})

test('paths lose build folders, drives and dots; only Windows paths lose case', () => {
  for (const [path, normal] of [
    ['/src/nginx/src/core/Ngx.c', 'nginx/src/core/Ngx.c'],
    ['/home/x/p/a.c', 'p/a.c'],
    ['./a/../b/c.c', 'b/c.c'],
    ['/proc/self/cwd/a.cc', 'a.cc'],
    ['C:\\B\\s\\Foo.CC', 's/foo.cc'],
    ['../../third_party/x.cc', 'third_party/x.cc'],
    ['', ''],
  ] as const)
    assert.equal(normalisePath(path), normal, path)
})

test('a state is the type and three frames; a null access is told by its address', () => {
  const crash = {
    tool: 'asan',
    kind: 'SEGV',
    access: 'read',
    size: null,
    address: '0x000000000010',
    signal: 'SIGSEGV',
  } as const
  const stack = [frame('memcpy'), frame('a::b<int>(int)', 'a.c', 1), frame('c'), frame('d'), frame('e')]
  assert.deepEqual(crashState({ crash, stack }), { type: 'Null-dereference READ', state: ['a::b<int>', 'c', 'd'] })
  assert.equal(crashState({ crash: { ...crash, address: '0x7f0000000000' }, stack }).type, 'UNKNOWN READ')
  assert.equal(
    crashState({ crash: { ...crash, kind: 'heap-buffer-overflow', size: 32 }, stack }).type,
    'Heap-buffer-overflow\nREAD {*}',
  )
})
