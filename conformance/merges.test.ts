import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { settle } from '../src/core/findings/cluster/settle.ts'
import { cluster } from '../src/core/findings/cluster.ts'
import type { Finding } from '../src/core/findings/finding.ts'
import { fingerprints, keyed } from '../src/core/findings/fingerprint.ts'
import { normalForm } from '../src/core/findings/normal-form.ts'
import { featuresOf } from '../src/core/findings/pair/features.ts'
import { scorePair, verdictOf } from '../src/core/findings/score.ts'
import type { Id } from '../src/core/kernel/id.ts'
import { instant } from '../src/core/kernel/instant.ts'
import { BLANK, NOWHERE, UNSTATED } from '../src/formats/blank-finding.ts'
import { findingOfCrash } from '../src/formats/crash/crash-finding.ts'
import { parseCrashText } from '../src/formats/crash/crash-text.ts'

const FOLDER = `${process.env['WEIR_CORPUS'] ?? ''}/dedup`
const skip =
  process.env['WEIR_CORPUS'] !== undefined && existsSync(`${FOLDER}/crash-traces.jsonl.gz`)
    ? false
    : 'WEIR_CORPUS is not set: precision and recall of merges are not measured'

/** The fields of all record files together; each test reads those of its own file. */
interface Row {
  readonly id: string
  readonly flaw: string | null
  readonly source?: string
  readonly trace: string
  readonly tool: string
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly cwe: string | readonly string[] | null
  readonly message: string
  readonly lineHash: string | null
  readonly title: string
  readonly text: string
  readonly packages: readonly string[]
}

function lines(name: string): Row[] {
  const text = gunzipSync(readFileSync(`${FOLDER}/${name}.jsonl.gz`)).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

function weaknessesOf({ cwe }: Row): readonly string[] {
  return cwe === null ? [] : typeof cwe === 'string' ? [cwe] : cwe
}

interface Labelled {
  readonly id: string
  readonly flaw: string
  readonly finding: Finding
  readonly finder: string
}

function labelled(records: string, labels: string, findingOf: (record: Row) => Finding | null): Labelled[] {
  const flaws = new Map(lines(labels).map(({ id, flaw }) => [id, flaw]))
  return lines(records).flatMap((record) => {
    const finding = findingOf(record)
    const flaw = flaws.get(record.id)
    return finding === null || typeof flaw !== 'string'
      ? []
      : [{ id: String(record.id), flaw, finding, finder: String(record.source ?? record.tool ?? record.id) }]
  })
}

interface Measured {
  readonly precision: number
  readonly recall: number
  readonly asked: number
  readonly askedRight: number
  readonly groups: number
}

/** Clusters everything in one batch, each finding from the source or tool that made it, and compares pairs with the labels. */
function measure(items: readonly Labelled[]): Measured {
  const mac = (bytes: Uint8Array): Uint8Array => createHmac('sha256', 'test').update(bytes).digest()
  const forms = new Map(items.map(({ id, finding }) => [`fnd_${id}`, normalForm(finding)]))
  const batch = items.map(({ id, finder }, i) => ({
    finder: `org_${finder}` as Id<'organisation'>,
    finding: `fnd_${id}` as Id<'finding'>,
    freshFlaw: `flw_${id}` as Id<'flaw'>,
    receivedAt: instant(i),
    keys: keyed(fingerprints(forms.get(`fnd_${id}`)!, `org_${finder}`), mac),
  }))
  const clustering = cluster(batch, new Map(), new Set())
  const scored = clustering.pairs.map((pair) => ({
    ...pair,
    ...scorePair(featuresOf(forms.get(pair.finding)!), featuresOf(forms.get(pair.other)!)),
  }))
  const { placements } = settle(clustering, scored)
  const label = new Map(items.map(({ id, flaw }) => [`fnd_${id}`, flaw]))
  const both = new Map<string, number>()
  const ours = new Map<string, number>()
  const theirs = new Map<string, number>()
  for (const { finding, flaw } of placements) {
    const truth = label.get(finding)!
    for (const [map, key] of [
      [both, `${flaw} ${truth}`],
      [ours, flaw],
      [theirs, truth],
    ] as const)
      map.set(key, (map.get(key) ?? 0) + 1)
  }
  const asks = scored.filter(({ score }) => verdictOf(score) === 'ask')
  return {
    precision: pairs(both) / pairs(ours),
    recall: pairs(both) / pairs(theirs),
    asked: asks.length,
    askedRight: asks.filter(({ finding, other }) => label.get(finding) === label.get(other)).length,
    groups: ours.size,
  }
}

function pairs(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0)
}

function say(what: string, items: readonly Labelled[], m: Measured): string {
  const right = m.asked === 0 ? '' : `, ${m.asked} pairs asked about, ${m.askedRight} rightly`
  return `${what}: ${items.length} findings, precision ${m.precision.toFixed(3)}, recall ${m.recall.toFixed(3)}, ${m.groups} groups${right}`
}

test('crashes of one program are merged by flaw, not by accident', { skip }, (t) => {
  const unfixed = new Set(
    lines('crash-labels')
      .filter(({ flaw }) => flaw === 'unfixed')
      .map(({ id }) => id),
  )
  const target = { purl: 'pkg:generic/nginx', repository: null, version: null }
  const items = labelled('crash-traces', 'crash-labels', (record) => {
    const reading = parseCrashText(record.trace)
    // An input that no single fix stops hits two flaws at once, or another: it has no label of one flaw.
    return reading === null || unfixed.has(record.id) ? null : { ...findingOfCrash(reading), target }
  })
  const m = measure(items)
  t.diagnostic(say('crash traces', items, m))
  assert.ok(items.length > 300)
  assert.ok(m.precision >= 0.97, String(m.precision))
})

test('findings of four scanners on the same files', { skip }, (t) => {
  const target = { purl: null, repository: 'https://example.org/castle.git', version: null }
  const items = labelled('scanner-findings', 'scanner-labels', (record) => ({
    ...BLANK,
    title: record.message,
    text: record.message,
    target,
    locations: [{ ...NOWHERE, path: record.file, line: record.line }],
    weaknesses: weaknessesOf(record),
    provenance: { ...UNSTATED, tool: record.tool },
    rule: record.rule,
    toolFingerprints: record.lineHash === null ? BLANK.toolFingerprints : { primaryLocationLineHash: record.lineHash },
  }))
  const m = measure(items)
  t.diagnostic(say('scanner findings that are flaws', items, m))
  assert.ok(items.length > 30)
  assert.ok(!(m.precision < 0.97), String(m.precision))
})

test('advisories of one flaw from many databases', { skip }, (t) => {
  const items = labelled('advisory-records', 'advisory-labels', (record) => {
    const name = record.packages[0]?.split('/').at(-1)
    return {
      ...BLANK,
      title: record.title,
      text: record.text,
      // Names of one package differ from database to database; its last word is the best name that all of them share.
      target:
        name === undefined
          ? null
          : { purl: `pkg:generic/${encodeURIComponent(name.toLowerCase())}`, repository: null, version: null },
      weaknesses: weaknessesOf(record),
    }
  })
  const m = measure(items)
  t.diagnostic(say('advisories', items, m))
  assert.ok(items.length > 7_000)
  assert.ok(m.precision >= 0.97, String(m.precision))
})
