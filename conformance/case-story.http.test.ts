import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AdvisoryView } from '../src/contract/shapes/advisory.ts'
import type { CaseView, LetterOut } from '../src/contract/shapes/case.ts'
import { DAY, HOUR, MINUTE } from '../src/core/kernel/instant.ts'
import { CaseWorld } from '../src/devkit/case-world.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import type { Member } from '../src/devkit/members.ts'
import { PublicTree } from '../src/server/app/advisories/public-tree.ts'
import { tellCases } from '../src/server/app/notices/tell-cases.ts'
import { buildTree } from '../src/server/feeds/build-tree.ts'
import { openSession } from '../src/server/identity/sessions.ts'
import { numberEvents } from '../src/server/store/events.ts'
import { advisedContent } from './case-story/advised.ts'
import { type Actor, castOf } from './case-story/story-cast.ts'
import { compare, type Expected } from './case-story/story-sight.ts'

// One case of three finders, twelve vendors and two distributors, from findings to the end of its key, with a leak half-way. What
// everybody is shown after each step is compared with a table written by hand; everything else must be as if it were not there.

const MARKS = [
  'zq-to-all',
  'zq-to-v1',
  'zq-file-of-v9',
  'zq-status-of-v1',
  'zq-status-of-v4',
  'zq-status-of-v2',
  'zq-report-of-v3',
  'zq-later-end',
  'zq-sooner-end',
  'zq-letter',
  'zq-leak',
  'zq-after',
] as const

/** Steps at which everybody also looks at timeline and calendar, and those without a part at every list. */
const DEEP = new Set(['opened', 'invited', 'papers', 'silence', 'leaked', 'published', 'closed'])
/** All in the case by name who are in it from the start, and those of one flaw only. */
const AB = 'chair f1 f2 v1-v12'
const A = 'chair f1 v1-v12'

