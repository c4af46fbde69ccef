import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '../kernel/instant.ts'
import { buildIndex } from './advisory-index.ts'
import type { AdvisoryRecord } from './advisory-record.ts'
import { joinAliases } from './aliases/join-aliases.ts'
import { assess, type GivenVex, matchComponents } from './assess.ts'
import type { Component } from './component.ts'
import { BOD_26_04_DIRECTIVE } from './directives/bod-26-04.ts'
import { type SignalBook, signalsOf } from './flaw-signals.ts'
import { lookUp } from './look-up.ts'
import { actionsFor, oweFlaw } from './owed-flaw.ts'
import { packageKey } from './package-key.ts'
import type { VexStatement } from './vex/vex-statement.ts'

const AT = instant(Date.UTC(2026, 10, 1))

function record(id: string, name: string, fixed: string | null, more: Partial<AdvisoryRecord> = {}): AdvisoryRecord {
  const events = [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])]
  const range = { kind: 'semver' as const, events, vers: null }
  return {
    id,
    aliases: [],
    source: 'osv',
    modified: null,
    published: null,
    withdrawn: null,
    summary: '',
    vectors: [],
    affected: [{ key: packageKey('npm', name), ecosystem: 'npm', name, ranges: [range], versions: [] }],
    products: [],
    ...more,
  }
}

function component(name: string, version: string): Component {
  const purl = `pkg:npm/${name}@${version}`
  return { purl, cpes: [], group: null, name, version, type: 'library', marks: [], place: '' }
}

function assessed(records: readonly AdvisoryRecord[], components: readonly Component[], vex: GivenVex | null = null) {
  const index = buildIndex(records)
  return assess(
    matchComponents(components, (one) => lookUp(index, one)),
    joinAliases(records),
    vex,
  )
}

function statement(id: string, status: VexStatement['status'], purl: string): VexStatement {
  const products = [{ identity: `purl:${purl}`, versions: null, parts: [] }]
  return {
    source: 'openvex',
    document: 'doc',
    author: 'Vendor',
    at: AT,
    ids: [id],
    status,
    justification: null,
    detail: null,
    products,
  }
}
const believe = (...statements: readonly VexStatement[]): GivenVex => ({
  statements,
  trust: { authors: ['Vendor'], subject: null, refs: new Map() },
})
const RECORDS = [
  record('GHSA-1', 'left', '1.2.0', { aliases: ['CVE-2026-0001'] }),
  record('CVE-2026-0001', 'left', '1.3.0'),
  record('GHSA-2', 'left', '2.0.0', { aliases: ['CVE-2026-0002'] }),
]

test('one flaw counts once, its fix passes all records, and a component that stands twice counts once', () => {
  const { affected } = assessed(RECORDS, [component('left', '1.0.0'), component('left', '1.0.0'), component('other', '1.0.0')])
  assert.deepEqual(
    affected.map(({ primary, match, records }) => [primary, match.fixed, records.length]),
    [
      ['CVE-2026-0001', '1.3.0', 2],
      ['CVE-2026-0002', '2.0.0', 1],
    ],
  )
})

test('a version that will never be is no fix, and hides no other database’s', () => {
  const records = [record('A-1', 'left', '999.999.999', { aliases: ['CVE-2026-0001'] }), record('A-2', 'left', '999.999.999')]
  const { affected } = assessed(records, [component('left', '1.0.0')])
  assert.deepEqual(
    affected.map(({ match }) => match.fixed),
    [null, null],
  )
})

test('a statement settles the flaw of all names in its component only, and says who said so', () => {
  const vex = believe(
    statement('GHSA-1', 'not-affected', 'pkg:npm/left@1.0.0'),
    statement('CVE-2026-0002', 'fixed', 'pkg:npm/left@7.0.0'),
  )
  const { affected, settled, unused } = assessed(RECORDS, [component('left', '1.0.0'), component('left', '1.1.0')], vex)
  assert.deepEqual(
    affected.map(({ component: { version }, primary }) => [version, primary]),
    [
      ['1.0.0', 'CVE-2026-0002'],
      ['1.1.0', 'CVE-2026-0001'],
      ['1.1.0', 'CVE-2026-0002'],
    ],
  )
  assert.deepEqual(
    settled.map(({ primary, match, statement: by }) => [primary, match.affected, by?.author]),
    [['CVE-2026-0001', 'no', 'Vendor']],
  )
  assert.deepEqual(
    unused.map(({ why }) => why),
    ['other-version'],
  )
})

