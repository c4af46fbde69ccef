import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CasePaperList, CaseView, LetterList, LetterOut, Timeline } from '../../../contract/shapes/case.ts'
import type { InboxList, LinkOut, NoticeList, ProjectOut } from '../../../contract/shapes/project.ts'
import type { FindingRow } from '../../../contract/shapes/report.ts'
import { DAY, HOUR, instant } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type FakeMail, startFakeMail } from '../../../devkit/fake-mail.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { bounceOf, lmtp } from '../../../devkit/speak-lmtp.ts'
import { carryOut } from '../../app/cases/command-case.ts'
import { loadCase } from '../../app/cases/load-case.ts'
import { draftLadders } from '../../app/letters/ladder-drafts.ts'
import { isKnownAddress, takeMail } from '../../app/letters/take-mail.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { releaseWaiting } from '../../main/letter-office.ts'
import { type Letterbox, openLetterbox, USUAL_LETTERBOX } from '../../notify/mail/letterbox.ts'
import { openPost, type Post } from '../../notify/mail/post.ts'
import { USUAL_POST } from '../../notify/mail/post-settings.ts'
import { sealLetter } from '../../notify/mail/seal-letter.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { letterQueue } from '../../store/letter-queue.ts'

const MAILBOX = { local: 'reports', domain: 'weir.example' }