describe('a case of 3 finders, 12 vendors and 2 distributors, with a leak half-way', () => {
  let door: TestDoor
  let world: CaseWorld
  let cast: ReadonlyMap<Actor, Member | null>
  let tree: PublicTree
  let id = ''
  let now: Expected
  let advisory = ''
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 12 })
    cast = await castOf(world)
    tree = new PublicTree(door.desks.advisory, async (asked) => buildTree(asked))
    await tree.follow()
  })
  after(async () => await door.close())

  const who = (actor: Actor): Member => cast.get(actor)!
  const flaws = (letters: string) => [...letters].map((letter) => world.flaw('ABC'.indexOf(letter) + 1))
  const seen = async (step: string, expected: Expected) => {
    now = expected
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
    await compare(world, cast, id, { expected, step, marks: MARKS, deep: DEEP.has(step) })
  }
  const ask = async (actor: Actor, letters: string, kind: string, more: object = {}) =>
    await world.invite(id, who(actor), kind, { flaws: flaws(letters), ...more })
  const act = async (actor: Actor, what: { do: string; [more: string]: unknown }): Promise<CaseView> =>
    await world.act(who(actor), id, { party: await world.party(who(actor), id), ...what } as never)
  const need = async <T>(method: string, path: string, body: unknown, status: number, as: Actor = 'chair'): Promise<T> => {
    const answer = await door.ask(method, path, { as: cast.get(as)?.as ?? null, body })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  /** A second person of the same organisation approves what stands there. */
  const second = async (actor: Actor, letter: string): Promise<void> => {
    const other = await world.colleague(who(actor), 'maintainer')
    const party = await world.party(who(actor), id)
    await world.act(other, id, { do: 'approve-status', party, flaw: flaws(letter)[0]!, number: 1 } as never)
  }

  test('it is opened about two flaws, an end is proposed, and nobody but its coordinator knows', async () => {
    const opened = await world.openCase(flaws('AB'), { policy: 'cert-cc/45-days' })
    id = opened.row.id
    await seen('opened', { reads: { AB: 'chair' }, names: { AB: 'chair' }, marks: {}, embargo: 'proposed' })
  })

  test('whoever is invited sees terms and dates, and neither content nor who else is there', async () => {
    await ask('f1', 'A', 'finder')
    await ask('f2', 'B', 'finder')
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 11, 12]) await ask(`v${n}` as Actor, 'AB', 'vendor')
    for (const n of [9, 10]) await ask(`v${n}` as Actor, 'A', 'vendor')
    await seen('invited', {
      reads: { AB: 'chair', '?': 'f1 f2 v1-v12' },
      names: { AB },
      marks: {},
      embargo: 'proposed',
    })
    const early = await world.say(who('v1'), id, 'zq-too-early')
    assert.equal(early.status, 404)
  })

  test('the first yes makes the embargo bind, and lets in whoever said it and nobody else', async () => {
    await world.accept(who('f1'), id)
    await seen('first yes', {
      reads: { AB: 'chair', A: 'f1', '?': 'f2 v1-v12' },
      names: { AB, A },
      marks: {},
      embargo: 'active',
    })
  })

  test('each who agrees reads the flaws they were invited to; one hides, one says nothing', async () => {
    await world.accept(who('f2'), id)
    for (let n = 1; n <= 11; n++) await world.accept(who(`v${n}` as Actor), id)
    await act('v11', { do: 'hide', hidden: true })
    await seen('all in', {
      reads: { AB: 'chair v1-v8 v11', A: 'f1 v9 v10', B: 'f2', '?': 'v12' },
      names: { chair: AB, AB: 'chair f1 f2 v1-v10 v12', A: 'chair f1 v1-v10 v12', B: 'chair f2 v1-v8 v12' },
      hidden: { AB: 1, A: 1, B: 1 },
      marks: {},
      embargo: 'active',
    })
  })

  test('messages and files reach those who read what they are about, or whom they name', async () => {
    assert.equal((await world.say(who('chair'), id, 'zq-to-all')).status, 201)
    const v1 = await world.party(who('v1'), id)
    assert.equal((await world.say(who('chair'), id, 'zq-to-v1', [v1])).status, 201)
    door.time.now += 1
    const file = await door.ask('POST', `/v1/cases/${id}/papers?kind=file&title=notes`, {
      as: who('v9').as,
      body: 'zq-file-of-v9',
    })
    assert.equal(file.status, 201)
    await seen('papers', {
      ...now,
      marks: {
        'zq-to-all': 'chair v1-v8 v11',
        'zq-to-v1': 'chair v1',
        'zq-file-of-v9': 'chair v1-v8 v11 f1 v9 v10',
      },
    })
  })

  test('distributors come in a tier of their own: one agrees, one declines and reads nothing', async () => {
    await ask('d1', 'AB', 'distributor', { tier: 2 })
    await ask('d2', 'A', 'distributor', { tier: 2 })
    await world.accept(who('d1'), id)
    await act('d2', { do: 'decline' })
    await seen('distributors', {
      ...now,
      reads: { AB: 'chair v1-v8 v11 d1', A: 'f1 v9 v10', B: 'f2', '?': 'v12 d2' },
      names: {
        chair: `${AB} d1 d2`,
        AB: 'chair f1 f2 v1-v10 v12 d1 d2',
        A: 'chair f1 v1-v10 v12 d1 d2',
        B: 'chair f2 v1-v8 v12 d1',
      },
      marks: { ...now.marks, 'zq-to-all': 'chair v1-v8 v11 d1', 'zq-file-of-v9': 'chair v1-v8 v11 f1 v9 v10 d1' },
    })
  })

  test('a later end needs everybody’s yes and falls by one no; an earlier one holds by two; nobody’s reading changes', async () => {
    const before = (await world.view(who('v3'), id)).embargo.terms!
    const later = { do: 'propose', endsAt: world.in(80 * DAY), policy: 'agreed/1', why: 'zq-later-end' }
    const proposed = await act('v3', later)
    assert.deepEqual([proposed.embargo.state, proposed.embargo.terms], ['revise', before], 'the old terms hold meanwhile')
    const readers = 'chair v1-v8 v11 d1 f1 v9 v10 f2'
    await seen('later', { ...now, embargo: 'revise', marks: { ...now.marks, 'zq-later-end': readers } })
    await act('f1', { do: 'answer', number: proposed.embargo.open[0]!.number, answer: 'decline' })
    await seen('no', { ...now, embargo: 'active', marks: { ...now.marks, 'zq-later-end': '' } })
    const end = world.in(30 * DAY)
    const sooner = await act('chair', { do: 'propose', endsAt: end, policy: 'agreed/1', why: 'zq-sooner-end' })
    await act('v1', { do: 'answer', number: sooner.embargo.open[0]!.number, answer: 'accept' })
    // Why this date is shown with the terms, to whoever is still asked for them; a no was to terms that stand no more.
    const reads = { ...now.reads, '?': 'v12' }
    await seen('sooner', { ...now, reads, marks: { ...now.marks, 'zq-sooner-end': `${readers} v12` } })
    for (const actor of ['f2', 'v10', 'd1', 'v12'] as const)
      assert.equal((await world.view(who(actor), id)).embargo.terms?.endsAt, end, actor)
  })

  test('a status counts when a second person of the vendor has approved it, and only those who read the flaw are told', async () => {
    const report = async (actor: Actor) => {
      await act(actor, { do: 'report', to: 'valid' })
      await act(actor, { do: 'report', to: 'accepted' })
    }
    for (const actor of ['v1', 'v2', 'v3', 'v9', 'd1'] as const) await report(actor)
    const state = async (actor: Actor, letter: string, status: string, more: object = {}) =>
      await act(actor, { do: 'state', flaw: flaws(letter)[0], status, text: `zq-status-of-${actor}`, ...more })
    await state('v1', 'A', 'affected')
    await state('v4', 'B', 'not-affected', { justification: 'component_not_present' })
    await state('v2', 'A', 'under-investigation')
    await seen('stated', {
      ...now,
      marks: { ...now.marks, 'zq-status-of-v1': 'v1', 'zq-status-of-v4': 'v4', 'zq-status-of-v2': 'v2' },
    })
    await second('v1', 'A')
    await second('v4', 'B')
    const [ofA, ofB] = ['chair v1-v8 v11 d1 f1 v9 v10', 'chair v1-v8 v11 d1 f2']
    await seen('approved', { ...now, marks: { ...now.marks, 'zq-status-of-v1': ofA, 'zq-status-of-v4': ofB } })
  })

  test('fixes are ready at some; a flaw that comes later is read by nobody who was not asked for it', async () => {
    for (const [actor, letter] of [
      ['v1', 'A'],
      ['v1', 'B'],
      ['v2', 'A'],
      ['v9', 'A'],
    ] as const)
      await act(actor, { do: 'step', flaw: flaws(letter)[0], step: 'fix-ready' })
    await world.act(who('chair'), id, { do: 'add-flaw', flaw: flaws('C')[0] } as never)
    const reads = { ...now.reads, ABC: 'chair', AB: 'v1-v8 v11 d1' }
    const all = now.names['AB']!
    await seen('third flaw', { ...now, reads, names: { ...now.names, ABC: all }, hidden: { AB: 1, A: 1, B: 1, ABC: 1 } })
    await ask('f3', 'C', 'finder')
    await ask('v1', 'C', 'vendor')
    await seen('asked for it', {
      ...now,
      reads: { ...reads, '?': 'v12 f3' },
      names: { ...now.names, chair: `${AB} d1 d2 f3`, ABC: `${all} f3` },
      marks: { ...now.marks, 'zq-sooner-end': `${now.marks['zq-sooner-end']} f3` },
    })
    await world.accept(who('f3'), id)
    await world.accept(who('v1'), id)
    await seen('agreed to it', {
      ...now,
      reads: { ...now.reads, ABC: 'chair v1', AB: 'v2-v8 v11 d1', C: 'f3', '?': 'v12' },
      names: { ...now.names, C: 'chair f3 v1' },
    })
  })

  test('who says nothing for a week is silent, and shown as silent', async () => {
    await world.pass(8 * DAY)
    const elsewhere = who('elsewhere')
    Object.assign(elsewhere, { as: { cookie: (await openSession(door.ground, elsewhere.id)).secret } })
    const { parties, row } = await world.view(who('v2'), id)
    const silent = parties.find(({ name }) => name === 'Vendor 12')!
    assert.deepEqual([silent.consent, silent.reads, silent.lastWordAt], ['declined', 'invitation', null])
    assert.ok(row.unsaid > 0)
    const words = { template: 'invitation', party: silent.id }
    const letter = await need<LetterOut>('POST', `/v1/cases/${id}/letters`, words, 201)
    const written = { do: 'write', version: letter.version, text: `zq-letter\n\n${letter.text}` }
    const { subject } = await need<LetterOut>('POST', `/v1/letters/${letter.id}/acts`, written, 200)
    assert.ok(!/Overflow|quarry|Vendor|zq-letter/.test(subject), subject)
    await seen('silence', { ...now, marks: { ...now.marks, 'zq-letter': 'chair' } })
  })

  test('a vendor says that it has leaked: the coordinator alone is told, and the embargo holds', async () => {
    const leak = { do: 'note', flaw: flaws('A')[0], what: 'public', at: world.in(-HOUR), evidence: 'zq-leak' }
    await act('v5', leak)
    await seen('claimed', { ...now, marks: { ...now.marks, 'zq-leak': 'chair v5' } })
  })

  test('confirmed, the embargo ends at once for good; that opens no read, and shuts invitations that were not answered', async () => {
    await world.act(who('chair'), id, { do: 'confirm', flaw: flaws('A')[0], what: 'public', confirm: true } as never)
    const { '?': _, ...reads } = now.reads
    const ofA = 'chair v1-v8 v11 d1 f1 v9 v10'
    await seen('leaked', { ...now, reads, embargo: 'exited', marks: { ...now.marks, 'zq-leak': ofA } })
    const { ended } = (await world.view(who('f3'), id)).embargo
    assert.equal(ended?.why, 'public')
    const again = await world.try(who('chair'), id, {
      do: 'propose',
      party: await world.party(who('chair'), id),
      endsAt: world.in(9 * DAY),
      policy: 'agreed/1',
      why: 'Once more.',
    })
    assert.equal(((await again.json()) as { where: string }).where, 'embargo.exited')
  })

  test('asked anew after the end, the silent one agrees and reads', async () => {
    await ask('v12', 'AB', 'vendor')
    // No terms bind any more, so none are shown.
    const marks = { ...now.marks, 'zq-sooner-end': 'chair v1-v11 d1 f1-f3' }
    await seen('asked anew', { ...now, marks, reads: { ...now.reads, '?': 'v12' } })
    await world.accept(who('v12'), id)
    const { '?': _, ...reads } = now.reads
    const add = (mark: (typeof MARKS)[number]) => `${now.marks[mark]} v12`
    await seen('in at last', {
      ...now,
      reads: { ...reads, AB: 'v2-v8 v11 v12 d1' },
      marks: {
        ...now.marks,
        'zq-to-all': add('zq-to-all'),
        'zq-file-of-v9': add('zq-file-of-v9'),
        'zq-status-of-v1': add('zq-status-of-v1'),
        'zq-status-of-v4': add('zq-status-of-v4'),
        'zq-leak': add('zq-leak'),
        'zq-sooner-end': 'chair v1-v12 d1 f1-f3',
      },
    })
  })

  test('an advisory comes out: everybody reads it, and the case stays with its participants', async () => {
    const first = await need<AdvisoryView>('POST', `/v1/cases/${id}/advisory`, {}, 201)
    advisory = first.row.id
    const content = advisedContent(first)
    await need('PUT', `/v1/advisories/${advisory}`, { version: first.version, content }, 200)
    // The draft is for those who read all its flaws.
    for (const [actor, status] of [
      ['v1', 200],
      ['v2', 404],
      ['f3', 404],
      ['stranger', 404],
      ['elsewhere', 404],
      ['nobody', 404],
    ] as const)
      await need('GET', `/v1/advisories/${advisory}`, undefined, status, actor)
    await moved({ do: 'ready' })
    await seen('drafted', now)
    await moved({ do: 'publish', without: ['cve'] })
    await tree.follow()
    for (const actor of ['stranger', 'nobody', 'v2'] as const) {
      const shown = JSON.stringify(await need('GET', `/v1/advisories/${advisory}`, undefined, 200, actor))
      assert.ok(shown.includes('zq-advised') && !shown.includes(id), actor)
    }
    const feed = await (await door.ask('GET', '/feed.atom')).text()
    assert.ok(feed.includes('zq-advised'))
    for (const mark of [...MARKS, id]) assert.ok(!feed.includes(mark), mark)
    await seen('published', now)
  })

  test('it ends in the right composite state', async () => {
    await act('v1', { do: 'step', flaw: flaws('A')[0], step: 'deployed', share: 0.95 })
    await act('v9', { do: 'step', flaw: flaws('A')[0], step: 'deployed', share: 0.4 })
    for (const actor of ['v1', 'v9'] as const) await act(actor, { do: 'report', to: 'closed' })
    const view = await world.view(who('chair'), id)
    const stand = (actor: string) => {
      const name =
        actor === 'chair'
          ? 'The Clearinghouse'
          : `${{ f: 'Finder', v: 'Vendor', d: 'Distributor' }[actor[0]!]} ${actor.slice(1)}`
      const one = view.parties.find((party) => party.name === name)!
      const step = (letter: string) => one.works.find(({ flaw }) => flaw === flaws(letter)[0])?.step ?? '-'
      return `${one.report} ${one.consent} ${step('A')} ${step('B')} ${step('C')}`
    }
    const table: Readonly<Record<string, string>> = {
      chair: 'accepted no-embargo - - -',
      f1: 'accepted no-embargo - - -',
      f3: 'accepted no-embargo - - -',
      v1: 'closed no-embargo VFD VFd Vfd',
      v2: 'accepted no-embargo VFd Vfd -',
      v3: 'accepted no-embargo Vfd Vfd -',
      v4: 'received no-embargo Vfd Vfd -',
      v9: 'closed no-embargo VFd - -',
      v11: 'received no-embargo Vfd Vfd -',
      v12: 'received no-embargo Vfd Vfd -',
      d1: 'accepted no-embargo Vfd Vfd -',
      d2: 'start declined Vfd - -',
    }
    for (const [actor, expected] of Object.entries(table)) assert.equal(stand(actor), expected, actor)
    const open = view.flaws.map((flaw) => [flaw.title.slice(-1), flaw.public !== null, flaw.exploit, flaw.attacks])
    assert.deepEqual(open.sort(), [
      ['1', true, null, null],
      ['2', true, null, null],
      ['3', true, null, null],
    ])
    assert.deepEqual([view.embargo.state, view.embargo.terms?.policy, view.publish.may], ['exited', 'agreed/1', true])
  })

  test('closed, its contents are gone for everybody who took part, and nothing is there for anybody else', async () => {
    await world.act(who('chair'), id, { do: 'close', why: 'All have what they need.' } as never)
    await seen('closed', { ...now, closed: true, marks: {} })
    door.time.now += 2 * MINUTE
    await door.desks.ledger.turn()
    for (const actor of ['chair', 'v1', 'f3'] as const)
      assert.equal((await world.get(who(actor), id, '/receipt')).status, 200, actor)
    const out = JSON.stringify(await need('GET', `/v1/advisories/${advisory}`, undefined, 200, 'nobody'))
    assert.ok(out.includes('zq-advised'), 'what is published stays')
  })

  async function moved(what: object): Promise<void> {
    const { version } = await need<AdvisoryView>('GET', `/v1/advisories/${advisory}`, undefined, 200)
    await need('POST', `/v1/advisories/${advisory}/acts`, { version, act: what }, 200)
  }
})
