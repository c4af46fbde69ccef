import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CalendarOut, LetterList, LetterOut } from '../../../contract/shapes/case.ts'
import type { CaseReads } from '../../../contract/shapes/case-reads.ts'
import type { InboxList, NoticeList, ProjectOut, WebhookList } from '../../../contract/shapes/project.ts'
import { DAY, HOUR, MINUTE } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { releaseWaiting } from '../../main/letter-office.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { letterQueue } from '../../store/letter-queue.ts'

describe('the pace of a maintainer with an account', () => {
  let door: TestDoor
  let world: CaseWorld
  let keeper: Member
  let project: string
  /** Cases about one flaw each. */
  const ids: string[] = []

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    keeper = world.vendors[0]!
    const terms = {
      contact: { route: 'form', at: 'https://keeper.example/report' },
      report: { unchecked: true },
      pace: { openAtOnce: 2, perWeek: 1 },
    }
    const entered = { name: 'Keeper', purl: 'pkg:generic/keeper', terms, source: 'SECURITY.md', domains: ['keeper.example'] }
    project = (await ask<ProjectOut>('POST', '/v1/projects', world.coordinator, entered, 201)).id
    const { proofs } = await actProject({ do: 'ask-proof', kind: 'dns', organisation: keeper.organisation })
    await world.seeToken(project, proofs[0]!)
    await ask('POST', '/v1/webhooks', keeper, { url: 'https://hooks.keeper.example/weir' }, 201)
  })
  after(async () => await door.close())

  const ask = async <T>(method: string, path: string, as: Member, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: as.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const actProject = async (act: object) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project}`, world.coordinator)
    return await ask<ProjectOut>('POST', `/v1/projects/${project}/acts`, world.coordinator, { version, act })
  }
  const told = async () => {
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
  }
  const letterOf = async (id: string): Promise<LetterOut> => {
    await told()
    const { rows } = await ask<LetterList>('GET', `/v1/cases/${id}/letters`, world.coordinator)
    assert.equal(rows.length, 1)
    return rows[0]!
  }
  const act = <T = LetterOut>(letter: LetterOut, what: object, status = 200) =>
    ask<T>('POST', `/v1/letters/${letter.id}/acts`, world.coordinator, { version: letter.version, ...what }, status)
  const opened = async (flaw: number, attacked = false): Promise<string> => {
    const { row } = await world.openCase([world.flaw(flaw)], { policy: 'cert-cc/45-days', project })
    if (attacked) {
      const { you, flaws } = await world.view(world.coordinator, row.id)
      const note = { do: 'note', party: you[0], flaw: flaws[0]!.id, what: 'attacks', at: world.in(-HOUR), evidence: 'seen' }
      await world.act(world.coordinator, row.id, note as never)
    }
    const invite = { do: 'invite', project, kind: 'maintainer', tier: 0, respondInDays: 60 }
    await world.act(world.coordinator, row.id, invite as never)
    ids.push(row.id)
    return row.id
  }
  const rung = async () => (await ask<WebhookList>('GET', '/v1/webhooks', keeper)).rows[0]!.waiting
  /** The places at which the maintainer's account comes across a case. */
  const places = async (id: string): Promise<string[]> => {
    const found: string[] = []
    const note = (place: string, there: boolean) => void (there && found.push(place))
    for (const tab of ['all', 'yours', 'others'])
      note(
        tab,
        (await world.list(keeper, `?tab=${tab}`)).rows.some((row) => row.id === id),
      )
    for (const rest of ['', '/timeline', '/reads', '/papers', '/receipt', '/proof'])
      note(`page${rest}`, (await world.get(keeper, id, rest)).status !== 404)
    const { rows } = await ask<CalendarOut>('GET', '/v1/calendar', keeper)
    note(
      'calendar',
      rows.some((row) => row.case === id),
    )
    const notices = await ask<NoticeList>('GET', '/v1/notices', keeper)
    note(
      'notices',
      notices.rows.some((row) => row.case === id),
    )
    note('inbox', JSON.stringify(await ask('GET', '/v1/inbox', keeper)).includes(id))
    return found
  }
  const inbox = async () => (await ask<InboxList>('GET', '/v1/inbox', keeper)).rows[0]!

  test('an invitation shows nowhere before a person sent its letter, and needs no mail to come', async () => {
    const id = await opened(1)
    const draft = await letterOf(id)
    assert.deepEqual([draft.template, draft.state, draft.missing, draft.address], ['invitation', 'draft', [], null])
    assert.deepEqual([await places(id), await rung()], [[], 0])
    // The maintainer's own acts find no case, and a coordinator cannot get round the pace by saying that it was handed over.
    assert.equal((await world.try(keeper, id, { do: 'leave', party: 'part_x' })).status, 404)
    assert.equal((await act<{ where: string }>(draft, { do: 'settle', sent: true }, 409)).where, 'letter.not-unsure')
    const sent = await act(draft, { do: 'send' })
    assert.deepEqual([sent.state, sent.says], ['sent', 'Shown in their inbox.'])
    const there = await places(id)
    for (const place of ['all', 'yours', 'page', 'calendar', 'notices']) assert.ok(there.includes(place), place)
    assert.equal(await rung(), 1)
    await world.accept(keeper, id)
    await world.pass(11 * MINUTE)
    const noted = async () => (await ask<CaseReads>('GET', `/v1/cases/${id}/reads`, keeper)).rows.length
    const before = await noted()
    assert.equal((await inbox()).items[0]?.case, id)
    assert.equal(await noted(), before + 1, 'a card tells what the report says: that is a reading')
    await inbox()
    assert.equal(await noted(), before + 1)
  })

  test('the second waits: its place and its date are told, and nothing else of it', async () => {
    const id = await opened(2)
    const letter = await letterOf(id)
    const rings = await rung()
    const queued = await act(letter, { do: 'send' })
    assert.equal(queued.state, 'queued')
    await releaseWaiting(door.desks.projects)
    const party = await world.party(world.coordinator, id)
    const proposal = { do: 'propose', party, endsAt: world.in(30 * DAY), policy: '', why: 'Sooner.' }
    await world.act(world.coordinator, id, proposal as never)
    await told()
    assert.deepEqual([await places(id), await rung()], [[], rings])
    const { waiting, project: seen } = await inbox()
    assert.deepEqual(
      waiting.map(({ position, title, expectedAt }) => [position, title, expectedAt]),
      [[1, null, queued.mayGoAt]],
    )
    assert.equal(seen.budget.nextAt, queued.mayGoAt)
    assert.equal((await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')?.reads, 'nothing')
  })

  test('a pause holds it past its date, an emergency passes, and then its turn comes', async () => {
    const id = ids[1]!
    await actProject({ do: 'pause', until: world.in(9 * DAY) })
    await world.pass(7 * DAY + HOUR)
    await releaseWaiting(door.desks.projects)
    await told()
    assert.deepEqual(await places(id), [])
    const attacked = await opened(3, true)
    const urgent = await letterOf(attacked)
    assert.deepEqual([urgent.template, await places(attacked)], ['emergency', []])
    assert.equal((await act(urgent, { do: 'send' })).state, 'sent')
    assert.ok((await places(attacked)).includes('yours'))
    assert.deepEqual(await places(id), [])
    const rings = await rung()
    // The emergency counts for its week, and stands open.
    await actProject({ do: 'set-budget', openAtOnce: 3, perWeek: 1 })
    await world.pass(2 * DAY)
    await releaseWaiting(door.desks.projects)
    assert.deepEqual([await places(id), await rung()], [[], rings])
    await world.pass(5 * DAY)
    await releaseWaiting(door.desks.projects)
    assert.ok((await places(id)).includes('notices'))
    assert.equal(await rung(), rings + 1)
    await world.accept(keeper, id)
    assert.deepEqual([(await inbox()).waiting, (await inbox()).items.length], [[], 2])
  })
})

describe('a maintainer whose cases merge and split', () => {
  let door: TestDoor
  let world: CaseWorld
  let keeper: Member
  let project: string

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    keeper = world.vendors[0]!
    const terms = {
      contact: { route: 'form', at: 'https://keeper.example/report' },
      report: { unchecked: true },
      pace: { openAtOnce: 9, perWeek: 9 },
    }
    const entered = { name: 'Keeper', purl: 'pkg:generic/keeper', terms, source: 'SECURITY.md', domains: ['keeper.example'] }
    project = (await ask<ProjectOut>('POST', '/v1/projects', entered)).id
    const { proofs } = await actProject({ do: 'ask-proof', kind: 'dns', organisation: keeper.organisation })
    await world.seeToken(project, proofs[0]!)
  })
  after(async () => await door.close())

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await door.ask(method, path, { as: world.coordinator.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const actProject = async (act: object) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project}`)
    return await ask<ProjectOut>('POST', `/v1/projects/${project}/acts`, { version, act })
  }
  const asked = async (flaws: readonly number[]): Promise<string> => {
    const { row } = await world.openCase(flaws.map((n) => world.flaw(n)))
    await world.act(world.coordinator, row.id, { do: 'invite', project, kind: 'maintainer', tier: 0 } as never)
    return row.id
  }
  const sees = async (id: string): Promise<string> => {
    const answer = await world.get(keeper, id)
    return answer.status === 404 ? 'nothing' : ((await answer.json()) as { row: { reads: string } }).row.reads
  }

  const childOf = async (id: string, before: readonly string[]): Promise<string> => {
    const { rows } = await world.list(world.coordinator)
    return rows.find((row) => row.state === 'open' && row.id !== id && !before.includes(row.id))!.id
  }

  test('what waits for its turn waits in each part, and as a whole again', async () => {
    const waits = await asked([1, 2])
    await world.act(world.coordinator, waits, { do: 'split', flaws: [world.flaw(2)], why: 'Another release.' } as never)
    const child = await childOf(waits, [])
    assert.deepEqual([await sees(waits), await sees(child)], ['nothing', 'nothing'])
    await world.act(world.coordinator, waits, { do: 'merge', from: child } as never)
    assert.equal(await sees(waits), 'nothing')
  })

  test('a merge and a split hide no invitation that was shown', async () => {
    const shown = (await world.openCase([world.flaw(3)])).row.id
    const waits = await childOf(shown, [])
    // Asked by name, and not for the project: no letter had to go.
    await world.invite(shown, keeper, 'maintainer')
    assert.deepEqual([await sees(shown), await sees(waits)], ['invitation', 'nothing'])
    await world.act(world.coordinator, waits, { do: 'merge', from: shown } as never)
    assert.equal(await sees(waits), 'invitation')
    await world.act(world.coordinator, waits, { do: 'split', flaws: [world.flaw(2)], why: 'Another release.' } as never)
    const child = await childOf(waits, [shown])
    assert.deepEqual([await sees(waits), await sees(child)], ['invitation', 'invitation'])
    await world.accept(keeper, child)
    assert.deepEqual([await sees(waits), await sees(child)], ['invitation', 'content'])
  })
})

