// BOD 26-04 on real CVEs: Vulnrichment's SSVC answers joined with two snapshots of KEV, and the change between them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOD_26_04_DIRECTIVE } from '../src/core/exposure/directives/bod-26-04.ts'
import type { Facts } from '../src/core/exposure/obligation/facts.ts'
import { oblige } from '../src/core/exposure/obligation/oblige.ts'
import { type Dated, dateIt, redate } from '../src/core/exposure/obligation/redate.ts'
import type { KevEntry } from '../src/core/exposure/obligation/signals.ts'
import { type Instant, parseInstant } from '../src/core/kernel/instant.ts'
import { bareEntry, kevCatalogue, priorityFolder, type RatedCve, ratedCves } from '../src/devkit/priority-data.ts'

const folder = priorityFolder()
const skip = folder === null ? 'WEIR_CORPUS is not set: real CVEs are left out' : false
const CLASSES = ['public', 'internal'] as const
const FOUND = parseInstant('2026-12-08T09:00:00Z')!
const LEARNED = parseInstant('2026-12-09T09:00:00Z')!

type Listing = (rated: RatedCve) => KevEntry | null

function factsOf(rated: RatedCve, exposure: (typeof CLASSES)[number], listing: Listing): Facts {
  const said = { by: 'operator', source: 'test', at: null }
  return {
    flaw: rated.cve,
    cve: rated.cve,
    signals: { ...rated.signals, kev: { value: listing(rated), by: 'feed:cisa-kev', source: 'catalogue', at: null } },
    assets: { exposure: { value: exposure, ...said }, environment: null, unit: null, type: null },
    identified: FOUND,
    humanImpact: null,
    bound: true,
  }
}

function threeDays(cves: readonly RatedCve[], exposure: (typeof CLASSES)[number], listing: Listing): number {
  return cves.filter((rated) => oblige(BOD_26_04_DIRECTIVE, factsOf(rated, exposure, listing)).tier.days === 3).length
}

test('BOD 26-04 gives the known counts on 44,026 real CVEs, and every row of its table decides some', { skip }, () => {
  const cves = ratedCves(folder!)
  assert.equal(cves.length, 44_026)
  const august = kevCatalogue(folder!, 'august')
  const november = kevCatalogue(folder!, 'november')
  assert.deepEqual([august.size, november.size], [1404, 1460])
  const listings: readonly [Listing, number, number][] = [
    [({ cve }) => august.get(cve) ?? null, 3251, 83],
    [({ cve }) => november.get(cve) ?? null, 3253, 83],
    [({ cve, ownKev }) => (ownKev === null ? null : bareEntry(cve, ownKev)), 3239, 70],
  ]
  for (const [listing, exposed, inside] of listings) {
    assert.deepEqual([threeDays(cves, 'public', listing), threeDays(cves, 'internal', listing)], [exposed, inside])
  }
  const rows = new Map<number, number>()
  let triage = 0
  for (const exposure of CLASSES) {
    for (const rated of cves) {
      const { row, tier } = oblige(BOD_26_04_DIRECTIVE, factsOf(rated, exposure, listings[0]![0]))
      rows.set(row!, (rows.get(row!) ?? 0) + 1)
      if (exposure === 'public' && tier.triage) triage++
    }
  }
  assert.deepEqual(
    [...rows.keys()].toSorted((a, b) => a - b),
    Array.from({ length: 16 }, (_, n) => n + 1),
  )
  assert.equal(triage, 194)
})

test('the November catalogue re-dates both classes of all CVEs, and keeps each old date with its reason', { skip }, () => {
  const cves = ratedCves(folder!)
  const august = kevCatalogue(folder!, 'august')
  const november = kevCatalogue(folder!, 'november')
  const fleet = cves.flatMap((rated) =>
    CLASSES.map((exposure) =>
      dateIt(
        BOD_26_04_DIRECTIVE,
        factsOf(rated, exposure, ({ cve }) => august.get(cve) ?? null),
      ),
    ),
  )
  const began = process.cpuUsage()
  const after = fleet.map((dated) => redate(dated, catalogueChange(november, dated), BOD_26_04_DIRECTIVE))
  const ms = process.cpuUsage(began).user / 1000
  const moved = after.filter(({ history }) => history.length > 0)
  assert.ok(ms < 5_000, `${Math.round(ms)} ms for ${fleet.length}`)
  const listed = cves.filter(({ cve }) => november.has(cve) && !august.has(cve))
  assert.equal(moved.length, 2 * listed.length)
  assert.ok(listed.length > 0)
  for (const { history, facts, dating } of moved) {
    const { from, to, because } = history[0]!
    const before = fleet.find((dated) => dated.facts.flaw === facts.flaw && dated.facts.assets === facts.assets)
    assert.deepEqual([because, from, to], ['kev', before?.dating, dating])
    assert.ok((to.due ?? Infinity) < (from.due ?? Infinity), facts.flaw)
  }
})

function catalogueChange(november: ReadonlyMap<string, KevEntry>, { facts }: Dated) {
  const kev = {
    value: november.get(facts.flaw) ?? null,
    by: 'feed:cisa-kev',
    source: 'catalogue of November',
    at: null as Instant | null,
  }
  return { of: 'kev', at: LEARNED, kev } as const
}