describe('a maintainer without an account, by mail and links', () => {
  let door: TestDoor
  let world: CaseWorld
  let mail: FakeMail
  let post: Post
  let box: Letterbox
  let second: Member
  let third: Member
  let project: ProjectOut
  let id: string
  let party: string

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    second = await member(door.ground, 'The Clearinghouse', ['coordinator'])
    third = await member(door.ground, 'The Clearinghouse', ['coordinator'])
    mail = await startFakeMail()
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example' }
    const desk = door.desks.projects
    const now = () => instant(door.time.now)
    post = openPost(settings, { store: letterQueue(desk), now, seal: sealLetter })
    box = await openLetterbox(
      { ...USUAL_LETTERBOX, listen: { host: '127.0.0.1', port: 0 }, mailbox: MAILBOX },
      { known: (token) => isKnownAddress(desk, token), store: (one) => takeMail(desk, one) },
    )
  })
  after(async () => {
    post.close()
    await box.close()
    await mail.close()
    await door.close()
  })

  const ask = async <T>(method: string, path: string, as: Member | null, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: as?.as ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const told = async () => {
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
  }
  const letters = async () => (await ask<LetterList>('GET', `/v1/cases/${id}/letters`, world.coordinator)).rows
  const draft = async (template: string): Promise<LetterOut> => {
    const found = (await letters()).find((one) => one.template === template && one.state === 'draft')
    assert.ok(found !== undefined, `no draft of ${template}`)
    return found
  }
  const act = (letter: LetterOut, what: object, status = 200) =>
    ask<LetterOut & { detail: string; where: string }>(
      'POST',
      `/v1/letters/${letter.id}/acts`,
      world.coordinator,
      { version: letter.version, ...what },
      status,
    )
  const actProject = async (as: Member, what: object, status = 200) => {
    const { version } = await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, as)
    return await ask<ProjectOut & { where: string }>(
      'POST',
      `/v1/projects/${project.id}/acts`,
      as,
      { version, act: what },
      status,
    )
  }
  const newest = () => Buffer.from(mail.taken.at(-1)!.raw).toString('utf8').replaceAll('=\r\n', '')
  const linkOf = (action: string) =>
    new RegExp(`${action}: https://weir\\.example(/l/[\\w-]{43})\\s`).exec(newest())![1]!.slice(3)

  test('a project is entered with its terms; what is wrong is said with its place', async () => {
    const terms = {
      contact: { route: 'mail', at: 'sec@project.example' },
      report: { mustCarry: ['reproducer'], unchecked: true },
    }
    const asked = { name: 'Quarry', purl: 'pkg:generic/quarry@1.2', terms, source: 'SECURITY.md', domains: ['project.example'] }
    await ask('POST', '/v1/projects', world.vendors[0]!, asked, 404)
    const bad = await ask<{ where: string }>(
      'POST',
      '/v1/projects',
      world.coordinator,
      { ...asked, terms: { contact: 1 } },
      400,
    )
    assert.equal(bad.where, 'terms/contact')
    project = await ask<ProjectOut>('POST', '/v1/projects', world.coordinator, asked, 201)
    assert.deepEqual([project.purl, project.proved, project.budget.openAtOnce], ['pkg:generic/quarry', false, 1])
    assert.equal((await ask<{ code: string }>('POST', '/v1/projects', world.coordinator, asked, 409)).code, 'project.exists')
  })

  test('an invitation is drafted when somebody is invited, and goes once a person sends it; the draft holds no link that works', async () => {
    const opened = await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days', project: project.id })
    id = opened.row.id
    await world.act(world.coordinator, id, { do: 'invite', project: project.id, kind: 'maintainer', tier: 0 } as never)
    await told()
    const invitation = await draft('invitation')
    assert.deepEqual([invitation.missing, invitation.waits, invitation.address], [[], null, 'sec@project.example'])
    for (const secret of ['Overflow', 'quarry', 'Quarry']) assert.ok(!invitation.text.includes(secret), secret)
    assert.doesNotMatch(invitation.text, /\/l\/[\w-]{43}\s/)
    await ask('POST', `/v1/letters/${invitation.id}/acts`, world.vendors[0]!, { do: 'send', version: 1 }, 404)
    assert.equal(mail.taken.length, 0)
    assert.equal((await act(invitation, { do: 'send' })).state, 'queued')
    assert.equal(await post.pass(), 1)
    assert.equal(await post.pass(), 0)
    assert.deepEqual(
      mail.taken.map(({ to }) => to),
      [['sec@project.example']],
    )
    assert.match(mail.taken[0]!.from, /^reports\+b[0-9a-z]{32}@weir\.example$/)
    assert.match(newest(), /Accept: https:\/\/weir\.example\/l\/[\w-]{43}\s/)
    assert.equal((await letters()).find((one) => one.id === invitation.id)?.state, 'sent')
  })

  test('looking at a link does nothing; confirming it agrees to the terms, once; any other text is told nothing', async () => {
    const token = linkOf('Accept')
    const seen = await ask<LinkOut>('GET', `/v1/links/${token}`, null)
    assert.deepEqual([seen.act, seen.used], ['accept', false])
    party = (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')!.id
    const before = (await world.view(world.coordinator, id)).parties.find((one) => one.id === party)
    assert.equal(before?.reads, 'invitation')
    const used = await ask<LinkOut>('POST', `/v1/links/${token}`, null, {})
    assert.equal(used.used, true)
    const after = (await world.view(world.coordinator, id)).parties.find((one) => one.id === party)
    assert.deepEqual([after?.reads, after?.consent], ['content', 'signatory'])
    assert.equal((await ask<{ where: string }>('POST', `/v1/links/${token}`, null, {}, 410)).where, 'link.used')
    const nowhere = await (await door.ask('GET', '/v1/nowhere')).text()
    for (const text of ['a'.repeat(43), token.slice(1), `${token}x`, '%00', 'x'.repeat(2000)])
      for (const [method, body] of [['GET'], ['POST', {}]] as const) {
        const answer = await door.ask(method, `/v1/links/${text}`, body === undefined ? {} : { body })
        assert.deepEqual([answer.status, await answer.text()], [404, nowhere], text)
      }
  })

  test('content goes to a proved contact only: by a token that two coordinators saw, not by the contact’s own word', async () => {
    await told()
    const report = await draft('first-report')
    assert.match(report.text, /Overflow number 1/)
    assert.deepEqual(
      report.missing.map(({ code }) => code),
      ['contact.unproved'],
    )
    assert.equal((await act(report, { do: 'send' }, 409)).where, 'contact.unproved')
    const asked = await actProject(world.coordinator, { do: 'ask-proof', kind: 'dns' })
    const [proof] = asked.proofs
    assert.match(proof?.put?.value ?? '', /^weir-maintainer-proof=[0-9a-f]{40}$/)
    const wrong = await actProject(world.coordinator, { do: 'check-proof', proof: proof!.id, seen: 'v=spf1 -all' }, 409)
    assert.equal(wrong.where, 'proof.not-found')
    assert.equal((await actProject(world.coordinator, { do: 'check-proof', proof: proof!.id }, 409)).where, 'proof.not-looked')
    const vendor = world.vendors[0]!
    const own = await actProject(vendor, { do: 'check-proof', proof: proof!.id, seen: proof!.put!.value }, 409)
    assert.equal(own.where, 'asker.not-coordinator')
    assert.equal((await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, vendor)).proofs.length, 0)
    const saw = { do: 'check-proof', proof: proof!.id, seen: `x\n${proof!.put!.value}\n` }
    const half = await actProject(world.coordinator, saw)
    assert.deepEqual([half.proved, half.proofs[0]?.vouchedBy], [false, 1])
    // One person's word twice is one person's word.
    assert.equal((await actProject(world.coordinator, saw, 409)).where, 'vouch.same-person')
    assert.equal((await actProject(second, saw)).proved, true)
    const ready = await draft('first-report')
    assert.deepEqual([ready.missing, ready.state], [[], 'draft'])
    assert.equal((await act(ready, { do: 'send' })).state, 'queued')
    assert.equal(await post.pass(), 1)
    assert.match(newest(), /Overflow number 1/)
    assert.match(newest(), /Subject: A message from Weir of Example, reference/)
  })

  test('an answer by mail becomes a paper for the coordinator alone, once, however often it is handed over', async () => {
    const to = /Reply-To: (\S+)/i.exec(newest())![1]!.replaceAll(/[<>]/g, '')
    const raw = 'From: someone@else.example\r\nTo: x\r\nSubject: Re\r\nMessage-ID: <1@else.example>\r\n\r\nWe look into it.\r\n'
    assert.deepEqual(await lmtp(box.port!, to, raw), ['250', '250'])
    assert.deepEqual(await lmtp(box.port!, to, raw), ['250', '250'])
    const { rows } = await ask<CasePaperList>('GET', `/v1/cases/${id}/papers`, world.coordinator)
    const replies = rows.filter(({ kind }) => kind === 'reply')
    assert.deepEqual(
      replies.map(({ text, readers }) => [text?.trim(), readers]),
      [['We look into it.', 'some']],
    )
    for (const unknown of [`reports+r${'0'.repeat(32)}@weir.example`, 'reports@weir.example', to.replace(/\+r./, '+b0')])
      assert.deepEqual(await lmtp(box.port!, unknown, raw), ['550'])
    const notices = await ask<NoticeList>('GET', '/v1/notices', world.coordinator)
    assert.ok(notices.rows.some(({ says }) => says === 'An answer came by mail.'))
    const [first] = notices.rows
    assert.equal((await ask<{ read: boolean }>('POST', `/v1/notices/${first!.id}/read`, world.coordinator)).read, true)
    await ask('POST', `/v1/notices/${first!.id}/read`, world.stranger, undefined, 404)
  })

  test('what became of letters stands in the timeline without a word of them, and an answer is a last word, a machine’s is none', async () => {
    const lines = async (as: Member): Promise<Timeline['rows']> =>
      (await ask<Timeline>('GET', `/v1/cases/${id}/timeline?limit=500`, as)).rows.filter(({ kind }) => kind === 'letter')
    const wordAt = async () =>
      (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'maintainer')?.lastWordAt ?? null
    const before = await lines(world.coordinator)
    const says = before.map((line) => line.says)
    for (const said of ['was drafted: first report.', 'was sent: first report.', 'answered by mail.'])
      assert.ok(
        says.some((one) => one.endsWith(said)),
        `${said} ${JSON.stringify(says)}`,
      )
    const sent = before.find((line) => line.says.endsWith('was sent: first report.'))!
    assert.equal(sent.who, 'coordinator')
    assert.ok(!JSON.stringify(before).includes('We look into it'))
    const answered = await wordAt()
    assert.equal(answered, before.find((line) => line.says.endsWith('answered by mail.'))!.at)
    await world.pass(HOUR)
    const to = /Reply-To: (\S+)/i.exec(newest())![1]!.replaceAll(/[<>]/g, '')
    const head = 'From: x@else.example\r\nSubject: Away\r\nMessage-ID: <2@else.example>\r\nAuto-Submitted: auto-replied\r\n'
    assert.deepEqual(await lmtp(box.port!, to, `${head}\r\nI am away.\r\n`), ['250', '250'])
    const { rows } = await ask<CasePaperList>('GET', `/v1/cases/${id}/papers`, world.coordinator)
    assert.deepEqual(
      rows.flatMap(({ kind, text }) => (kind === 'machine' ? [text?.trim()] : [])),
      ['I am away.'],
    )
    assert.match((await lines(world.coordinator))[0]!.says, /answered by a machine\.$/)
    assert.equal(await wordAt(), answered)
    // Pages hold each line once, in its place.
    const all = (await ask<Timeline>('GET', `/v1/cases/${id}/timeline?limit=500`, world.coordinator)).rows
    const paged: Timeline['rows'] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: Timeline = await ask<Timeline>('GET', `/v1/cases/${id}/timeline?limit=1${query}`, world.coordinator)
      paged.push(...page.rows)
      cursor = page.next
    }
    assert.deepEqual(paged, all)
  })

  test('a second case waits for its place: position and date are told, and of what it is nothing', async () => {
    const other = await world.openCase([world.flaw(2)], { policy: 'cert-cc/45-days', project: project.id })
    await world.act(world.coordinator, other.row.id, {
      do: 'invite',
      project: project.id,
      kind: 'maintainer',
      tier: 0,
    } as never)
    await told()
    const found = (await ask<LetterList>('GET', `/v1/cases/${other.row.id}/letters`, world.coordinator)).rows[0]!
    assert.match(found.waits ?? '', /position 1/)
    const sent = await act(found, { do: 'send' })
    assert.deepEqual([sent.state, await post.pass()], ['queued', 0])
    // The finder takes part and reads: it is told its place. Another finder is told nothing.
    const waits = async (who: Member) =>
      (await ask<{ rows: FindingRow[] }>('GET', '/v1/findings', who)).rows.map((row) => row.waits?.position ?? null)
    assert.deepEqual(await waits(world.finders[1]!), [null])
    await world.bring(other.row.id, world.finders[1]!, 'finder')
    assert.deepEqual(await waits(world.finders[1]!), [1])
    assert.deepEqual(await waits(world.finders[0]!), [null])
    const vendor = world.vendors[0]!
    const proof = (await actProject(world.coordinator, { do: 'ask-proof', kind: 'vouched', organisation: vendor.organisation }))
      .proofs
    const vouched = proof.find(({ kind }) => kind === 'vouched')!
    await actProject(second, { do: 'vouch', proof: vouched.id })
    assert.equal((await actProject(second, { do: 'vouch', proof: vouched.id }, 409)).where, 'vouch.same-person')
    await actProject(third, { do: 'vouch', proof: vouched.id })
    const inbox = await ask<InboxList>('GET', '/v1/inbox', vendor)
    assert.equal(inbox.rows.length, 1)
    const [one] = inbox.rows
    assert.deepEqual(
      one?.waiting.map(({ position, title }) => [position, title]),
      [[1, null]],
    )
    assert.ok(!JSON.stringify(one?.waiting).includes('Overflow'))
    assert.equal(one?.project.yours, true)
    assert.deepEqual((await ask<InboxList>('GET', '/v1/inbox', world.stranger)).rows, [])
    await ask('GET', '/v1/inbox', world.finders[0]!, undefined, 404)
    // The maintainer takes more: what waited goes at once.
    await actProject(vendor, { do: 'set-budget', openAtOnce: 5, perWeek: 5 })
    assert.equal(await post.pass(), 1)
  })

  test('a pause holds what waits until it ends', async () => {
    const third_ = await world.openCase([world.flaw(3)], { policy: 'cert-cc/45-days', project: project.id })
    await actProject(world.vendors[0]!, { do: 'pause', until: world.in(2 * DAY) })
    await world.act(world.coordinator, third_.row.id, {
      do: 'invite',
      project: project.id,
      kind: 'maintainer',
      tier: 0,
    } as never)
    await told()
    const found = (await ask<LetterList>('GET', `/v1/cases/${third_.row.id}/letters`, world.coordinator)).rows[0]!
    await act(found, { do: 'send' })
    assert.equal(await post.pass(), 0)
    await world.pass(2 * DAY + HOUR)
    await releaseWaiting(door.desks.projects)
    assert.equal(await post.pass(), 1)
  })

  test('a bounce moves its letter, and the ladder proposes another contact', async () => {
    const bounceTo = mail.taken.at(-1)!.from
    const messageId = /Message-ID: (<\S+>)/i.exec(newest())![1]!
    assert.deepEqual(await lmtp(box.port!, bounceTo, bounceOf(messageId), ''), ['250', '250'])
    const waiting = (await ask<LetterList>('GET', '/v1/letters', world.coordinator)).rows
    const bounced = waiting.find(({ state }) => state === 'bounced')
    assert.match(bounced?.says ?? '', /5\.1\.1/)
    const of = (await world.list(world.coordinator)).rows.map((row) => `/v1/cases/${row.id}/timeline`)
    const lines = await Promise.all(of.map((path) => ask<Timeline>('GET', path, world.coordinator)))
    assert.equal(lines.flatMap(({ rows: all }) => all).filter(({ says }) => /came back: /.test(says)).length, 1)
    assert.equal(await draftLadders(door.desks.projects), 1)
    assert.equal(await draftLadders(door.desks.projects), 0)
    const rows = (await ask<LetterList>('GET', '/v1/letters', world.coordinator)).rows
    const step = rows.find(({ text }) => text.startsWith('Write to another contact'))!
    assert.deepEqual(
      step.missing.map(({ code }) => code),
      ['step.by-hand'],
    )
    assert.equal((await act(step, { do: 'settle', sent: true })).state, 'sent')
  })

  test('another contact waits 72 hours, the present one is told and its answer reaches a coordinator; then nothing sealed goes there', async () => {
    const terms = { ...project.terms, contact: { route: 'mail', at: 'new@project.example' } }
    const changed = await actProject(world.coordinator, { do: 'set-terms', terms, source: 'SECURITY.md' })
    assert.equal((changed.terms['contact'] as { at: string }).at, 'sec@project.example')
    assert.equal(changed.change?.takesEffectAt, world.in(72 * HOUR))
    assert.equal(await post.pass(), 1)
    assert.deepEqual(mail.taken.at(-1)!.to, ['sec@project.example'])
    assert.match(newest(), /go to another contact/)
    await world.pass(71 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.equal((await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, world.coordinator)).change === null, false)
    await world.pass(2 * HOUR)
    await sweepProjects(door.desks.projects)
    const after = await ask<ProjectOut>('GET', `/v1/projects/${project.id}`, world.coordinator)
    assert.equal((after.terms['contact'] as { at: string }).at, 'new@project.example')
    const body = { template: 'patch-offer', party }
    const offer = await ask<LetterOut>('POST', `/v1/cases/${id}/letters`, world.coordinator, body, 201)
    assert.deepEqual(
      offer.missing.map(({ code }) => code),
      ['contact.unproved'],
    )
  })

  test('nobody but the coordinator’s organisation sees a letter', async () => {
    const [one] = await letters()
    for (const who of [world.vendors[0]!, world.finders[0]!, world.stranger]) {
      await ask('GET', `/v1/cases/${id}/letters`, who, undefined, 404)
      await ask('POST', `/v1/letters/${one!.id}/acts`, who, { do: 'drop', version: one!.version }, 404)
      await ask('POST', `/v1/cases/${id}/letters`, who, { template: 'reminder', party }, 404)
    }
    const elsewhere = await member(door.ground, 'Another Clearinghouse', ['coordinator'])
    await ask('GET', `/v1/cases/${id}/letters`, elsewhere, undefined, 404)
    assert.deepEqual((await ask<LetterList>('GET', '/v1/letters', elsewhere)).rows, [])
    assert.ok((await ask<CaseView>('GET', `/v1/cases/${id}`, world.coordinator)).row.id === id)
  })

  test('who was told by mail is told where the advisory is, once for a case', async () => {
    const { flaws } = await ask<CaseView>('GET', `/v1/cases/${id}`, world.coordinator)
    const evidence = `adv_${'0'.repeat(24)}`
    const desk = door.desks.cases
    // As a release does it.
    await inTransaction(desk.store, 'all', async (tx) => {
      for (const { id: flaw } of flaws) {
        const loaded = (await loadCase(desk, tx, id, true))!
        const { chair: participant } = loaded.case
        const asker = { kind: 'person', person: loaded.case.openedBy, participants: [], coordinator: true } as const
        const command = { do: 'note-publicity', participant, flaw, what: 'public', at: loaded.now, evidence } as never
        const noted = await carryOut(desk, tx, loaded, asker, { command })
        assert.ok(noted.ok, JSON.stringify(noted))
      }
    })
    await told()
    const drafts = (await letters()).filter(({ template, state }) => template === 'publication' && state === 'draft')
    assert.equal(drafts.length, 1)
    assert.ok(drafts[0]!.text.includes(`https://weir.example/advisory/${evidence}`), drafts[0]!.text)
    assert.ok(!drafts[0]!.subject.includes('adv_'))
  })
})
