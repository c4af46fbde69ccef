import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../kernel/instant.ts'
import { buildIndex } from './advisory-index.ts'
import { about, component } from './advisory-samples.ts'
import { joinAliases } from './aliases/join-aliases.ts'
import { assess, matchComponents } from './assess.ts'
import { BOD_26_04_DIRECTIVE } from './directives/bod-26-04.ts'
import { cveOf, type SignalBook, signalsOf } from './flaw-signals.ts'
import { lookUp } from './look-up.ts'
import type { KevEntry } from './obligation/signals.ts'
import { oweFlaw } from './owed-flaw.ts'

const AT = Date.UTC(2026, 10, 1) as Instant
const [ONE, TWO, THREE] = ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003']

const entry = (cve: string, day: number): KevEntry => ({
  cve,
  added: Date.UTC(2026, 9, day) as Instant,
  precision: 'day',
  due: null,
  triage: null,
  action: '',
  notes: '',
})
const said = (automatable: string | null, impact: string | null, score: number) => ({
  value: { exploitation: score > 8 ? 'active' : 'none', automatable, impact },
  source: 'v',
  at: AT,
  listed: null,
  vectors: [`CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:${score > 8 ? 'H' : 'N'}/I:N/A:L`],
})
const NOTHING: SignalBook = { kev: null, epss: null, ssvc: null }

function flaws(...records: { id: string; aliases: string[] }[]) {
  const named = records.map((one) => ({
    ...about('Debian:12', 'openssl', [[{ introduced: '0' }, { fixed: '3.0.9-2' }]]),
    ...one,
  }))
  const index = buildIndex(named)
  const found = matchComponents([component('pkg:deb/debian/openssl@3.0.9-1?distro=debian-12')], (one) => lookUp(index, one))
  return assess(found, joinAliases(named)).affected
}

test('an advisory of several CVE ids is dated by the worst of what they say', () => {
  const [flaw] = flaws({ id: 'DSA-1', aliases: [TWO, ONE, THREE] })
  assert.deepEqual([flaw!.primary, flaw!.covers, cveOf(flaw!)], ['DSA-1', [ONE, TWO, THREE], ONE])
  const book: SignalBook = {
    kev: {
      entries: new Map([
        [TWO, entry(TWO, 9)],
        [THREE, entry(THREE, 3)],
      ]),
      source: 'kev.json',
      at: AT,
    },
    epss: new Map([
      [ONE, { value: 0.2, source: 'e', at: AT }],
      [THREE, { value: 0.7, source: 'e', at: AT }],
    ]),
    ssvc: new Map([
      [ONE, said('yes', 'partial', 5)],
      [TWO, said('no', 'total', 9)],
      [THREE, said('no', null, 5)],
    ]),
  }
  const signals = signalsOf(flaw!, book)
  assert.deepEqual([signals.kev?.value?.cve, signals.kev?.at, signals.epss?.value], [THREE, Date.UTC(2026, 9, 3), 0.7])
  assert.deepEqual([signals.automatable?.value, signals.impact?.value, signals.exploitation?.value], ['Y', 'T', 'A'])
  assert.deepEqual([signals.kev?.source, signals.impact?.source], [`kev.json, ${THREE}`, `v, ${TWO}`])
  assert.equal(signals.severity?.value, 'high')
  const duty = { directive: BOD_26_04_DIRECTIVE, choice: 'from-first' as const, identified: AT, bound: true }
  const on = { name: 'all', assets: ['a'], said: { exposure: null, environment: null, unit: null, type: null } }
  const { obligation } = oweFlaw(flaw!, book, on, duty)
  assert.deepEqual([obligation.tier.key, obligation.row, obligation.analogy], ['3DF', 1, []])
  assert.equal(obligation.due, Date.UTC(2026, 9, 7) - 1)
})

test('where one of several has no answer and none has the worst, the answer is missing', () => {
  const [flaw] = flaws({ id: 'DSA-1', aliases: [ONE, TWO] })
  const ssvc = new Map([[ONE, said('no', 'partial', 5)]])
  const some = signalsOf(flaw!, { ...NOTHING, ssvc })
  assert.deepEqual([some.automatable, some.impact], [null, null])
  const all = signalsOf(flaw!, { ...NOTHING, ssvc: new Map([...ssvc, [TWO, said('no', 'partial', 5)]]) })
  assert.deepEqual([all.automatable?.value, all.impact?.value, all.kev], ['N', 'P', null])
})

test('what another record speaks of is not covered a second time, and a flaw with a CVE id of its own covers nothing', () => {
  assert.deepEqual(
    flaws({ id: 'DSA-1', aliases: [ONE, TWO] }, { id: 'DEBIAN-CVE-2026-0001', aliases: [ONE] }).map((one) => [
      one.primary,
      one.covers,
    ]),
    [
      [ONE, []],
      ['DSA-1', [TWO]],
    ],
  )
  const [whole] = flaws({ id: 'DSA-1', aliases: [ONE] })
  assert.deepEqual([whole!.primary, cveOf(whole!)], [ONE, ONE])
})
