import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { newId } from '../kernel/id.ts'
import { instant } from '../kernel/instant.ts'
import type { Advisory } from './advisory.ts'
import type { AdvisoryCommand } from './advisory-command.ts'
import type { AdvisoryEvent } from './advisory-event.ts'
import { ADVISORY_REFUSALS } from './advisory-refusal.ts'
import { isReadable } from './completeness.ts'
import type { AdvisoryContent } from './content.ts'
import { decideAdvisory, draftAdvisory } from './decide.ts'
import { evolveAdvisory, replayAdvisory } from './evolve.ts'

const id = newId('advisory', (length) => new Uint8Array(length).fill(7))
const person = newId('person', (length) => new Uint8Array(length).fill(9))
const CONTENTS: readonly AdvisoryContent[] = [1, 2, 3].map((seed) => sampleEdition(seed).content)
const EMPTY: AdvisoryContent = { ...CONTENTS[0]!, summary: '', flaws: [] }
const AMBER: AdvisoryContent = { ...CONTENTS[0]!, distribution: { tlp: 'AMBER', text: null } }

const content = fc.constantFrom(...CONTENTS, ...CONTENTS, ...CONTENTS, EMPTY, AMBER, {
  ...EMPTY,
  title: 7,
} as unknown as AdvisoryContent)
const time = fc.integer({ min: 0, max: 60 }).map(instant)
const permit = fc.record({ why: fc.constant('all-agreed' as const), from: time })
const command: fc.Arbitrary<AdvisoryCommand> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), content }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ready' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plan-release' as const), release: fc.option(time) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), permit }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('correct' as const), content, what: fc.constantFrom('', 'Better.') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('withdraw' as const),
      reason: fc.constantFrom(' ', 'No flaw.'),
      rejectsCves: fc.boolean(),
    }),
  },
)
// Time mostly goes on, by three a step, and jumps back and forth.
const step = fc.record({ command, jump: fc.integer({ min: -9, max: 30 }), isMachine: fc.boolean() })

function check(before: Advisory, after: Advisory, at: number): void {
  const { state, draft, revisions, withdrawn } = after
  const isOut = state !== 'draft' && state !== 'ready'
  assert.equal(draft === null, isOut)
  assert.equal(revisions.length > 0, isOut)
  assert.equal(withdrawn !== null, state === 'withdrawn')
  assert.deepEqual(revisions.slice(0, before.revisions.length), before.revisions)
  for (const [n, revision] of revisions.entries()) {
    assert.equal(revision.number, n + 1)
    assert.ok(n === 0 || revision.at > revisions[n - 1]!.at)
    assert.ok(isReadable(revision.content))
    assert.equal(revision.content.distribution.tlp, 'CLEAR')
  }
  if (before.revisions.length === 0 && isOut && before.release !== null) assert.ok(at >= before.release)
  if (before.state === 'withdrawn') assert.deepEqual(after, before)
}

test('no walk by anybody under any clock breaks a rule, and events alone give the same advisory', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(content, fc.array(step, { minLength: 30, maxLength: 40 }), (first, steps) => {
      const asker = { kind: 'person', person } as const
      const begun = draftAdvisory({ advisory: id, case: null, content: first }, asker, instant(0))
      if (!begun.ok) return
      const events: AdvisoryEvent[] = [...begun.events]
      let advisory = replayAdvisory(events)!
      for (const [n, { command, jump, isMachine }] of steps.entries()) {
        const at = instant(Math.max(0, n * 3 + jump))
        const decision = decideAdvisory(
          advisory,
          command,
          isMachine && command.do === 'publish' ? { kind: 'machine' } : asker,
          at,
        )
        if (!decision.ok) {
          assert.equal(decision.say, ADVISORY_REFUSALS[decision.code])
          continue
        }
        const after = decision.events.reduce<Advisory>(evolveAdvisory, advisory)
        check(advisory, after, at)
        events.push(...decision.events)
        advisory = after
        seen.add(advisory.state)
      }
      assert.deepEqual(replayAdvisory(events), advisory)
      assert.equal(advisory.version, events.length)
    }),
    { numRuns: 800 },
  )
  assert.deepEqual([...seen].sort(), ['corrected', 'draft', 'published', 'ready', 'withdrawn'])
})
