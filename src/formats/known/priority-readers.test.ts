import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epssReader } from './epss.ts'
import { kevCsvReader, kevJsonReader } from './kev.ts'
import type { KnownReader } from './known-reader.ts'
import { readVulnrichment } from './vulnrichment.ts'

function read<T>(make: () => KnownReader<T>, text: string, size = 1 << 20) {
  const reader = make()
  const bytes = new TextEncoder().encode(text)
  const items = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

const ROW = {
  cveID: 'CVE-2024-0001',
  vendorProject: 'V',
  product: 'P',
  vulnerabilityName: 'N',
  dateAdded: '2024-01-02',
  shortDescription: 'S, "quoted"',
  requiredAction: 'Apply mitigations per BOD 26-04',
  dueDate: '2024-01-05',
  knownRansomwareCampaignUse: 'Known',
  forensicTriage: 'Yes',
  notes: 'Forensics Triage Requirements: https://x.example/t ; https://y.example/',
  cwes: ['CWE-59', 'n/a'],
}

test('the catalogue says the same as JSON and as CSV, with its triage and its labelled links', () => {
  const json = JSON.stringify({
    catalogVersion: '1',
    vulnerabilities: [ROW, { ...ROW, cveID: 'no' }, { ...ROW, dateAdded: 'soon' }, 7],
  })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const names = Object.keys(ROW).reverse()
  const cells = names.map((name) => quoted(String(ROW[name as keyof typeof ROW]).replace('CWE-59,n/a', 'CWE-59')))
  const csv = `\ufeff${names.join(',')}\r\n${cells.join(',')}\r\nx\r\n`
  for (const size of [1, 1 << 20]) {
    const [fromJson, ...wrong] = read(kevJsonReader, json, size)
    assert.deepEqual(
      wrong.map((item) => (item.ok ? '' : `${item.at} ${item.why}`)),
      ['/vulnerabilities/1 no-id', '/vulnerabilities/2 wrong-shape', '/vulnerabilities/3 wrong-shape'],
    )
    const [fromCsv, broken] = read(kevCsvReader, csv, size)
    assert.ok(fromJson?.ok && fromCsv?.ok)
    assert.deepEqual(fromCsv.value, fromJson.value)
    assert.deepEqual(broken, { ok: false, at: 'line 3', id: null, why: 'no-id' })
    const { entry, links, ransomware, weaknesses } = fromJson.value
    assert.deepEqual(
      [entry.added, entry.due, entry.triage, entry.precision],
      [Date.UTC(2024, 0, 2), Date.UTC(2024, 0, 5), true, 'day'],
    )
    assert.deepEqual(links, [
      { label: 'Forensics Triage Requirements', url: 'https://x.example/t' },
      { label: null, url: 'https://y.example/' },
    ])
    assert.deepEqual([ransomware, weaknesses], [true, ['CWE-59']])
  }
})

test('EPSS is read with its comment line and in the layout of others', () => {
  const own =
    '#model_version:v2025.03.14,score_date:2025-08-01T12:55:00Z\ncve,epss,percentile\nCVE-2024-0001,0.00042,0.1\nCVE-2024-0002,1.5,0.1\nx,0.1,0.1\n'
  const items = read(epssReader, own, 3)
  assert.deepEqual(items[0]?.ok && items[0].value, {
    cve: 'CVE-2024-0001',
    score: 0.00042,
    percentile: 0.1,
    model: 'v2025.03.14',
    scored: Date.UTC(2025, 7, 1, 12, 55),
  })
  assert.deepEqual(
    items.slice(1).map((item) => (item.ok ? '' : `${item.id} ${item.why}`)),
    ['CVE-2024-0002 wrong-shape', 'null no-id'],
  )
  const other = read(epssReader, 'cve,cvss3,epss,percentile,vendor,product\nCVE-2025-62593,8.8,0.01015,,"Ray, Inc",Ray')
  assert.deepEqual(other[0]?.ok && [other[0].value.score, other[0].value.percentile], [0.01015, null])
  const open = read(epssReader, `cve,epss\n"CVE-2024-0001,0.1\n${'CVE-2024-0002,0.1\n'.repeat(10)}`)
  assert.deepEqual(
    open.map((item) => (item.ok ? 'in' : item.why)),
    ['not-readable'],
  )
})

test('SSVC is read in both spellings, from whole records and from the extract', () => {
  const record = (options: object[]) => ({
    cveMetadata: { cveId: 'CVE-2024-0001' },
    containers: {
      cna: {},
      adp: [
        {
          metrics: [
            {
              other: {
                type: 'ssvc',
                content: { options, version: '2.0.3', role: 'CISA Coordinator', timestamp: '2024-09-18T18:07:57.773732Z' },
              },
            },
            { other: { type: 'kev', content: { dateAdded: '2024-09-18' } } },
            { cvssV3_1: { vectorString: 'CVSS:3.1/X' } },
          ],
        },
      ],
    },
  })
  const words = { exploitation: 'active', automatable: 'no', impact: 'total' }
  for (const options of [
    [{ Exploitation: 'active' }, { Automatable: 'no' }, { 'Technical Impact': 'total' }],
    [{ exploitation: 'active', automatable: 'no', technicalImpact: 'total' }],
  ]) {
    const read = readVulnrichment(record(options))
    assert.ok(read.ok)
    assert.deepEqual(read.value, {
      cve: 'CVE-2024-0001',
      ssvc: { ...words, version: '2.0.3', role: 'CISA Coordinator' },
      at: Date.parse('2024-09-18T18:07:57.773Z'),
      kev: Date.UTC(2024, 8, 18),
      vectors: ['CVSS:3.1/X'],
    })
  }
  const line = readVulnrichment({
    cve: 'CVE-2024-0001',
    ssvc: { Exploitation: 'active', Automatable: 'no', technicalImpact: 'total' },
    adpCvss: ['v'],
  })
  assert.deepEqual(line.ok && [line.value.ssvc, line.value.kev, line.value.vectors], [
    { ...words, version: null, role: null },
    null,
    ['v'],
  ])
  assert.deepEqual(readVulnrichment({ cve: 'x' }), { ok: false, id: null, why: 'no-id' })
  const none = readVulnrichment(record([{ other: 7 }]))
  assert.equal(none.ok && none.value.ssvc, null)
})
