import type { CaseAct, CaseView, PartyOut } from '../contract/shapes/case.ts'
import type { SeverityOut } from '../contract/shapes/flaw.ts'
import type {
  InboxItem,
  LinkOut,
  NoticeList,
  ProjectAct,
  ProjectOut,
  ProjectRow,
  ReadTerms,
  TermsDraft,
  WebhookOut,
} from '../contract/shapes/project.ts'
import { scoreVector } from '../core/priority/cvss/score.ts'
import { FakeCases } from './fake-case.ts'
import { at, caseFlaw } from './fake-case-cast.ts'
import { HOSTILE, idOf } from './fake-world.ts'

/** What a door answers: a status and a body. */
export interface FakeAnswer {
  readonly code: number
  readonly body: unknown
}
const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })
const hidden: FakeAnswer = {
  code: 404,
  body: { type: 'about:blank', title: 'Not found', status: 404, code: 'thing.not-found' },
}

const MAY = ['set-terms', 'set-budget', 'pause', 'ask-proof', 'check-proof', 'stop-change', 'put-key']
/** Hostile text as far as terms take it: no controls. */
const PROSE = HOSTILE.replaceAll(/\p{C}/gu, '')
const SECOND = idOf('case', 102)

/** A project with its maintainer's inbox, links, notices and webhooks; acts change it as a server would. */
export class FakeProjects {
  private project: ProjectOut = quarry()
  private items: InboxItem[] = items()
  private notices: NoticeList['rows'] = noticeRows()
  private webhooks: WebhookOut[] = [webhook(1, 'https://hooks.quarry.example/weir', 'active', 'All was taken.')]
  private readonly used = new Set<string>()

