import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { bomOf, exposureShell, SMALL_BOM, SMALL_FEED } from '../../devkit/exposure-shell.ts'
import { EXIT } from '../exit.ts'
import { found, weir } from './spoken.ts'

describe('weir exposure', () => {
  const { file, remove, folder } = exposureShell()
  after(remove)
  const feed = file('feed/osv.ndjson', SMALL_FEED)
  const sbom = file('inventories/web-1.cdx.json', SMALL_BOM)

  test('one flaw counts once however many databases name it, with the fix that passes all of them', async () => {
    const { code, out, err } = await weir(sbom, '--feed', feed, '--json')
    const rows = found(out)
    assert.deepEqual(
      rows.map(({ id, purl, fixed }) => [id, purl, fixed]),
      [
        ['CVE-2026-1001', 'pkg:npm/left@1.0.0', '1.2.1'],
        ['CVE-2026-1002', 'pkg:npm/left@1.0.0', '2.0.0'],
        ['OTHER-1', 'pkg:npm/right@3.0.0', null],
      ],
    )
    assert.deepEqual(rows[0]!.aliases, ['GHSA-aaaa-bbbb-cccc'])
    assert.deepEqual(
      rows[0]!.records.map(({ id }) => id),
      ['CVE-2026-1001', 'GHSA-aaaa-bbbb-cccc'],
    )
    assert.equal(rows[0]!.directive, 'bod-26-04/1.0.0')
    assert.ok(rows[0]!.why.some((step) => step.includes('1.0.0')))
    assert.match(err, /Nothing was sent/)
    assert.equal(code, EXIT.attention)
  })

  test('what nobody said is assumed, both readings are computed and the earlier is taken', async () => {
    const [row] = found((await weir(sbom, '--feed', feed, '--json', '--identified', '2026-11-01')).out)
    assert.deepEqual(row!.assumed, ['publicly-exposed', 'in-kev', 'automatable', 'technical-impact'])
    assert.deepEqual(
      row!.outcomes.map(({ days }) => days),
      [14, 60],
    )
    assert.equal(row!.due, '2026-11-15T23:59:59.999Z')
    assert.deepEqual(row!.analogy, ['nobody-said-bound'])
    const inside = found(
      (await weir(sbom, '--feed', feed, '--json', '--exposed', 'no', '--bound', 'yes', '--identified', '2026-11-01')).out,
    )
    assert.deepEqual([inside[0]!.assumed.includes('publicly-exposed'), inside[0]!.analogy], [false, []])
  })

  test('KEV and SSVC move the date; the catalogue’s listing starts the clock', async () => {
    const kev = file('kev.json', {
      catalogVersion: '2026.11.02',
      vulnerabilities: [
        {
          cveID: 'CVE-2026-1002',
          dateAdded: '2026-11-02',
          dueDate: '2026-11-23',
          vendorProject: 'x',
          product: 'left',
          vulnerabilityName: 'n',
          shortDescription: 'd',
          requiredAction: 'a',
          knownRansomwareCampaignUse: 'Unknown',
          notes: '',
        },
      ],
    })
    const ssvc = file(
      'ssvc.ndjson',
      `${JSON.stringify({ cve: 'CVE-2026-1002', ssvc: { Exploitation: 'active', Automatable: 'yes', 'Technical Impact': 'total' }, ts: '2026-11-03T00:00:00Z', kev: null })}\n`,
    )
    const run = (...more: string[]) =>
      weir(
        sbom,
        '--feed',
        feed,
        '--kev',
        kev,
        '--ssvc',
        ssvc,
        '--identified',
        '2026-11-10',
        '--exposed',
        'yes',
        '--bound',
        'yes',
        '--json',
        ...more,
      )
    const [first] = found((await run()).out)
    assert.deepEqual(
      [first!.id, first!.due, first!.state, first!.assumed],
      ['CVE-2026-1002', '2026-11-05T23:59:59.999Z', 'late', []],
    )
    assert.deepEqual(
      first!.readings.map(({ reading, counts }) => [reading, counts]),
      [
        ['from-first', true],
        ['assigned', false],
      ],
    )
    const [dated] = found((await run('--directive', 'kev-dates')).out)
    assert.equal(dated!.due, '2026-11-23T23:59:59.999Z')
    assert.equal((await run('--directive', 'none', '--fail-on', 'soon')).code, EXIT.done)
    assert.equal((await run('--fail-on', 'late')).code, EXIT.attention)
  })

  test('an own policy is a rule too, and what is wrong in one is said with its place', async () => {
    const own = file('own.json', {
      format: 'weir-exposure-policy/1',
      name: 'Ours',
      version: '1',
      rules: [{ name: 'outside', when: { exposure: 'public' }, time: { days: 5 } }],
      otherwise: { days: 90 },
    })
    const [row] = found(
      (await weir(sbom, '--feed', feed, '--directive', own, '--identified', '2026-11-01', '--exposed', 'no', '--json')).out,
    )
    assert.deepEqual([row!.directive, row!.due?.slice(0, 10)], ['own/1', '2027-01-30'])
    const bad = await weir(sbom, '--feed', feed, '--directive', file('bad.json', '{"format":"weir-exposure-policy/1"}'))
    assert.equal(bad.code, EXIT.badInput)
    assert.match(bad.err, /bad\.json/)
  })

  test('tags say who reaches which asset; one flaw has a date for each class of assets', async () => {
    const two = file('inventories/db-1.cdx.json', bomOf(['left@1.0.0']))
    const tags = file('tags.csv', 'asset,exposure,unit\nweb-1,public,shop\ndb-1,internal,\n')
    const { out } = await weir(
      join(folder, 'inventories'),
      '--feed',
      feed,
      '--tags',
      tags,
      '--json',
      '--identified',
      '2026-11-01',
    )
    const rows = found(out).filter(({ id }) => id === 'CVE-2026-1001')
    assert.deepEqual(
      rows.map(({ assets, due }) => [assets, due?.slice(0, 10)]),
      [
        [['web-1'], '2026-11-15'],
        [['db-1'], '2026-12-31'],
      ],
    )
    assert.match(
      (await weir(two, '--feed', feed, '--tags', tags, '--json')).err,
      /tags {7}1 name of no asset here. First: web-1/,
    )
    const typo = await weir(two, '--feed', feed, '--tags', file('typo.json', { 'db-1': { exposure: 'intern' } }))
    assert.equal(typo.code, EXIT.badInput)
    assert.match(typo.err, /typo\.json, db-1: has the exposure "intern"/)
  })

  test('a believed statement settles a flaw and says who said so; one about another version is told as unused', async () => {
    const vex = file('vex.json', {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://vendor.example/vex/1',
      author: 'Vendor',
      timestamp: '2026-11-01T00:00:00Z',
      statements: [
        {
          vulnerability: { name: 'CVE-2026-1001' },
          products: [{ '@id': 'pkg:npm/left@1.0.0' }],
          status: 'not_affected',
          justification: 'vulnerable_code_not_present',
        },
        { vulnerability: { name: 'CVE-2026-1002' }, products: [{ '@id': 'pkg:npm/left@0.9.0' }], status: 'not_affected' },
      ],
    })
    const out = join(folder, 'out.vex.json')
    const run = await weir(sbom, '--feed', feed, '--vex', vex, '--vex-out', out, '--json')
    assert.deepEqual(
      found(run.out).map(({ id }) => id),
      ['CVE-2026-1002', 'OTHER-1'],
    )
    assert.match(run.err, /settled {4}1 flaw by VEX/)
    assert.match(run.err, /unused {5}1 VEX statement. First: CVE-2026-1002, other-version/)
    const why = await weir(sbom, '--feed', feed, '--vex', vex, '--why', 'CVE-2026-1001')
    assert.match(
      why.out.join(' ').replace(/\s+/g, ' '),
      /not affected, by a VEX statement, on 1 asset .*Vendor states in https:\/\/vendor\.example\/vex\/1 that it is not affected/,
    )
    const made = JSON.parse(readFileSync(out, 'utf8')) as {
      vulnerabilities: { id: string; analysis: { state: string; justification?: string } }[]
    }
    assert.deepEqual(
      made.vulnerabilities.map(({ id, analysis }) => [id, analysis.state, analysis.justification]),
      [
        ['CVE-2026-1002', 'in_triage', undefined],
        ['OTHER-1', 'in_triage', undefined],
        ['CVE-2026-1001', 'not_affected', 'code_not_present'],
      ],
    )
  })

  test('a statement may name a component by its bom-ref in another document, and the whole by its own', async () => {
    const serial = '3e671687-395b-41f5-a30f-a58921a69b79'
    const parts = {
      serialNumber: `urn:uuid:${serial}`,
      metadata: { component: { type: 'application', name: 'shop', 'bom-ref': 'shop' } },
    }
    const linked = file('linked.cdx.json', {
      ...bomOf([], parts),
      components: [{ type: 'library', 'bom-ref': 'l', name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' }],
    })
    const vexOf = (name: string, ref: string) =>
      file(name, {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        vulnerabilities: [{ id: 'CVE-2026-1001', analysis: { state: 'not_affected' }, affects: [{ ref }] }],
      })
    const left = async (vex: string) =>
      found((await weir(linked, '--feed', feed, '--vex', vex, '--json')).out).map(({ id }) => id)
    assert.deepEqual(await left(vexOf('part.json', `urn:cdx:${serial}/1#l`)), ['CVE-2026-1002'])
    assert.deepEqual(await left(vexOf('whole.json', `urn:cdx:${serial}/1#shop`)), ['CVE-2026-1002'])
    assert.deepEqual(await left(vexOf('other.json', `urn:cdx:${serial}/2#l`)), ['CVE-2026-1001', 'CVE-2026-1002'])
  })

  test('an inventory’s own word about itself is counted and not believed unless it is named', async () => {
    const own = file(
      'own.cdx.json',
      bomOf(['left@1.0.0'], {
        vulnerabilities: [
          { id: 'CVE-2026-1001', analysis: { state: 'not_affected' }, affects: [{ ref: 'pkg:npm/left@1.0.0' }] },
        ],
      }),
    )
    const doubted = await weir(own, '--feed', feed, '--json')
    assert.deepEqual(
      found(doubted.out).map(({ id }) => id),
      ['CVE-2026-1001', 'CVE-2026-1002'],
    )
    assert.match(doubted.err, /1 statement of the inventories about themselves, not believed/)
    assert.deepEqual(
      found((await weir(own, '--feed', feed, '--vex', own, '--json')).out).map(({ id }) => id),
      ['CVE-2026-1002'],
    )
  })
})