describe('an account whose address is proved, where mail is set up', () => {
  let door: TestDoor
  let world: CaseWorld

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
  })
  after(async () => await door.close())

  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await door.ask(method, path, { as: world.coordinator.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }

  test('reads the invitation in its inbox while it is mailed, and a mail that comes back makes no room', async () => {
    const keeper = world.vendors[0]!
    const terms = { contact: { route: 'mail', at: 'sec@keeper.example' }, report: { unchecked: true } }
    const entered = { name: 'Keeper', purl: 'pkg:generic/keeper', terms, source: 'SECURITY.md', domains: ['keeper.example'] }
    const { id: project } = await ask<ProjectOut>('POST', '/v1/projects', entered)
    const actProject = async (act: object) => {
      const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project}`)
      return await ask<ProjectOut>('POST', `/v1/projects/${project}/acts`, { version, act })
    }
    for (const organisation of [null, keeper.organisation]) {
      const { proofs } = await actProject({ do: 'ask-proof', kind: 'dns', organisation })
      const asked = proofs.find(({ state }) => state === 'asked')!
      await world.seeToken(project, asked)
    }
    const sent = async (flaw: number): Promise<[string, LetterOut]> => {
      const { row } = await world.openCase([world.flaw(flaw)], { policy: 'cert-cc/45-days', project })
      await world.act(world.coordinator, row.id, { do: 'invite', project, kind: 'maintainer', tier: 0 } as never)
      await numberEvents(door.ground.store)
      await tellCases(door.desks.projects)
      const [letter] = (await ask<LetterList>('GET', `/v1/cases/${row.id}/letters`)).rows
      return [row.id, await ask<LetterOut>('POST', `/v1/letters/${letter!.id}/acts`, { version: letter!.version, do: 'send' })]
    }
    const [first, letter] = await sent(1)
    assert.equal(letter.address, 'sec@keeper.example')
    const claimed = await letterQueue(door.desks.projects).claim(door.desks.projects.clock(), 9)
    assert.deepEqual(
      claimed.map(({ id, to }) => [id, to]),
      [[letter.id, 'sec@keeper.example']],
    )
    assert.equal((await world.get(keeper, first)).status, 200)
    await inTransaction(door.ground.store, 'all', (tx) =>
      tx.db.updateTable('letter').set({ state: 'bounced' }).where('id', '=', letter.id).execute(),
    )
    const [second, waits] = await sent(2)
    assert.equal(waits.state, 'queued')
    assert.equal((await world.get(keeper, second)).status, 404)
    assert.deepEqual(await letterQueue(door.desks.projects).claim(door.desks.projects.clock(), 9), [])
  })
})