test('what nobody can tell stands apart until a statement says that it is affected', () => {
  const git = record('G-1', 'left', null)
  const unsure = { ...git, affected: [{ ...git.affected[0]!, ranges: [{ kind: 'git' as const, events: [], vers: null }] }] }
  const before = assessed([unsure], [component('left', '1.0.0')])
  assert.deepEqual([before.affected.length, before.unknown.length], [0, 1])
  const after = assessed([unsure], [component('left', '1.0.0')], believe(statement('G-1', 'affected', 'pkg:npm/left')))
  assert.deepEqual([after.affected.length, after.unknown.length, after.affected[0]?.statement?.status], [1, 0, 'affected'])
})

test('signals come by the CVE id; the severity is computed, and what no feed says stays unsaid', () => {
  const flaw = assessed(
    [
      record('GHSA-1', 'left', '2.0.0', {
        aliases: ['CVE-2026-0001'],
        vectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'rubbish'],
      }),
    ],
    [component('left', '1.0.0')],
  ).affected[0]!
  const none: SignalBook = { kev: null, epss: null, ssvc: null }
  const unsaid = signalsOf(flaw, none)
  assert.deepEqual([unsaid.kev, unsaid.epss, unsaid.automatable, unsaid.severity?.value], [null, null, null, 'critical'])
  const enriched = {
    value: { exploitation: 'active', automatable: 'yes', impact: 'total' },
    source: 'v',
    at: AT,
    listed: AT,
    vectors: [],
  }
  const said = signalsOf(flaw, {
    kev: { entries: new Map(), source: 'kev.json', at: AT },
    epss: new Map([['CVE-2026-0001', { value: 0.5, source: 'e', at: AT }]]),
    ssvc: new Map([['CVE-2026-0001', enriched]]),
  })
  assert.deepEqual([said.kev?.value, said.epss?.value, said.exploitation?.value, said.impact?.value], [null, 0.5, 'A', 'T'])
  // Without a catalogue, the day that Vulnrichment has counts.
  assert.equal(signalsOf(flaw, { ...none, ssvc: new Map([['CVE-2026-0001', enriched]]) }).kev?.value?.added, AT)
})

test('what is owed becomes one action a component; a fix that another record denies is not taken', () => {
  const duty = { directive: BOD_26_04_DIRECTIVE, choice: 'from-first' as const, identified: AT, bound: null }
  const said = { exposure: null, environment: null, unit: null, type: null }
  const book: SignalBook = { kev: null, epss: null, ssvc: null }
  const owed = assessed(RECORDS, [component('left', '1.0.0')]).affected.map((flaw) =>
    oweFlaw(flaw, book, { name: 'unknown', assets: ['a', 'b'], said, support: { supported: null, edge: false } }, duty),
  )
  assert.deepEqual(
    owed.map(({ obligation }) => obligation.outcomes.map(({ tier }) => tier.key)),
    [
      ['14D', '60D'],
      ['14D', '60D'],
    ],
  )
  const [action, ...more] = actionsFor(owed, null)
  assert.deepEqual(
    [action!.do, action!.to, action!.flaws.length, action!.assets, more.length],
    ['upgrade', '2.0.0', 2, ['a', 'b'], 0],
  )
  const held = actionsFor(owed, (_, flaw, version) => (flaw === 'CVE-2026-0001' && version === '2.0.0' ? 'yes' : 'unknown'))
  assert.deepEqual(
    held.map(({ to, flaws }) => [to, flaws]),
    [
      ['1.3.0', ['CVE-2026-0001']],
      ['2.0.0', ['CVE-2026-0002']],
    ],
  )
})
