import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { type Id, newId } from '../kernel/id.ts'
import { instant } from '../kernel/instant.ts'
import type { Advisory, ReleasePermit } from './advisory.ts'
import type { AdvisoryAsker, AdvisoryCommand } from './advisory-command.ts'
import type { AdvisoryEvent } from './advisory-event.ts'
import type { AdvisoryContent } from './content.ts'
import { decideAdvisory, draftAdvisory } from './decide.ts'
import { editionOf, previewOf } from './edition.ts'
import { evolveAdvisory, replayAdvisory } from './evolve.ts'

const id = newId('advisory', (length) => new Uint8Array(length).fill(7))
const person = newId('person', (length) => new Uint8Array(length).fill(9)) as Id<'person'>
const EDITOR: AdvisoryAsker = { kind: 'person', person }
const MACHINE: AdvisoryAsker = { kind: 'machine' }
const PERMIT: ReleasePermit = { why: 'embargo-ended', from: instant(100) }
const content: AdvisoryContent = { ...sampleEdition(1).content, title: 'One' }
const other: AdvisoryContent = { ...content, title: 'Two' }

const STEPS = {
  edit: { do: 'edit', content: other },
  ready: { do: 'ready' },
  plan: { do: 'plan-release', release: instant(200) },
  publish: { do: 'publish', permit: PERMIT },
  correct: { do: 'correct', content: other, what: 'The title was wrong.' },
  withdraw: { do: 'withdraw', reason: 'It is no flaw.', rejectsCves: true },
} as const satisfies Record<string, AdvisoryCommand>
type Step = keyof typeof STEPS

function tell(advisory: Advisory, command: AdvisoryCommand, at: number, asker = EDITOR): Advisory {
  const decision = decideAdvisory(advisory, command, asker, instant(at))
  assert.ok(decision.ok, decision.ok ? '' : decision.code)
  return decision.events.reduce<Advisory>(evolveAdvisory, advisory)
}

function refused(advisory: Advisory, command: AdvisoryCommand, at: number, asker = EDITOR): string | null {
  const decision = decideAdvisory(advisory, command, asker, instant(at))
  return decision.ok ? null : decision.code
}

function drafted(): Advisory {
  const decision = draftAdvisory({ advisory: id, case: null, content }, EDITOR, instant(1))
  assert.ok(decision.ok)
  return replayAdvisory(decision.events)!
}

const ready = () => tell(drafted(), STEPS.ready, 2)
const published = () => tell(ready(), STEPS.publish, 150)
const corrected = () => tell(published(), STEPS.correct, 160)
const withdrawn = () => tell(corrected(), STEPS.withdraw, 170)

