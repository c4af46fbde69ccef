import type {
  ActAction,
  ActionList,
  ActionOut,
  AssetTags,
  ExposureWhy,
  InventoryOut,
  RecordSources,
  RuleOut,
  TriageStep,
  UptakeOut,
} from '../contract/shapes/exposure.ts'
import type { OwnVexOut } from '../contract/shapes/own-vex.ts'
import type { KnownFlawOut } from '../contract/shapes/records.ts'
import { NO_TAGS } from '../core/exposure/component.ts'
import { at } from './fake-case-cast.ts'
import { FakeEdge } from './fake-edge.ts'
import { fakeActions, fakeInventories } from './fake-exposure-cast.ts'
import type { FakeAnswer } from './fake-project.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })

/** One operator's inventories and what follows from them, invented; acts change them as a server would. */
export class FakeExposure {
  /** What stood in the query of the request. */
  asked = new URLSearchParams()
  private actions: ActionOut[] = fakeActions()
  private inventories: InventoryOut[] = fakeInventories()
  private readonly edge = new FakeEdge()
  private documents: OwnVexOut[] = []
  private rule: RuleOut = {
    directive: 'bod-26-04',
    binds: false,
    reading: 'from-change',
    own: null,
    version: 1,
    believe: [],
    believeInventories: false,
  }

  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    if (!roles.includes('operator')) return null
    const edge = this.edge.answer(path, body)
    if (edge !== null) return edge
    if (path === 'GET /v1/actions') return ok(this.list())
    if (path === 'GET /v1/inventories') return ok({ rows: this.inventories, next: null })
    if (path === 'POST /v1/inventories') return ok(this.add(), 201)
    if (path === 'GET /v1/exposure/rule') return ok(this.rule)
    if (path === 'PUT /v1/exposure/rule') {
      this.rule = { ...this.rule, ...(body as Partial<RuleOut>), version: this.rule.version + 1 }
      return ok(this.rule)
    }
    if (path === 'GET /v1/exposure/vex') return ok({ rows: this.documents, authors: AUTHORS })
    if (path === 'POST /v1/exposure/vex') return ok(this.bring(), 201)
    if (path.startsWith('DELETE /v1/exposure/vex/')) {
      this.documents = []
      return ok({ id: path.slice('DELETE /v1/exposure/vex/'.length) })
    }
    if (path === 'GET /v1/exposure/uptake') return ok(uptake())
    if (path === 'GET /v1/records') return ok(records())
    if (path === 'GET /v1/exposure/why') return ok(why(this.asked))
    const flaw = /^GET \/v1\/known-flaws\/([\w-]+)$/.exec(path)?.[1]
    if (flaw) return ok(known(flaw))
    const acted = /^POST \/v1\/actions\/(\w+)/.exec(path)?.[1]
    if (acted) return ok(this.act(acted, body as ActAction))
    const [, verb, id, rest] = /^(GET|PUT|DELETE) \/v1\/inventories\/(\w+)(\/tags)?$/.exec(path) ?? []
    const held = this.inventories.find((one) => one.id === id)
    if (!held) return null
    if (verb === 'DELETE') {
      this.inventories = this.inventories.filter((one) => one !== held)
      return ok({})
    }
    if (verb === 'GET') return ok({ ...held, set: unmatched().slice(0, held.unmatched) })
    if (rest === undefined) return null
    const tagged = { ...held, tags: body as AssetTags }
    this.inventories = this.inventories.map((one) => (one === held ? tagged : one))
    return ok(tagged)
  }

  private list(): ActionList {
    const open = this.actions.filter(({ standing }) => standing === 'open')
    const dated = open.filter(({ due }) => due !== null).map(({ due }) => Date.parse(due!) - NOW)
    const none = this.inventories.length === 0
    const asked = this.asked.get('standing')
    const of = (standing: ActionOut['standing']) =>
      asked === null ? standing !== 'remediated' && standing !== 'not-affected' : standing === asked
    return {
      rows: none ? [] : this.actions.filter(({ standing }) => of(standing)),
      next: null,
      reading: false,
      late: none ? 0 : dated.filter((left) => left <= 0).length,
      soon: none ? 0 : dated.filter((left) => left > 0 && left <= 72 * 3_600_000).length,
      later: none ? 0 : dated.filter((left) => left > 72 * 3_600_000).length,
      undated: none ? 0 : open.length - dated.length,
      held: this.actions.filter(({ standing }) => standing === 'not-affected').reduce((sum, one) => sum + one.flaws.length, 0),
      components: this.inventories.reduce((sum, one) => sum + one.components, 0),
      inventories: this.inventories.length,
      matchedAt: none ? null : at(-0.25),
      records: { count: 11_290, newest: at(-0.37) },
      state: JSON.stringify([this.actions, this.inventories, this.rule.version]),
    }
  }

  private bring(): OwnVexOut {
    const statements = { notAffected: 2, affected: 0, fixed: 1, underInvestigation: 0 }
    const made: OwnVexOut = {
      id: idOf('vex', 1),
      document: `urn:example:${HOSTILE}`,
      name: 'mq.openvex.json',
      author: 'Brackwater PSIRT',
      format: 'openvex',
      statements,
      aside: 1,
      newest: at(-30),
      receivedAt: at(0),
    }
    this.documents = [made]
    return made
  }

  private add(): InventoryOut {
    const made: InventoryOut = {
      ...fakeInventories()[0]!,
      id: idOf('ivt', 20 + this.inventories.length),
      asset: 'turbine-hall',
      receivedAt: at(0),
      unmatched: 3,
      tags: NO_TAGS,
    }
    this.inventories = [made, ...this.inventories]
    return made
  }

  private act(id: string, act: ActAction): ActionOut | undefined {
    this.actions = this.actions.map((one) => (one.id === id ? after(one, act) : one))
    return this.actions.find((one) => one.id === id)
  }
}

