import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideHead, decideSigning, evolveSigning, maySign, type Signing, type SigningCommand } from './head.ts'

const A = new Uint8Array(32).fill(1)
const B = new Uint8Array(32).fill(2)
const head = (size: number, root = A, origin = 'weir.example/log') => ({ origin, size, root })

test('the outside copy of the head decides whether the log may sign', () => {
  const answer = (...args: Parameters<typeof decideHead>) => {
    const decision = decideHead(...args)
    return decision.ok ? decision.do : decision.code
  }
  assert.equal(answer(null, head(0), null), 'create')
  assert.equal(answer(null, head(3), A), 'ledger.head-missing')
  assert.equal(answer(head(3), head(3), A), 'sign')
  assert.equal(answer(head(3), head(9, B), A), 'sign')
  assert.equal(answer(head(3), head(2), null), 'ledger.head-behind')
  assert.equal(answer(head(3), head(9), B), 'ledger.head-differs')
  assert.equal(answer(head(3), head(9), null), 'ledger.head-differs')
  assert.equal(answer(head(3), head(3, A, 'other.example/log'), A), 'ledger.head-differs')
})

const SIGNING: Signing = { state: 'signing', origin: 'weir.example/log', retired: ['weir.example/old'] }
const BEHIND = decideHead(head(3), head(2), null)
const FINE = decideHead(head(3), head(3), A)

/** Given a signer, when a command: the signer after, or the refusal's code. */
function after(signing: Signing, command: SigningCommand): Signing | string {
  const decision = decideSigning(command, signing)
  return decision.ok ? decision.events.reduce(evolveSigning, signing) : decision.code
}

const HALTED = after(SIGNING, { type: 'observe', head: BEHIND }) as Signing

test('a mismatch halts the log, and no later observation starts it again', () => {
  assert.deepEqual(HALTED, { ...SIGNING, state: 'halted', why: 'ledger.head-behind' })
  assert.ok(maySign(SIGNING) && !maySign(HALTED))
  assert.equal(after(HALTED, { type: 'observe', head: FINE }), HALTED)
  assert.equal(after(HALTED, { type: 'observe', head: decideHead(null, head(3), A) }), HALTED)
  assert.equal(after(SIGNING, { type: 'observe', head: FINE }), SIGNING)
})

test('a person resumes only where the heads agree again', () => {
  assert.deepEqual(after(HALTED, { type: 'resume', by: 'per_a', head: FINE }), SIGNING)
  assert.equal(after(HALTED, { type: 'resume', by: 'per_a', head: BEHIND }), 'ledger.head-behind')
  assert.equal(after(SIGNING, { type: 'resume', by: 'per_a', head: FINE }), 'ledger.not-halted')
})

test('a person accepts a fork only under an origin never used, and the old one is retired', () => {
  const fork = (origin: string, signing = HALTED) => after(signing, { type: 'accept-fork', by: 'per_a', origin })
  assert.deepEqual(fork('weir.example/log2'), {
    state: 'signing',
    origin: 'weir.example/log2',
    retired: ['weir.example/old', 'weir.example/log'],
  })
  assert.equal(fork('weir.example/log'), 'ledger.origin-used')
  assert.equal(fork('weir.example/old'), 'ledger.origin-used')
  assert.equal(fork('has space'), 'ledger.origin-form')
  assert.equal(fork('weir.example/log2', SIGNING), 'ledger.not-halted')
})
