import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import type { LetterList, LetterOut } from '../../../contract/shapes/case.ts'
import type { ProjectList, ProjectOut, TermsDraft } from '../../../contract/shapes/project.ts'
import type { Tally } from '../../../contract/shapes/public.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { takeTally } from '../../app/public/tally.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { letterQueue } from '../../store/letter-queue.ts'

describe('projects: terms, proofs, keys, emergencies, stewards', () => {
  let door: TestDoor
  let world: CaseWorld
  let project: ProjectOut
  let second: Member

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    second = await member(door.ground, 'The Clearinghouse', ['coordinator'])
  })
  after(async () => await door.close())

  const ask = async <T>(method: string, path: string, as: Member | null, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: as?.as ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const act = async (as: Member, what: object, status = 200) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, as)
    return await ask<ProjectOut & { where: string }>(
      'POST',
      `/v1/projects/${project.id}/acts`,
      as,
      { version, act: what },
      status,
    )
  }
  const invited = async (flaw: number): Promise<{ id: string; letter: LetterOut }> => {
    const { row } = await world.openCase([world.flaw(flaw)], { policy: 'cert-cc/45-days' })
    await world.act(world.coordinator, row.id, { do: 'invite', project: project.id, kind: 'maintainer', tier: 0 } as never)
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
    const [letter] = (await ask<LetterList>('GET', `/v1/cases/${row.id}/letters`, world.coordinator)).rows
    return { id: row.id, letter: letter! }
  }
  const send = (letter: LetterOut, status = 200, more: object = {}) =>
    ask<LetterOut & { where: string }>(
      'POST',
      `/v1/letters/${letter.id}/acts`,
      world.coordinator,
      { do: 'send', version: letter.version, ...more },
      status,
    )

  test('files that a project publishes are read as drafts, hostile ones too, and nothing is stored', async () => {
    const draft = (kind: string, text: string) =>
      ask<TermsDraft>('POST', '/v1/projects/read-terms', world.coordinator, { kind, text })
    const read = await draft('security-txt', 'Contact: mailto:sec@project.example\nExpires: 2030-01-01T00:00:00Z\n')
    assert.equal((read.terms['contact'] as { at: string }).at, 'sec@project.example')
    assert.deepEqual([read.from[0]?.field, read.from[0]?.line], ['/contact', 1])
    for (const kind of ['security-txt', 'security-insights', 'security-md', 'terms'])
      for (const text of ['', '\u0000', '{"__proto__":{"x":1}}', 'a: &a [*a]', `${'['.repeat(5000)}`, 'x'.repeat(200_000)])
        assert.ok((await draft(kind, text)).wrong.length >= 0)
    assert.equal((await draft('terms', '{"version":"1.0.0"}')).wrong.length > 0, true)
    assert.deepEqual((await ask<ProjectList>('GET', '/v1/projects', world.coordinator)).rows, [])
    const schema = await ask<{ $id: string; type: string }>('GET', '/schemas/project-terms/1', null)
    assert.deepEqual([schema.type, schema.$id.endsWith('/schemas/project-terms/1')], ['object', true])
  })

  test('what does not meet the terms is not sent, and every missing thing is named', async () => {
    const terms = {
      contact: {
        route: 'mail',
        at: 'sec@strict.example',
        keys: [{ kind: 'age', recipient: await identityToRecipient(await generateIdentity()) }],
      },
      report: { mustCarry: ['regression-test', 'reproducer'] },
      ai: { disclosure: 'required', found: 'accepted' },
      outOfScope: { words: 'Nothing that needs a local account.' },
      pace: { openAtOnce: 0, perWeek: 0 },
    }
    const asked = { name: 'Strict', purl: 'pkg:generic/strict', terms, source: 'SECURITY.md', domains: ['strict.example'] }
    project = await ask<ProjectOut>('POST', '/v1/projects', world.coordinator, asked, 201)
    const { letter } = await invited(1)
    const codes = letter.missing.map(({ code }) => code).sort()
    assert.deepEqual(codes, ['ai.not-stated', 'report.regression-test', 'report.unchecked', 'scope.not-read'])
    assert.equal(letter.sealed, 'age')
    assert.equal((await send(letter, 409)).where.split(',').sort().join(), codes.join())
    const still = (await send(letter, 409, { scopeRead: true })).where
    assert.ok(!still.includes('scope.not-read'), still)
  })

  test('an older version of a project is not acted on; strangers to it may ask for a proof and nothing else', async () => {
    const stale = { version: project.version + 5, act: { do: 'pause', until: null } }
    await ask('POST', `/v1/projects/${project.id}/acts`, world.coordinator, stale, 409)
    const vendor = world.vendors[0]!
    for (const what of [{ do: 'pause', until: null }, { do: 'set-budget', openAtOnce: 9, perWeek: 9 }, { do: 'stop-change' }])
      assert.equal((await act(vendor, what, 409)).where, 'asker.not-proved')
    assert.equal((await act(vendor, { do: 'ask-proof', kind: 'registry' }, 409)).where, 'proof.not-looked')
    const asked = await act(vendor, { do: 'ask-proof', kind: 'dns' })
    assert.deepEqual(
      asked.proofs.map(({ kind, put }) => [kind, put?.where]),
      [['dns', 'a TXT record of strict.example']],
    )
    assert.deepEqual([asked.yours, asked.budget.open], [false, null])
    // Another one who asks is not shown whose proofs there are.
    assert.deepEqual((await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, world.finders[0]!)).proofs, [])
  })

  test('an emergency passes a full budget, names nothing, and is only about what was confirmed as attacked', async () => {
    const { terms } = await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, world.coordinator)
    const plain = { ...terms, report: { unchecked: true }, ai: {}, outOfScope: {} }
    await act(world.coordinator, { do: 'set-terms', terms: plain, source: 'SECURITY.md' })
    const { id, letter } = await invited(2)
    assert.deepEqual([letter.missing, letter.mayGoAt], [[], null])
    assert.equal((await send(letter)).state, 'queued')
    const queue = letterQueue(door.desks.projects)
    assert.deepEqual(await queue.claim(door.desks.projects.clock(), 9), [])
    const party = (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')!.id
    const draft = () =>
      ask<LetterOut>('POST', `/v1/cases/${id}/letters`, world.coordinator, { template: 'emergency', party }, 201)
    const early = await draft()
    assert.deepEqual(
      early.missing.map(({ code }) => code),
      ['attacks.none'],
    )
    const { you, flaws } = await world.view(world.coordinator, id)
    const note = { do: 'note', party: you[0], flaw: flaws[0]!.id, what: 'attacks', at: world.in(-DAY / 24), evidence: 'seen' }
    await world.act(world.coordinator, id, note as never)
    const urgent = await draft()
    assert.deepEqual(urgent.missing, [])
    await send(urgent)
    const claimed = await queue.claim(door.desks.projects.clock(), 9)
    assert.deepEqual(
      claimed.map((one) => [one.id, one.key?.kind]),
      [[urgent.id, 'age']],
    )
    for (const secret of ['Overflow', 'quarry', 'Strict', 'strict']) assert.ok(!claimed[0]!.text.includes(secret), secret)
  })

  test('a merge takes letters, links and addresses along', async () => {
    const into = await world.openCase([world.flaw(3)])
    const [{ case_id } = { case_id: '' }] = await inTransaction(door.ground.store, 'all', (tx) =>
      tx.db.selectFrom('letter').select('case_id').where('state', '=', 'sending').execute(),
    )
    await inTransaction(door.ground.store, 'all', (tx) =>
      tx.db.updateTable('letter').set({ state: 'sent' }).where('case_id', '=', case_id).execute(),
    )
    await world.act(world.coordinator, into.row.id, { do: 'merge', from: case_id } as never)
    const { rows } = await ask<LetterList>('GET', `/v1/cases/${into.row.id}/letters`, world.coordinator)
    assert.ok(rows.some(({ template }) => template === 'emergency'))
    const left = await inTransaction(door.ground.store, 'all', async (tx) => {
      const links = await tx.db.selectFrom('letter_link').select('case_id').where('case_id', '=', case_id).execute()
      const places = await tx.db.selectFrom('reply_address').select('case_id').where('case_id', '=', case_id).execute()
      return [links.length, places.length]
    })
    assert.deepEqual(left, [0, 0])
  })

  test('a package that nobody maintains gets a steward by steps of two people, and a missed date escalates it', async () => {
    const silent = { do: 'steward', to: 'unassigned', why: 'nobody answers', firstLetterAt: world.in(-DAY) }
    assert.match((await act(world.coordinator, silent, 409)).where, /^silence\./)
    assert.equal((await act(world.coordinator, { ...silent, firstLetterAt: world.in(-91 * DAY) })).steward, 'unassigned')
    const assessing = await act(world.coordinator, { do: 'steward', to: 'assessing', why: '', lead: second.id })
    assert.equal(assessing.steward, 'assessing')
    assert.equal((await act(second, { do: 'steward', to: 'active', why: 'I looked.' })).steward, 'assessing')
    assert.equal((await act(second, { do: 'steward', to: 'active', why: '' })).steward, 'assessing')
    assert.equal((await act(world.coordinator, { do: 'steward', to: 'active', why: '' })).steward, 'active')
    await world.pass(31 * DAY)
    await sweepProjects(door.desks.projects)
    assert.equal((await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, world.coordinator)).steward, 'escalated')
    assert.equal(await sweepProjects(door.desks.projects), 0)
    await takeTally(door.ground)
    const { stewards } = await ask<Tally>('GET', '/v1/public', null)
    // One alone is withheld.
    assert.deepEqual([stewards?.byState['escalated'], stewards?.byDue['overdue']], [null, null])
  })

  test('another organisation that proves itself maintains it after 72 hours; the one before is told at once and can stop it', async () => {
    const [first, next] = [world.vendors[0]!, world.distributors[0]!]
    // Signed in anew: days have passed.
    const other = await member(door.ground, 'The Clearinghouse', ['coordinator'])
    const lead = (as: Member) => ask<ProjectOut>('GET', `/v1/projects/${project.id}`, as)
    const prove = async (organisation: string) => {
      const { proofs } = await act(world.coordinator, { do: 'ask-proof', kind: 'vouched', organisation })
      const asked = proofs.findLast(({ kind, state }) => kind === 'vouched' && state === 'asked')!
      await act(world.coordinator, { do: 'vouch', proof: asked.id })
      return await act(other, { do: 'vouch', proof: asked.id })
    }
    const owner = async () =>
      (
        await inTransaction(door.ground.store, 'all', (tx) =>
          tx.db
            .selectFrom('project')
            .select(['organisation_id', 'due_at'])
            .where('id', '=', project.id)
            .executeTakeFirstOrThrow(),
        )
      ).organisation_id
    assert.equal((await prove(first.organisation)).move, null)
    assert.equal(await owner(), first.organisation)
    const notices = async () => await (await door.ask('GET', '/v1/notices', { as: first.as })).text()
    assert.doesNotMatch(await notices(), /takes its place/)
    const waits = await prove(next.organisation)
    assert.equal(waits.move?.takesEffectAt, world.in(72 * HOUR))
    assert.match(await notices(), /takes its place/)
    assert.equal((await lead(first)).move?.says.includes('Distributor 1'), true)
    assert.equal((await lead(world.finders[0]!)).move, null)
    await act(first, { do: 'stop-change' })
    await world.pass(73 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.deepEqual([await owner(), (await lead(first)).move], [first.organisation, null])
    // Two vouched for it, and that holds: it is asked for anew once somebody shows another proof.
    const { proofs } = await act(world.coordinator, { do: 'ask-proof', kind: 'dns', organisation: next.organisation })
    const dns = proofs.findLast(({ kind, state }) => kind === 'dns' && state === 'asked')!
    await world.seeToken(project.id, dns)
    await world.pass(71 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.deepEqual([await owner(), (await lead(first)).yours], [first.organisation, true])
    await world.pass(2 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.deepEqual([await owner(), (await lead(first)).yours, (await lead(first)).move], [next.organisation, false, null])
    assert.equal(await sweepProjects(door.desks.projects), 0)
  })
})