const AUTHORS = [{ author: 'Brackwater PSIRT', statements: 41, believed: false }]

function after(action: ActionOut, act: ActAction): ActionOut {
  const isBack = ({ inventory }: ActionOut['assets'][number]) =>
    act.do === 'reopen' && (act.assets?.includes(inventory) ?? true)
  switch (act.do) {
    case 'remediate':
    case 'mitigate': {
      const assets = action.assets.map((one) => (act.assets.includes(one.inventory) ? { ...one, done: true } : one))
      const done = assets.filter((one) => one.done).length
      const settled = act.do === 'remediate' ? ('remediated' as const) : ('mitigated' as const)
      return { ...action, assets, done, standing: done === action.of ? settled : 'open' }
    }
    case 'defer':
      return { ...action, standing: 'deferred', until: act.until, reason: act.reason }
    case 'reopen':
      return {
        ...action,
        standing: 'open',
        until: null,
        reason: null,
        done: action.assets.filter((one) => one.done && !isBack(one)).length,
        assets: action.assets.map((one) => ({ ...one, done: one.done && !isBack(one), held: one.held && !isBack(one) })),
      }
    case 'not-affected': {
      const { justification, says: detail } = act
      const ours = {
        status: 'not-affected',
        author: 'Your organisation',
        source: 'operator',
        document: null,
        by: null,
      } as const
      const statement = { ...ours, at: at(0), justification, detail, assets: action.assets.map(({ asset }) => asset) }
      const flaws = action.flaws.map((one) => ({ ...one, statements: [...one.statements, statement] }))
      const assets = action.assets.map((one) => ({ ...one, done: true, held: true }))
      return { ...action, flaws, assets, done: action.of, standing: 'not-affected' }
    }
    case 'triage-step': {
      const triage: TriageStep[] = action.triage.map((one) => (one.step === act.step ? { ...one, doneAt: at(0) } : one))
      const next = triage.find(({ doneAt }) => doneAt === null)
      return { ...action, triage, due: next?.due ?? action.due, standing: next ? 'open' : 'remediated' }
    }
  }
}

const unmatched = () => [
  { place: '/components/14', why: 'no-identity', said: `vendor firmware ${HOSTILE}` },
  { place: '/components/88', why: 'no-version', said: 'pkg:generic/kestrel-bridge' },
  { place: '/components/90/purl', why: 'bad-purl', said: 'pkg:' },
]

function uptake(): UptakeOut {
  const settled = [0, 4, 9, 9, 14, 21, 30, 32, 40, 44]
  return { points: settled.map((done, n) => ({ at: at(24 * (n - 9)), open: 52 + n - done, settled: done })) }
}

const feed = { whole: true, takenAt: at(-0.3), setAside: [], setAsideCount: 0 }
const records = (): RecordSources => ({
  rows: [
    { ...feed, source: 'npm.zip', kind: 'osv', count: 8_919, newest: at(-0.37) },
    {
      ...feed,
      source: 'makers.zip',
      kind: 'csaf',
      count: 2_371,
      newest: at(-200),
      setAside: [{ place: 'ssa-1.json', id: null, why: `no product tree ${HOSTILE}` }],
      setAsideCount: 1,
    },
  ],
  flaws: 9_804,
  held: [{ source: 'OSV', count: 8_919, newest: at(-0.37) }],
  editions: [{ kind: 'kev', source: 'CISA', asOf: at(-53) }],
  loaded: true,
  version: 12,
})

function why(asked: URLSearchParams): ExposureWhy {
  const record = { id: 'GHSA-3f9q-x2vp-m7wc', source: 'GitHub', fixed: '5.0.7' }
  return {
    id: asked.get('flaw') ?? '',
    aliases: [],
    component: asked.get('component') ?? '',
    affected: 'no',
    records: [{ ...record, affected: 'no', why: [`Version 5.0.9 lies in no range of the record. ${HOSTILE}`] }],
    joined: [],
    statements: [],
    stated: 0,
    assets: [{ inventory: idOf('ivt', 1), asset: 'lab-broker-01' }],
  }
}

function known(id: string): KnownFlawOut {
  const record: KnownFlawOut['records'][number] = {
    id: 'GHSA-3f9q-x2vp-m7wc',
    source: 'GitHub',
    modified: at(-53),
    published: at(-190),
    withdrawn: null,
    summary: `Messages of another tenant can be read ${HOSTILE}`,
    aliases: [id],
    vectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    packages: [{ ecosystem: 'npm', name: '@brackwater/mq', says: ['from 5.0.0 before 5.0.7'] }],
    products: [],
    more: 0,
  }
  const makers = {
    ...record,
    id: 'BW-2026-017',
    source: 'Brackwater',
    packages: [],
    products: [{ identity: 'bw-mq', name: 'Brackwater MQ 5', status: 'affected, 5.0.7 fixed' }],
    more: 4,
  }
  return {
    id,
    names: [id, record.id, makers.id],
    covers: [],
    joined: [{ names: [id, record.id], by: 'GHSA-3f9q-x2vp-m7wc' }],
    keptApart: [{ names: [id, 'CVE-2026-40412'], by: makers.id, why: 'names-several-cves' }],
    records: [record, makers],
    kev: { listed: true, added: at(-53), due: at(440), action: 'Apply the update.', source: 'KEV' },
    epss: { score: 0.431, source: 'EPSS', at: at(-20) },
    ssvc: { exploitation: 'active', automatable: 'no', impact: null, source: 'Vulnrichment', at: at(-50) },
    severity: null,
    readAs: 12,
  }
}