  /** The answer to a request, or null where the door is another's; `path` is method and path. */
  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    const link = /^(GET|POST) \/v1\/links\/([\w-]+)$/.exec(path)
    if (link) return this.link(link[1]!, link[2]!)
    if (roles.length === 0) return null
    if (path === 'GET /v1/notices') return ok({ rows: this.notices, unread: this.notices.filter((one) => !one.read).length })
    const read = /^POST \/v1\/notices\/(\w+)\/read$/.exec(path)?.[1]
    if (read) {
      this.notices = this.notices.map((one) => (one.id === read ? { ...one, read: true } : one))
      return ok({})
    }
    if (path.includes(' /v1/webhooks')) return this.hooks(path, body as { url: string; do: string })
    if (!roles.includes('maintainer') && !roles.includes('coordinator')) return null
    const mine = roles.includes('maintainer')
    if (path === 'GET /v1/inbox' && mine) return ok({ rows: [this.inbox()] })
    if (path === 'GET /v1/projects') return ok({ rows: this.rows(), next: null })
    if (path === 'POST /v1/projects/read-terms') return ok(draftOf(body as ReadTerms))
    if (path === `GET /v1/projects/${this.project.id}`) return ok(this.shown(mine))
    if (path === `POST /v1/projects/${this.project.id}/acts`) return ok(this.act((body as { act: ProjectAct }).act, mine))
    const item = /^(GET|POST) \/v1\/cases\/(\w+)(\/acts|\/papers)?$/.exec(path)
    const found = item && this.items.find((one) => one.case === item[2])
    if (!found || !mine) return null
    if (item[3] === '/papers') return ok({}, 201)
    if (item[3] === '/acts') this.actCase(found, (body as { act: CaseAct }).act)
    return ok(this.caseOf(found))
  }

  private link(method: string, token: string): FakeAnswer {
    const act = /^fake-(accept|dispute|ask|pause|unsubscribe)$/.exec(token)?.[1] as LinkOut['act'] | undefined
    if (!act) return hidden
    const used = this.used.has(token)
    if (method === 'POST') this.used.add(token)
    const says =
      act === 'pause'
        ? 'Letters about libquarry stop until the day you choose.'
        : `You answer letter q7f2 about a flaw in libquarry. ${HOSTILE}`
    return ok({ act, says, expiresAt: at(240), used } satisfies LinkOut)
  }

  private hooks(path: string, given: { url: string; do: string }): FakeAnswer {
    if (path === 'GET /v1/webhooks') return ok({ rows: this.webhooks })
    if (path === 'POST /v1/webhooks') {
      const made = webhook(this.webhooks.length + 1, given.url, 'active', 'Nothing was sent yet.')
      this.webhooks.push(made)
      return ok({ ...made, secret: 'whsec_fake_shown_once' }, 201)
    }
    const id = /\/(whk_\w+)\/acts$/.exec(path)?.[1]
    const state = given.do === 'turn-off' ? 'off' : 'active'
    this.webhooks = this.webhooks.map((one) => (one.id === id ? { ...one, state } : one))
    const one = this.webhooks.find((two) => two.id === id)
    return one ? ok({ ...one, secret: given.do === 'rotate' ? 'whsec_fake_new' : null }) : hidden
  }

  private inbox() {
    const waiting = ['out-of-cycle', 'out-of-cycle', 'scheduled', 'scheduled'] as const
    return {
      now: at(0),
      project: this.shown(true),
      items: this.items,
      waiting: waiting.map((outcome, n) => ({
        position: n + 1,
        title: n === 0 ? 'Integer wrap in sparse map' : n === 1 ? HOSTILE.slice(0, 90) : null,
        priority: { outcome, table: 'ssvc:DT_SP:1.0.0', assumed: [] },
        waitsSince: at(-24 * [6, 13, 4, 9][n]!),
        expectedAt: at(24 * (4 + 7 * n)),
      })),
      more: 7,
    }
  }

  private rows(): ProjectRow[] {
    const { id, name, purl, repository, steward, proved, budget } = this.project
    const first: ProjectRow = {
      ...{ id, name, purl, repository, steward, proved },
      waiting: 11,
      pausedUntil: budget.pausedUntil,
    }
    return [
      first,
      { ...first, id: idOf('prj', 2), name: 'marram-stream', purl: 'pkg:cargo/marram-stream', proved: false, waiting: null },
      { ...first, id: idOf('prj', 3), name: HOSTILE, purl: null, repository: null, steward: 'escalated', waiting: 2 },
    ]
  }

  private shown(mine: boolean): ProjectOut {
    return { ...this.project, yours: mine, may: mine ? MAY : [...MAY, 'vouch', 'steward'] }
  }

  private act(act: ProjectAct, mine: boolean): ProjectOut {
    const { project } = this
    const next = { ...project, version: project.version + 1 }
    if (act.do === 'set-budget')
      this.project = { ...next, budget: { ...project.budget, openAtOnce: act.openAtOnce, perWeek: act.perWeek } }
    if (act.do === 'pause') this.project = { ...next, budget: { ...project.budget, pausedUntil: act.until } }
    if (act.do === 'set-terms') this.project = { ...next, terms: act.terms, source: act.source }
    if (act.do === 'stop-change') this.project = { ...next, change: null, move: null }
    if (act.do === 'steward' && act.to !== 'ended') this.project = { ...next, steward: act.to }
    if (act.do === 'ask-proof') {
      const put = { where: 'a TXT record of quarry.example', value: 'weir-maintainer-proof=4f1c2ab09d' }
      const proof = { id: idOf('prf', 2), kind: act.kind, state: 'asked' as const, put, vouchedBy: 0, expiresAt: at(336) }
      this.project = { ...next, proofs: [...project.proofs, proof] }
    }
    return this.shown(mine)
  }

  private actCase(item: InboxItem, act: CaseAct): void {
    const change = (given: Partial<InboxItem>) => {
      this.items = this.items.map((one) => (one.case === item.case ? { ...one, version: one.version + 1, ...given } : one))
    }
    if (act.do === 'report') {
      const may = act.to === 'valid' ? ['accepted', 'deferred', 'ask', 'pause'] : ['deferred', 'ask', 'pause']
      change({ report: act.to, may, answeredAt: at(0), waitsFor: null })
    }
    if (act.do === 'judge-severity') {
      const scored = scoreVector(act.vector)
      const score = scored.ok ? scored.score : null
      const word = scored.ok ? scored.severity : null
      const yours: SeverityOut = { kind: 'cvss-3.1', value: act.vector, score, word, by: 'libquarry', voice: 'vendor' }
      change({ severities: [...item.severities.filter(({ voice }) => voice !== 'vendor'), yours] })
    }
  }

  private caseOf(item: InboxItem): CaseView {
    const view = new FakeCases().view('coordinator')
    const flaw = { ...caseFlaw(0), title: item.title, severities: item.severities }
    const one: PartyOut = {
      ...view.parties[2]!,
      id: item.party,
      report: item.report as PartyOut['report'],
      works: [{ flaw: flaw.id, step: 'Vfd', deployed: null, status: null, stated: null }],
      you: true,
    }
    return { ...view, row: { ...view.row, id: item.case }, version: item.version, flaws: [flaw], parties: [one] }
  }
}

function quarry(): ProjectOut {
  const name = 'libquarry'
  return {
    id: idOf('prj', 1),
    version: 6,
    name,
    purl: 'pkg:generic/libquarry',
    repository: 'https://git.example/quarry/libquarry',
    terms: {
      version: '1.0.0',
      project: { name, purls: ['pkg:generic/libquarry'], repository: 'https://git.example/quarry/libquarry' },
      contact: {
        route: 'mail',
        at: 'security@quarry.example',
        keys: [{ kind: 'pgp', fingerprint: '0123456789ABCDEF'.repeat(3).slice(0, 40) }],
      },
      report: {
        mustCarry: ['reproducer', 'regression-test'],
        plainText: true,
        mostCharacters: 8000,
        languages: ['en'],
        unchecked: false,
      },
      outOfScope: { weaknesses: ['CWE-1333'], components: ['examples/'], words: `Archives that the caller made. ${PROSE}` },
      severityFloor: { by: 'word', least: 'medium' },
      embargo: { stance: 'days', most: 45 },
      pace: { openAtOnce: 3, perWeek: 1, quiet: { from: '20:00', to: '08:00', zone: 'Europe/Tallinn' }, pausedUntil: null },
    },
    source: 'Set by the maintainer',
    budget: {
      openAtOnce: 3,
      perWeek: 1,
      open: 2,
      sentThisWeek: 1,
      nextAt: '2026-11-23T09:00:00.000Z',
      pausedUntil: null,
      quiet: '20:00 to 08:00, Europe/Tallinn',
      says: 'Three open at once, one new each week.',
    },
    steward: 'unassigned',
    proved: true,
    proofs: [
      { id: idOf('prf', 1), kind: 'repository-file', state: 'proved', put: null, vouchedBy: 0, expiresAt: at(24 * 300) },
    ],
    change: { says: 'Mail would go to reports@quarry.example instead.', takesEffectAt: at(55) },
    move: null,
    yours: true,
    may: MAY,
  }
}

