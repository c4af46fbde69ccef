import assert from 'node:assert/strict'
import { test } from 'node:test'
import { execScript, readRecord } from './exec-script.ts'
import { RECORD } from './tiers/implementation.ts'

function record(word: string, status = 0, seconds = 0): Buffer {
  const bytes = Buffer.alloc(RECORD)
  bytes.write(word)
  bytes.writeUInt32LE(status, 4)
  bytes.writeBigInt64LE(BigInt(seconds), 8)
  return bytes
}

test('a wait status is read as POSIX has it', () => {
  const ended = { what: 'ended', cpuSeconds: 0 }
  assert.deepEqual(readRecord(record('exit', 139 << 8)), { ...ended, exit: 139, signal: null })
  assert.deepEqual(readRecord(record('exit', 11)), { ...ended, exit: null, signal: 'SIGSEGV' })
  // With the flag of a core dump.
  assert.deepEqual(readRecord(record('exit', 6 | 0x80)), { ...ended, exit: null, signal: 'SIGABRT' })
  assert.deepEqual(readRecord(record('exit', 40)), { ...ended, exit: null, signal: 'SIG40' })
  assert.deepEqual(readRecord(record('exit', 24, 7)), { what: 'ended', exit: null, signal: 'SIGXCPU', cpuSeconds: 7 })
})

test('the agent’s words, and what nobody says', () => {
  const padded = (word: string) => Buffer.from(word.padEnd(RECORD))
  assert.equal(readRecord(padded('nodir')).what, 'no-folder')
  assert.equal(readRecord(padded('none')).what, 'no-program')
  for (const word of ['lost', 'EXIT', '', '\0\0\0\0']) assert.equal(readRecord(padded(word)).what, 'lost')
})

test('whatever the words hold, the script is one call', () => {
  const spec = { argv: ["a'b", '$(c)', 'd\ne'], env: { X: "'; exit" }, cwd: "/it's" }
  const script = execScript('7', spec)
  assert.ok(script.startsWith(`run '7' '/it'\\''s' `))
  assert.ok(script.endsWith(`'X='\\''; exit' '' 'a'\\''b' '$(c)' 'd\ne'\n`))
})
