import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { LetterList, LetterOut } from '../../../contract/shapes/case.ts'
import type { LinkOut, ProjectOut } from '../../../contract/shapes/project.ts'
import { DAY, HOUR, instant } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type FakeMail, startFakeMail } from '../../../devkit/fake-mail.ts'
import type { Member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { releaseWaiting } from '../../main/letter-office.ts'
import { openPost, type Post } from '../../notify/mail/post.ts'
import { USUAL_POST } from '../../notify/mail/post-settings.ts'
import { sealLetter } from '../../notify/mail/seal-letter.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { letterQueue } from '../../store/letter-queue.ts'

describe('what changed between a letter and what follows from it', () => {
  let door: TestDoor
  let world: CaseWorld
  let mail: FakeMail
  let post: Post
  let flaw = 0
  /** Somebody who was asked and has not answered, and the links that they hold. */
  let asked: Awaited<ReturnType<typeof written>>
  let old: string[]

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    mail = await startFakeMail()
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example' }
    const now = () => instant(door.time.now)
    post = openPost(settings, { store: letterQueue(door.desks.projects), now, seal: sealLetter })
  })
  after(async () => {
    post.close()
    await mail.close()
    await door.close()
  })

  const ask = async <T>(method: string, path: string, as: Member | null, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: as?.as ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const actProject = async (id: string, act: object) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${id}`, world.coordinator)
    return await ask<ProjectOut>('POST', `/v1/projects/${id}/acts`, world.coordinator, { version, act })
  }
  const letterOf = async (id: string, template: string): Promise<LetterOut> => {
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
    const { rows } = await ask<LetterList>('GET', `/v1/cases/${id}/letters`, world.coordinator)
    const found = rows.find((one) => one.template === template)
    assert.ok(found !== undefined, `no ${template}`)
    return found
  }
  const act = (letter: LetterOut, what: object, status = 200) =>
    ask<LetterOut & { where: string }>(
      'POST',
      `/v1/letters/${letter.id}/acts`,
      world.coordinator,
      { version: letter.version, ...what },
      status,
    )
  const token = (action: string) => {
    const raw = Buffer.from(mail.taken.at(-1)!.raw).toString('utf8').replaceAll('=\r\n', '')
    return new RegExp(`${action}: https://weir\\.example/l/([\\w-]{43})\\s`).exec(raw)![1]!
  }
  /** A case about one flaw whose maintainer was written to, at an address of its own that is proved. */
  const written = async () => {
    flaw += 1
    const domain = `p${flaw}.example`
    const terms = { contact: { route: 'mail', at: `sec@${domain}` }, report: { unchecked: true } }
    const entered = {
      name: `Quarry ${flaw}`,
      purl: `pkg:generic/quarry${flaw}`,
      terms,
      source: 'SECURITY.md',
      domains: [domain],
    }
    const project = await ask<ProjectOut>('POST', '/v1/projects', world.coordinator, entered, 201)
    const { proofs } = await actProject(project.id, { do: 'ask-proof', kind: 'dns' })
    await actProject(project.id, { do: 'check-proof', proof: proofs[0]!.id, seen: proofs[0]!.put!.value })
    const opened = await world.openCase([world.flaw(flaw)], { policy: 'cert-cc/45-days', project: project.id })
    const { id } = opened.row
    await world.act(world.coordinator, id, { do: 'invite', project: project.id, kind: 'maintainer', tier: 0 } as never)
    await act(await letterOf(id, 'invitation'), { do: 'send' })
    assert.equal(await post.pass(), 1)
    const party = (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')!.id
    return { id, party, project: project.id, terms }
  }
  const accept = async () => await ask<LinkOut>('POST', `/v1/links/${token('Accept')}`, null, {})

  test('a report that waits for its turn does not go to whoever was taken out of the case meanwhile', async () => {
    const { id, party, project } = await written()
    await accept()
    await actProject(project, { do: 'pause', until: world.in(2 * DAY) })
    await act(await letterOf(id, 'first-report'), { do: 'send' })
    assert.equal(await post.pass(), 0)
    await world.act(world.coordinator, id, { do: 'remove', participant: party, why: 'Shared what it read.' } as never)
    await world.pass(2 * DAY + HOUR)
    await releaseWaiting(door.desks.projects)
    assert.equal(await post.pass(), 0)
    const back = await letterOf(id, 'first-report')
    assert.deepEqual([back.state, back.missing.map(({ code }) => code)], ['draft', ['reader.gone']])
  })

  test('one of which nobody knows whether it went does not go again to an address that is the contact’s no more', async () => {
    const { id, party, project, terms } = await written()
    await accept()
    await act(await letterOf(id, 'first-report'), { do: 'send' })
    const queued = await letterOf(id, 'first-report')
    // As when the process dies while it hands the letter over.
    const unsure = () =>
      inTransaction(door.ground.store, 'all', (tx) =>
        tx.db.updateTable('letter').set({ state: 'unsure' }).where('id', '=', queued.id).execute(),
      )
    await unsure()
    const contact = { route: 'mail', at: 'other@elsewhere.example' }
    await actProject(project, { do: 'set-terms', terms: { ...terms, contact }, source: 'SECURITY.md' })
    await world.pass(73 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.equal(await post.pass(), 1, 'the old contact is told')
    const again = await act(await letterOf(id, 'first-report'), { do: 'settle', sent: false })
    assert.deepEqual([again.state, again.missing.map(({ code }) => code)], ['draft', ['contact.unproved']])
    assert.equal(await post.pass(), 0)
    await unsure()
    await world.act(world.coordinator, id, { do: 'remove', participant: party, why: 'Shared what it read.' } as never)
    assert.equal((await act(await letterOf(id, 'first-report'), { do: 'settle', sent: false })).state, 'draft')
    assert.equal(await post.pass(), 0)
  })

  test('a link agrees to the terms that its letter told, and to no others', async () => {
    asked = await written()
    old = [token('Accept'), token('Pause')]
    const { id, party } = asked
    const link = old[0]!
    const chair = await world.party(world.coordinator, id)
    const [first] = (await world.view(world.coordinator, id)).embargo.open
    assert.ok(first !== undefined)
    await world.act(world.coordinator, id, { do: 'answer', party: chair, number: first.number, answer: 'decline' } as never)
    const longer = { do: 'propose', party: chair, endsAt: world.in(300 * DAY), policy: '', why: 'Later.' }
    await world.act(world.coordinator, id, longer as never)
    const refused = await ask<{ where: string }>('POST', `/v1/links/${link}`, null, {}, 409)
    assert.equal(refused.where, 'invitation.terms-changed')
    assert.equal((await ask<LinkOut>('GET', `/v1/links/${link}`, null)).used, false)
    const one = (await world.view(world.coordinator, id)).parties.find((other) => other.id === party)
    assert.deepEqual([one?.reads, one?.consent], ['invitation', 'invited'])
  })

  test('a link in a letter to the contact of before says nothing for the project any more', async () => {
    const { id, party, project, terms } = asked
    const contact = { route: 'mail', at: 'other@elsewhere.example' }
    await actProject(project, { do: 'set-terms', terms: { ...terms, contact }, source: 'SECURITY.md' })
    await world.pass(73 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.equal(await post.pass(), 1)
    for (const one of old)
      assert.equal((await ask<{ where: string }>('POST', `/v1/links/${one}`, null, {}, 410)).where, 'contact.changed')
    const reads = (await world.view(world.coordinator, id)).parties.find((one) => one.id === party)?.reads
    assert.equal(reads, 'invitation')
    assert.equal((await ask<ProjectOut>('GET', `/v1/projects/${project}`, world.coordinator)).budget.pausedUntil, null)
  })
})