describe('an advisory', () => {
  test('takes in each state exactly these steps', () => {
    const allowed: Record<string, Step[]> = {
      draft: ['edit', 'ready', 'plan'],
      ready: ['edit', 'plan', 'publish'],
      published: ['correct', 'withdraw'],
      corrected: ['correct', 'withdraw'],
      withdrawn: [],
    }
    for (const make of [drafted, ready, published, corrected, withdrawn]) {
      const advisory = make()
      for (const [name, command] of Object.entries(STEPS)) {
        const isCorrection = command.do === 'correct' && advisory.state === 'corrected'
        const told = isCorrection ? { ...command, content } : command
        const code = refused(advisory, told, 1000)
        const expected = allowed[advisory.state]!.includes(name as Step) ? null : 'advisory.wrong-state'
        assert.equal(code, expected, `${name} when ${advisory.state}`)
      }
    }
  })

  test('goes out when it is ready, permitted and due, and not before', () => {
    assert.equal(refused(ready(), STEPS.publish, 99), 'advisory.not-permitted')
    assert.equal(refused(ready(), STEPS.publish, 100), null)
    assert.equal(refused(ready(), STEPS.publish, 150, MACHINE), 'advisory.too-early')
    const planned = tell(ready(), STEPS.plan, 3)
    assert.equal(refused(planned, STEPS.publish, 199, MACHINE), 'advisory.too-early')
    assert.equal(refused(planned, STEPS.publish, 199), 'advisory.too-early')
    const out = tell(planned, STEPS.publish, 200, MACHINE)
    assert.deepEqual([out.state, out.draft, out.release, out.revisions.length], ['published', null, null, 1])
    assert.equal(out.revisions[0]?.by, null)
  })

  test('does not go out under any label but TLP:CLEAR, incomplete, or unread after an edit', () => {
    const amber = { ...content, distribution: { tlp: 'AMBER', text: null } } as const
    const labelled = tell(tell(drafted(), { do: 'edit', content: amber }, 2), STEPS.ready, 3)
    assert.equal(refused(labelled, STEPS.publish, 500), 'advisory.not-clear')
    assert.equal(refused(published(), { ...STEPS.correct, content: amber }, 500), 'advisory.not-clear')
    const empty = tell(drafted(), { do: 'edit', content: { ...content, summary: ' ' } }, 2)
    assert.equal(refused(empty, STEPS.ready, 3), 'advisory.incomplete')
    assert.equal(refused(tell(ready(), STEPS.edit, 3), STEPS.publish, 500), 'advisory.wrong-state')
  })

  test('keeps every revision readable, and says what changed', () => {
    const advisory = corrected()
    assert.deepEqual(
      advisory.revisions.map(({ number }) => number),
      [1, 2],
    )
    assert.equal(editionOf(advisory, 1)?.content.title, 'One')
    assert.equal(editionOf(advisory)?.content.title, 'Two')
    assert.deepEqual(
      editionOf(advisory)?.history.map(({ what }) => what),
      ['First published.', 'The title was wrong.'],
    )
    assert.equal(editionOf(advisory, 3), null)
    assert.equal(editionOf(drafted()), null)
  })

  test('is previewed as it would go out', () => {
    const first = previewOf(ready(), content, instant(150))
    assert.deepEqual(first, editionOf(published()))
    const next = previewOf(published(), other, instant(160))
    const { history, ...rest } = editionOf(corrected())!
    assert.deepEqual(next, { ...rest, history: [history[0], { number: 2, at: 160, what: 'Corrected.' }] })
  })

  test('stays listed with its reason when it is withdrawn', () => {
    const edition = editionOf(withdrawn())
    assert.deepEqual(edition?.withdrawn, { at: 170, reason: 'It is no flaw.', rejectsCves: true })
    assert.equal(edition?.updated, 170)
    assert.equal(editionOf(withdrawn(), 1)?.withdrawn, null)
    assert.equal(refused(published(), { ...STEPS.withdraw, reason: ' ' }, 170), 'advisory.reason-needed')
  })

  test('is not corrected without words, without a change, or behind its newest revision', () => {
    assert.equal(refused(published(), { ...STEPS.correct, what: '' }, 160), 'advisory.reason-needed')
    const same = JSON.parse(JSON.stringify(content))
    assert.equal(refused(published(), { ...STEPS.correct, content: same }, 160), 'advisory.unchanged')
    assert.equal(refused(published(), STEPS.correct, 150), 'advisory.clock-behind')
    assert.equal(refused(published(), STEPS.withdraw, 150), 'advisory.clock-behind')
  })

  test('is a person’s to write: the program only publishes', () => {
    for (const command of Object.values(STEPS)) {
      if (command.do !== 'publish') assert.equal(refused(drafted(), command, 5, MACHINE), 'advisory.not-person')
    }
    const decision = draftAdvisory({ advisory: id, case: null, content }, MACHINE, instant(1))
    assert.equal(decision.ok, false)
  })

  test('refuses an event of another advisory as an accident', () => {
    const event: AdvisoryEvent = {
      type: 'advisory-readied',
      advisory: newId('advisory', (n) => new Uint8Array(n)),
      at: instant(1),
      by: person,
    }
    assert.throws(() => evolveAdvisory(drafted(), event), /applied to/)
  })
})
