import assert from 'node:assert/strict'
import type { Case, Participant } from '../../src/core/cases/case.ts'
import type { CaseEvent } from '../../src/core/cases/case-event.ts'
import { isBinding } from '../../src/core/cases/embargo-state.ts'
import { mayPublish } from '../../src/core/cases/publishing.ts'
import { readingOf } from '../../src/core/cases/reading.ts'
import { publicityOf, workOf } from '../../src/core/cases/roster.ts'
import { brokenRules } from '../../src/core/cases/rules.ts'
import type { Id } from '../../src/core/kernel/id.ts'
import type { Instant } from '../../src/core/kernel/instant.ts'
import type { Asked } from './walk-command.ts'

/** Whoever a participant stands for, the same in every case. */
export const whoIs = ({ id, organisation }: Participant): string => organisation ?? id

/**
 * What somebody who saw every command knows for certain, kept beside the service and by other means: who said yes to what, which
 * embargo has ended. Throws where the service thinks otherwise.
 */
export class CaseTruth {
  readonly #agreed = new Map<string, Set<string>>()
  readonly #secret = new Set<string>()
  readonly #publishing = new Set<string>()
  readonly #ended = new Set<string>()
  #reads = new Map<string, Set<string>>()

  /** A command that the service took, as the case stood before it. */
  took(before: Case, { who, command }: Asked): void {
    if (!('participant' in command)) return
    const one = before.participants.find(({ id }) => id === command.participant)
    const speaks = one !== undefined && (one.id === before.chair ? 'chair' : one.id.slice(4))
    if (one === undefined || who.replace(/^contact:|#\d$/, '') !== speaks) return
    const of = whoIs(one)
    if (command.do === 'accept-invitation') {
      for (const flaw of one.offered) this.#flaws(of).add(flaw)
      if (command.terms !== null) this.#secret.add(of)
    }
    const yes = command.do === 'answer-embargo' && command.answer === 'accept'
    if (yes || command.do === 'propose-embargo' || command.do === 'send-report') this.#secret.add(of)
    if (command.do !== 'agree-to-publish') return
    if (command.agree) this.#publishing.add(`${before.id} ${one.id}`)
    else this.#publishing.delete(`${before.id} ${one.id}`)
  }

  /** The receiver's default binds those who sent and received by their own published word. */
  defaulted(after: Case): void {
    for (const one of after.participants) if (one.consent === 'signatory') this.#secret.add(whoIs(one))
  }

  /** A case as it is on record, at the service's `now`. `consented`: somebody said yes to an invitation since the last look. */
  look(cases: readonly Case[], now: Instant, consented: boolean): void {
    const reads = new Map<string, Set<string>>()
    for (const of of cases) {
      keepsRules(of)
      if (this.#ended.has(of.id)) assert.equal(of.embargo.state, 'exited', `${of.id}: an end is for good`)
      if (of.embargo.state === 'exited') this.#ended.add(of.id)
      for (const nobody of [null, 'ptp_stranger' as Id<'participant'>])
        assert.equal(readingOf(of, nobody, now).reads, 'nothing', `${of.id} is read by nobody in it`)
      for (const one of of.participants) {
        const reading = readingOf(of, one.id, now)
        if (one.id === of.chair || reading.reads !== 'content') continue
        const label = `${of.id} ${whoIs(one)}`
        assert.equal(one.leftAt, null, `${label} left and reads`)
        if (isBinding(of.embargo.state)) assert.ok(this.#secret.has(whoIs(one)), `${label} reads and promised nothing`)
        for (const flaw of reading.flaws) {
          assert.ok(this.#flaws(whoIs(one)).has(flaw), `${label} reads ${flaw} and never agreed to`)
          reads.set(whoIs(one), (reads.get(whoIs(one)) ?? new Set()).add(flaw))
        }
      }
      this.#mayOut(of, now)
    }
    if (!consented)
      for (const [of, flaws] of reads)
        for (const flaw of flaws) assert.ok(this.#reads.get(of)?.has(flaw), `${of} reads ${flaw} by what others did`)
    this.#reads = reads
  }

  #flaws(of: string): Set<string> {
    const known = this.#agreed.get(of) ?? new Set<string>()
    this.#agreed.set(of, known)
    return known
  }

  // While an embargo binds and its end has not come, only the word of everybody bound lets the case out.
  #mayOut(of: Case, now: Instant): void {
    const { state, terms } = of.embargo
    if (!isBinding(state) || (terms?.endsAt ?? Number.POSITIVE_INFINITY) <= now || !mayPublish(of, now).may) return
    for (const one of of.participants)
      if (one.consent === 'signatory' && one.leftAt === null && of.parent === null)
        assert.ok(this.#publishing.has(`${of.id} ${one.id}`), `${of.id} may go out and ${one.id} never agreed`)
  }
}

/** Whether a case may be as it is: no machine, and no two of them, in a state that cannot be. */
function keepsRules(of: Case): void {
  const { state, open, terms, ended } = of.embargo
  const binds = isBinding(state)
  assert.equal(open.length > 0, state === 'proposed' || state === 'revise', `${of.id}: ${state} with ${open.length} proposals`)
  assert.equal(ended !== null, state === 'exited', `${of.id}: ${state}`)
  if (binds) assert.ok(terms !== null, `${of.id}: binding by no terms`)
  if (of.state === 'closed') assert.ok(!binds && of.closedAt !== null, `${of.id}: closed and bound`)
  for (const one of of.participants) {
    const label = `${of.id} ${one.id} ${one.consent} ${state}`
    if (!binds) assert.ok(one.consent !== 'signatory' && one.consent !== 'lapsed', label)
    if (one.admittedAt === null) assert.equal(one.flaws.length, 0, label)
    if (one.leftAt !== null) continue
    for (const flaw of of.flaws) {
      if (!one.flaws.includes(flaw.flaw)) continue
      const standing = { report: one.report, embargo: state, vendor: workOf(one, flaw.flaw).step }
      assert.deepEqual(brokenRules({ ...standing, publicity: publicityOf(flaw) }), [], label)
    }
  }
}

/** The end that came by time alone among these events, if there is one. */
export function timedEnd(events: readonly CaseEvent[]): Extract<CaseEvent, { type: 'embargo-ended' }> | null {
  return (events.find((one) => one.type === 'embargo-ended' && one.why === 'end') as ReturnType<typeof timedEnd>) ?? null
}
