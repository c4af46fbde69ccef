import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Id } from '../../kernel/id.ts'
import { DAY, HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { type Contact, subjectOf } from './contact.ts'
import type { ContactAsker, ContactCommand, ContactEvent } from './contact-command.ts'
import type { ContactRefusal } from './contact-refusal.ts'
import { decideContact } from './decide-contact.ts'
import { evolveContact, openContact } from './evolve-contact.ts'
import { accountSubject, changeDue, mayReceiveSealed } from './project-contact.ts'
import { PROOF_KINDS, PROVED_FOR, proofLine, proofState } from './proof.ts'

const T0 = instant(Date.UTC(2026, 10, 1))
const after = (ms: number): Instant => instant(T0 + ms)
const OLD: Contact = { route: 'mail', at: 'Security@example.org', keys: [] }
const NEW: Contact = { route: 'mail', at: 'mallory@example.net', keys: [] }
const subject = subjectOf(OLD)
const ana: ContactAsker = { as: 'coordinator', person: 'per_ana', organisation: 'org_clearing' }
const ben: ContactAsker = { as: 'coordinator', person: 'per_ben', organisation: 'org_clearing' }
const cat: ContactAsker = { as: 'coordinator', person: 'per_cat', organisation: 'org_maker' }
const weir: ContactAsker = { as: 'weir' }
const old: ContactAsker = { as: 'contact', subject }
const mallory: ContactAsker = { as: 'contact', subject: subjectOf(NEW) }
const PLACES = {
  repository: 'https://example.org/r.git',
  domains: ['example.org'],
  purls: ['pkg:npm/left-pad'],
}

function play() {
  let file = openContact('prj_000000000000000000000000' as Id<'project'>, PLACES)
  const events: ContactEvent[] = []
  const ask = (who: ContactAsker, command: ContactCommand, now: Instant) =>
    decideContact(file, command, who, now, (input) => `mac(${input})`)
  return {
    events,
    get file() {
      return file
    },
    do(who: ContactAsker, command: ContactCommand, now = T0) {
      const decision = ask(who, command, now)
      assert.ok(decision.ok, decision.ok ? '' : decision.code)
      for (const event of decision.events) {
        events.push(event)
        file = evolveContact(file, event)
      }
      return this
    },
    refused(who: ContactAsker, command: ContactCommand, code: ContactRefusal, now = T0) {
      const decision = ask(who, command, now)
      assert.equal(decision.ok ? 'done' : decision.code, code)
      return this
    },
    token: () => file.proofs[0]!.token!,
  }
}

const askDns: ContactCommand = { do: 'ask-proof', subject, kind: 'dns-txt', place: 'example.org' }
const show = (found: string): ContactCommand => ({ do: 'show-token', subject, kind: 'dns-txt', found })

function provedPlay() {
  const made = play().do(ana, { do: 'propose-contact', contact: OLD }).do(old, askDns)
  return made.do(weir, show(`v=spf1\n${proofLine(made.token())}\n`))
}

describe('proof of being the maintainer', () => {
  test('by token: asked, shown, proved, and expired by the clock alone', () => {
    const made = play().do(old, askDns)
    assert.equal(proofState(made.file.proofs[0]!, T0), 'asked')
    made.refused(weir, show('nothing of the kind'), 'proof.not-found')
    made.refused(weir, show(proofLine(`${made.token()}x`)), 'proof.not-found')
    made.refused(old, show(proofLine(made.token())), 'asker.not-coordinator')
    made.do(weir, show(`a\r\n${proofLine(made.token())}\r\n`), after(DAY))
    made.refused(old, askDns, 'proof.proved-already', after(2 * DAY))
    const proof = made.file.proofs[0]!
    assert.equal(proofState(proof, after(DAY + PROVED_FOR - 1)), 'proved')
    assert.equal(proofState(proof, after(DAY + PROVED_FOR)), 'expired')
  })

  test('a token asked for too long ago shows nothing', () => {
    const made = play().do(old, askDns)
    made.refused(weir, show(proofLine(made.token())), 'proof.none', after(14 * DAY))
  })

  test('a token is of one project, subject, kind, place and time', () => {
    const made = play()
      .do(old, askDns)
      .do(mallory, { ...askDns, subject: subjectOf(NEW) })
      .do(old, { ...askDns, kind: 'security-txt' })
    const tokens = made.file.proofs.map(({ token }) => token)
    assert.equal(new Set(tokens).size, 3)
    assert.ok(tokens[0]!.includes('prj_'))
  })

  test('only at a place that is the project’s own, for every kind by token or registry', () => {
    for (const kind of PROOF_KINDS)
      if (kind !== 'vouched') play().refused(old, { ...askDns, kind, place: 'example.net' }, 'proof.other-place')
    play().refused(mallory, askDns, 'asker.other-subject').refused(weir, askDns, 'asker.other-subject')
    play().do(old, { ...askDns, kind: 'repository-file', place: PLACES.repository })
    const owner = play().do(old, { ...askDns, kind: 'registry-owner', place: 'pkg:npm/left-pad' })
    owner.refused(weir, { do: 'show-token', subject, kind: 'registry-owner', found: '' }, 'proof.not-by-token')
    owner.refused(ana, { do: 'confirm-owner', subject }, 'asker.not-weir')
    assert.equal(proofState(owner.do(weir, { do: 'confirm-owner', subject }).file.proofs[0]!, T0), 'proved')
  })

  test('two different coordinators vouch, and none for their own organisation', () => {
    const asked: ContactCommand = { do: 'ask-proof', subject, kind: 'vouched', place: 'org_maker' }
    const made = play().refused(old, asked, 'asker.not-coordinator').do(ana, asked)
    made.refused(old, { do: 'vouch', subject }, 'asker.not-coordinator')
    made.refused(cat, { do: 'vouch', subject }, 'vouch.own-organisation')
    made.do(ana, { do: 'vouch', subject })
    assert.equal(proofState(made.file.proofs[0]!, T0), 'asked')
    made.refused(ana, { do: 'vouch', subject }, 'vouch.same-person')
    made.do(ben, { do: 'vouch', subject })
    assert.equal(proofState(made.file.proofs[0]!, T0), 'proved')
  })

  test('a token that coordinators saw takes two different ones, neither of the organisation that it proves', () => {
    const made = play().do(old, askDns)
    const seen = show(proofLine(made.token()))
    made.refused(old, seen, 'asker.not-coordinator').do(ana, seen)
    assert.equal(proofState(made.file.proofs[0]!, T0), 'asked')
    made.refused(ana, seen, 'vouch.same-person').refused(ben, show('x'), 'proof.not-found').do(ben, seen)
    assert.equal(proofState(made.file.proofs[0]!, T0), 'proved')
    const account = accountSubject('org_maker')
    const theirs = play().do(ana, { ...askDns, subject: account })
    theirs.refused(cat, { ...show(proofLine(theirs.token())), subject: account } as ContactCommand, 'vouch.own-organisation')
  })

  test('nobody fills the file: at most a hundred open proofs, and what ran out makes room', () => {
    const made = play()
    for (let n = 0; n < 100; n++) made.do(ana, { ...askDns, subject: `mail:${n}@example.org` })
    made.refused(old, askDns, 'proof.full')
    assert.equal(made.do(old, askDns, after(14 * DAY)).file.proofs.length, 1)
  })
})

describe('the contact', () => {
  test('nothing sealed goes to an unproved one', () => {
    const made = play().do(ana, { do: 'propose-contact', contact: OLD })
    assert.equal(mayReceiveSealed(made.file, OLD, T0), false)
    assert.equal(mayReceiveSealed(provedPlay().file, OLD, T0), true)
    assert.equal(mayReceiveSealed(provedPlay().file, { ...OLD, keys: [{ kind: 'age', recipient: 'age1x' }] }, T0), false)
    assert.equal(mayReceiveSealed(provedPlay().file, OLD, after(PROVED_FOR)), false)
  })

  test('a change waits 72 hours, tells the old one, and gives the new one nothing before and nothing unproved after', () => {
    const made = provedPlay().do(ana, { do: 'propose-contact', contact: NEW })
    const proposed = made.events.at(-1)!
    assert.ok(proposed.type === 'contact-change-proposed')
    assert.deepEqual([proposed.tell, proposed.dueAt], [OLD, after(72 * HOUR)])
    made.do(weir, { do: 'clock' }, after(72 * HOUR - 1))
    assert.deepEqual(made.file.contact, OLD)
    assert.equal(mayReceiveSealed(made.file, OLD, after(72 * HOUR - 1)), true)
    assert.equal(mayReceiveSealed(made.file, NEW, after(72 * HOUR - 1)), false)
    // Due, but not made yet.
    assert.equal(mayReceiveSealed(made.file, OLD, after(72 * HOUR)), false)
    assert.equal(mayReceiveSealed(made.file, NEW, after(72 * HOUR)), false)
    made.do(weir, { do: 'clock' }, after(72 * HOUR))
    assert.deepEqual([made.file.contact, made.file.change], [NEW, null])
    assert.equal(mayReceiveSealed(made.file, NEW, after(72 * HOUR)), false)
    assert.equal(mayReceiveSealed(made.file, OLD, after(72 * HOUR)), false)
  })

  test('the old one stops it, also when its proof ran out; a stranger does not', () => {
    const late = after(PROVED_FOR + DAY)
    const made = provedPlay().do(ana, { do: 'propose-contact', contact: NEW }, late)
    made.refused(mallory, { do: 'stop-change' }, 'asker.not-old-contact', late)
    made.refused(weir, { do: 'stop-change' }, 'asker.not-old-contact', late)
    made.do(old, { do: 'stop-change' }, late)
    made.do(weir, { do: 'clock' }, after(PROVED_FOR + 30 * DAY))
    assert.deepEqual(made.file.contact, OLD)
    made.refused(old, { do: 'stop-change' }, 'change.none', late)
  })

  test('who is not proved proposes nothing; one change at a time; keys and route count as change', () => {
    const made = provedPlay().refused(mallory, { do: 'propose-contact', contact: NEW }, 'asker.not-proved')
    made.refused(old, { do: 'propose-contact', contact: OLD }, 'change.same')
    made.do(old, { do: 'propose-contact', contact: { ...OLD, keys: [{ kind: 'age', recipient: 'age1x' }] } })
    assert.equal(made.events.at(-1)!.type, 'contact-change-proposed')
    made.refused(ana, { do: 'propose-contact', contact: NEW }, 'change.pending')
    assert.equal(
      provedPlay().do(old, { do: 'propose-contact', contact: { ...OLD, route: 'coordinator' } }).file.change?.by,
      subject,
    )
  })
})

describe('the organisation that maintains it', () => {
  const accounts = ['org_one', 'org_two', 'org_three'].map(accountSubject) as [string, string, string]
  const [one, two, three] = accounts.map((subject): ContactAsker => ({ as: 'contact', subject })) as [
    ContactAsker,
    ContactAsker,
    ContactAsker,
  ]
  const shown = (made: ReturnType<typeof play>, subject: string, at = T0) => {
    made.do(ana, { do: 'ask-proof', subject, kind: 'dns-txt', place: 'example.org' }, at)
    const { token } = made.file.proofs.at(-1)!
    return made.do(weir, { do: 'show-token', subject, kind: 'dns-txt', found: proofLine(token!) }, at)
  }
  const moving = () => shown(shown(play(), accounts[0]), accounts[1])

  test('the first that proves itself does at once; another waits 72 hours, and the one before is told', () => {
    const made = moving()
    assert.deepEqual([made.file.organisation, made.file.move?.to], ['org_one', 'org_two'])
    const proposed = made.events.at(-1)!
    assert.ok(proposed.type === 'move-proposed')
    assert.deepEqual([proposed.tell, proposed.dueAt], ['org_one', after(72 * HOUR)])
    made.do(weir, { do: 'clock' }, after(72 * HOUR - 1))
    assert.equal(made.file.organisation, 'org_one')
    made.do(weir, { do: 'clock' }, after(72 * HOUR))
    assert.deepEqual([made.file.organisation, made.file.move], ['org_two', null])
  })

  test('the one before stops it, or who proved itself, or a coordinator; nobody else', () => {
    moving()
      .refused(three, { do: 'stop-change' }, 'asker.not-old-contact')
      .refused(weir, { do: 'stop-change' }, 'asker.not-old-contact')
    for (const who of [one, two, ben]) {
      const made = moving().do(who, { do: 'stop-change' })
      made.do(weir, { do: 'clock' }, after(90 * HOUR))
      assert.deepEqual([made.file.organisation, made.file.move], ['org_one', null])
    }
  })

  test('the newest that proved itself waits, from then on; the one that maintains it proves itself anew without a move', () => {
    const made = shown(moving(), accounts[2], after(HOUR))
    assert.deepEqual([made.file.move?.to, made.file.move?.dueAt], ['org_three', after(73 * HOUR)])
    made.do(weir, { do: 'clock' }, after(72 * HOUR))
    assert.equal(made.file.organisation, 'org_one')
    assert.equal(shown(play(), accounts[0]).events.filter(({ type }) => type === 'move-proposed').length, 0)
  })

  test('a change of contact and a move each take effect at their own instant', () => {
    const made = moving()
      .do(ana, { do: 'propose-contact', contact: OLD })
      .do(ana, { do: 'propose-contact', contact: NEW }, after(HOUR))
    assert.equal(changeDue(made.file), after(72 * HOUR))
    made.do(weir, { do: 'clock' }, after(72 * HOUR))
    assert.deepEqual([made.file.organisation, made.file.contact, changeDue(made.file)], ['org_two', OLD, after(73 * HOUR)])
    made.do(weir, { do: 'clock' }, after(73 * HOUR))
    assert.deepEqual([made.file.contact, changeDue(made.file)], [NEW, null])
  })
})
