import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortSymbol, shortTitle, tellingFrames } from './short-title.ts'

const TITLES: readonly (readonly [string, string])[] = [
  ['AddressSanitizer: SEGV /src/confit/confit.c:141:17 in confit_number', 'SEGV in confit_number, confit.c:141'],
  [
    'AddressSanitizer: heap-buffer-overflow (/src/out/a-asan-O1+0xeee99) (BuildId: 2b9bcc9d) in strcpy',
    'heap-buffer-overflow in strcpy',
  ],
  ['AddressSanitizer: SEGV /src/p/p.cpp:72:29 in p::Decoder::tiles(p::Picture&)', 'SEGV in p::Decoder::tiles, p.cpp:72'],
  ['AddressSanitizer: 4580 byte(s) leaked in 1145 allocation(s).', '4580 byte(s) leaked in 1145 allocation(s).'],
  [
    'buffer/char:Statically-sized arrays can be improperly restricted (CWE-119!/CWE-120).',
    'buffer/char: Statically-sized arrays can be improperly restricted',
  ],
  [
    'Heap overflow when a sparse header is followed by a long link name',
    'Heap overflow when a sparse header is followed by a long link name',
  ],
  ['https://example.org/a:b is read', 'https://example.org/a:b is read'],
]

test('a scanner’s title is cut to what tells one flaw from another', () => {
  for (const [given, short] of TITLES) assert.equal(shortTitle(given), short)
})

test('a long title of several sentences keeps its first', () => {
  const first = 'Found a call with an argument that is not literal and reaches the file system'
  assert.equal(shortTitle(`${first}. Check what callers pass, and where it comes from.`), first)
})

test('hostile titles take no time and nothing is thrown', () => {
  const from = performance.now()
  for (const part of ['(', ' in ', ' /', ':', '. ', '(CWE-1', 'AddressSanitizer: ']) {
    shortTitle(part.repeat(200_000))
    shortTitle(`AddressSanitizer: ${part.repeat(200_000)}`)
  }
  assert.ok(performance.now() - from < 500)
})

test('frames of the fuzzer and parameters are left out of a summary, unless nothing else is there', () => {
  assert.deepEqual(tellingFrames(['read_index', 'a::b(char const*)', 'LLVMFuzzerTestOneInput', 'fuzzer::Fuzzer::Run()'], 4), [
    'read_index',
    'a::b',
  ])
  assert.deepEqual(tellingFrames(['main'], 4), ['main'])
  assert.equal(shortSymbol('(anonymous namespace)::f(int)'), '(anonymous namespace)::f')
})