const voice = (of: SeverityOut['voice'], score: number, word: string): SeverityOut => ({
  kind: 'cvss-3.1',
  value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  score,
  word,
  by: of,
  voice: of,
})

function items(): InboxItem[] {
  const first: InboxItem = {
    case: idOf('case', 101),
    version: 4,
    party: idOf('ptp', 901),
    title: 'Heap overflow when a sparse header is followed by a long link name',
    summary:
      'Listing a crafted archive writes up to 900 bytes past a 256-byte buffer. Any program that lists untrusted archives with 3.2.0 to 3.8.1 can be made to crash, and probably to run code.',
    priority: { outcome: 'immediate', table: 'ssvc:DT_SP:1.0.0', assumed: [] },
    proof: 'Crashes 5 of 5 on 3.8.1 and on main 4f1c2ab. A benign archive does not.',
    reproducers: [{ id: idOf('evd', 31), name: 'sparse.tar', bytes: 1204 }],
    patches: [
      {
        id: idOf('evd', 32),
        name: 'link-length.patch',
        says: '14 lines and 2 tests. Your 1,204 tests pass with it, and the crash is gone.',
      },
    ],
    foundBy: '3 finders, each by itself',
    publicOn: '2026-12-18T17:00:00.000Z',
    publicSays: 'Your own rule, 45 days.',
    severities: [voice('finder', 8.1, 'High'), voice('finder', 9.8, 'Critical'), voice('clearinghouse', 7.8, 'High')],
    report: 'received',
    sentAt: at(-384),
    answeredAt: null,
    waitsFor: null,
    may: ['valid', 'invalid', 'ask', 'pause'],
  }
  return [
    first,
    {
      ...first,
      case: SECOND,
      party: idOf('ptp', 902),
      title: `Directory listing reads one entry past the end ${HOSTILE.slice(0, 60)}`,
      summary: '',
      priority: { outcome: 'scheduled', table: 'ssvc:DT_SP:1.0.0', assumed: [] },
      reproducers: [],
      severities: [voice('finder', 5.3, 'Medium')],
      publicOn: '2026-12-31T17:00:00.000Z',
      publicSays: '',
      report: 'valid',
      may: ['accepted', 'deferred', 'ask', 'pause'],
      sentAt: at(-72),
      answeredAt: at(-48),
      waitsFor: 'your answer to the proposed end of secrecy',
    },
  ]
}

const noticeRows = (): NoticeList['rows'] => [
  { id: idOf('ntc', 1), at: at(-2), says: 'The clearinghouse answered your question.', case: idOf('case', 101), read: false },
  {
    id: idOf('ntc', 2),
    at: at(-26),
    says: `A party proposed another end of the embargo. ${HOSTILE}`,
    case: SECOND,
    read: false,
  },
  { id: idOf('ntc', 3), at: at(-72), says: 'A case was sent to you.', case: SECOND, read: true },
]

const webhook = (n: number, url: string, state: WebhookOut['state'], says: string): WebhookOut => ({
  id: idOf('whk', n),
  url,
  state,
  says,
  waiting: 0,
  madeAt: at(-900),
})

/** A draft as a server reads it out of a security.txt: a contact, a language, and a note. */
function draftOf({ kind, text }: ReadTerms): TermsDraft {
  const mail = /mailto:([\w.@-]+)/.exec(text)?.[1]
  const says = kind === 'security-txt' ? 'stated in its own field' : 'read out of prose'
  return {
    terms: {
      contact: mail ? { route: 'mail', at: mail, keys: [] } : null,
      report: { languages: ['et', 'en'] },
      outOfScope: { words: HOSTILE },
    },
    from: [
      ...(mail ? [{ field: '/contact', line: 1, says }] : []),
      { field: '/contact', line: 7, says: `Also: "https://quarry.example/report"; ${says}` },
      { field: '/report/languages', line: 2, says },
      { field: '/outOfScope/words', line: 3, says: `read out of prose ${HOSTILE}` },
    ],
    wrong: [{ where: 'line 4', says: 'The file states no end, which the standard requires.' }],
  }
}
