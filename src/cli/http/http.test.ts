import assert from 'node:assert/strict'
import test from 'node:test'
import { EXIT, exitOf, Stop } from '../exit.ts'
import { isLoopback, serverAddress } from './address.ts'
import { Lines } from './lines.ts'
import { readProblem } from './problem.ts'
import { choosePerson } from './sign-in.ts'

test('an address must be one, without a password, and encrypted unless it is this machine', () => {
  assert.ok(isLoopback(serverAddress('http://localhost:4180')))
  assert.ok(isLoopback(serverAddress('http://[::1]:4180')))
  assert.ok(!isLoopback(serverAddress('https://weir.example.org')))
  assert.ok(!isLoopback(new URL('http://127.0.0.1.example.org')))
  for (const bad of ['localhost:4180', 'ftp://x', 'http://weir.example.org', 'https://a:b@weir.example.org', '']) {
    assert.throws(
      () => serverAddress(bad),
      (error) => error instanceof Stop && error.exit === EXIT.badInput,
    )
  }
})

test('lines are cut over chunks, and a line without end is refused', () => {
  const lines = new Lines(8)
  assert.deepEqual(lines.push(Buffer.from('a\nb')), ['a'])
  assert.deepEqual(lines.push(Buffer.from('c\n\nd')), ['bc', ''])
  assert.equal(lines.end(), 'd')
  assert.equal(lines.end(), null)
  assert.throws(() => lines.push(Buffer.from('123456789')), RangeError)
})

test('a problem ends the command with its own exit code, and shows no escape', () => {
  const said = (status: number, body: unknown) => readProblem(status, Buffer.from(JSON.stringify(body)))
  const stop = said(429, { code: 'quota.exceeded', title: 'The quota is used up', detail: '\u001b[31mno', where: '/x' })
  assert.deepEqual([stop.exit, stop.message], [EXIT.refused, 'The quota is used up. \\x1b[31mno. at /x.'])
  assert.match(stop.mend ?? '', /continues where it stopped/)
  assert.equal(readProblem(502, Buffer.from('<html>')).exit, EXIT.unavailable)
  assert.equal(said(422, { code: 'constructor' }).exit, EXIT.badInput)
  assert.equal(exitOf('session.required', 401), EXIT.refused)
})

test('a seeded person is found by role, name or organisation', () => {
  const people = [
    { id: 'per_1', name: 'Ann', organisation: 'Halyard Labs', roles: ['finder'] },
    { id: 'per_2', name: 'Bo', organisation: 'Weir', roles: ['coordinator'] },
  ]
  assert.equal(choosePerson(people, 'coordinator').id, 'per_2')
  assert.equal(choosePerson(people, 'halyard labs').id, 'per_1')
  assert.throws(() => choosePerson(people, 'nobody'), /nobody who is "nobody"/)
})
