import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalAnswer, normalLog } from './normal-log.ts'

const run = (pid: number, address: string, at: string, ms: string) => `INFO: Seed: ${pid}
2026/01/02 ${at} [alert] ${pid}#${pid + 1}: worker process ${pid} exited on signal 11
==${pid}==ERROR: AddressSanitizer: heap-buffer-overflow on address ${address} at pc ${address}
    #0 ${address} in parse /work/src/a.c:12:3
    #1 ${address} in main (/work/src/a+${address}) (BuildId: ${pid}abcdef)
Executed /in/input in ${ms} ms
worker[${pid}]: wrote /tmp/x${pid}.tmp in ${ms}ms
`

test('two runs have one normal log, whatever their numbers, addresses and instants', () => {
  const one = normalLog(run(7, '0x602000000011', '10:00:00', '3'))
  assert.equal(one, normalLog(run(4242, '0x7f0000001000', '23:59:59', '12.5')))
  assert.match(one, /heap-buffer-overflow on address 0xN/)
  assert.match(one, /parse \/work\/src\/a\.c:12:3/)
})

test('what a program says stays: another kind, function, line or word is another log', () => {
  const one = run(7, '0x602000000011', '10:00:00', '3')
  for (const [from, to] of [
    ['heap-buffer', 'stack-buffer'],
    ['in parse', 'in render'],
    ['a.c:12', 'a.c:13'],
    ['signal 11', 'signal 6'],
  ] as const) {
    assert.notEqual(normalLog(one), normalLog(one.replace(from, to)))
  }
})

test('answers lose their instants and nothing else', () => {
  const answer = (date: string, body: string) => `HTTP/1.1 200 OK\r\nDate: ${date}\r\nX: 1\r\n\r\n[12] in 5 s: ${body}`
  const first = normalAnswer(answer('Fri, 02 Jan 2026 10:00:00 GMT', 'a'))
  assert.equal(first, normalAnswer(answer('Sat, 03 Jan 2026 10:00:09 GMT', 'a')))
  assert.notEqual(first, normalAnswer(answer('Fri, 02 Jan 2026 10:00:00 GMT', 'b')))
  assert.match(first, /\[12\] in 5 s/)
})

test('hostile logs cost time in proportion to their length', () => {
  const nasty = [' '.repeat(200_000), '1'.repeat(200_000), 'at '.repeat(70_000), '=='.repeat(100_000), '0x'.repeat(100_000)]
  const begun = performance.now()
  for (const text of nasty) normalLog(`${text}\n${text}`)
  assert.ok(performance.now() - begun < 2000)
})
