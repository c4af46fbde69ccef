import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { readTarZst } from '../../../conformance/read-tar.ts'
import { exposureShell } from '../../devkit/exposure-shell.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const skip = existsSync(CORPUS)
  ? false
  : 'WEIR_CORPUS is not set: the shared inventories are not held against the shared advisories'
const MAIN = join(import.meta.dirname, '..', 'main.ts')

/** What Trivy and osv-offline report together, and what both miss: records that hold a component. */
const RECORDS: Readonly<Record<string, number>> = {
  'juice-shop-11.1.2.cdx.json': 27,
  'juice-shop-11.1.2.cdx.xml': 27,
  'juice-shop-npm-flat.cdx-1.4.json': 24,
  'juice-shop-npm-nested.cdx-1.4.json': 24,
  'protonmail-webclient-4.cdx.json': 54,
  'proton-bridge-1.8.0.cdx.json': 58,
  'plugfest-trivy-0.39.0_celery-3.1.cdx.json': 6,
}

interface Found {
  readonly purl: string
  readonly id: string
  readonly assets: readonly string[]
  readonly records: readonly { readonly id: string; readonly affected: string }[]
}

describe('weir exposure on the shared data', { skip }, () => {
  const { folder, remove } = exposureShell()
  after(remove)
  const feed = join(folder, 'feed')
  const sbom = (name: string) => join(CORPUS, 'sbom/cyclonedx', `${name}.zst`)

  const weir = (...words: readonly string[]) => {
    const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'exposure', ...words], {
      encoding: 'utf8',
      maxBuffer: 64 << 20,
      env: { ...process.env, XDG_STATE_HOME: join(folder, 'state'), NODE_TEST_CONTEXT: '' },
    })
    const rows = run.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Found)
    return { code: run.status, rows, out: run.stdout, err: run.stderr }
  }
  const records = (rows: readonly Found[], asset: string) =>
    rows
      .filter(({ assets }) => assets.includes(asset))
      .flatMap(({ purl, records: own }) => own.filter(({ affected }) => affected === 'yes').map(({ id }) => `${id} ${purl}`))
      .sort()

  test('counts what was pinned, the same for nested and flat, JSON and XML', () => {
    mkdirSync(feed)
    for (const name of ['npm', 'pypi', 'crates.io', 'go'])
      copyFileSync(join(CORPUS, `advisories/osv-${name}.ndjson.zst`), join(feed, `${name}.ndjson.zst`))
    const names = Object.keys(RECORDS)
    const { code, rows, err } = weir(...names.map(sbom), '--feed', feed, '--json')
    assert.equal(code, 1)
    assert.match(err, /8,919 OSV/)
    const assets = new Set(rows.flatMap(({ assets: on }) => on))
    assert.equal(assets.size, names.length)
    const counted = names.map((name) => {
      const short = name.replace(/\.cdx\.json$/, '').replace(/\.json$/, '')
      return records(rows, assets.has(short) ? short : `${name}.zst`).length
    })
    assert.deepEqual(counted, Object.values(RECORDS))
    const same = (a: string, b: string) => assert.deepEqual(records(rows, a), records(rows, b))
    same('juice-shop-npm-flat.cdx-1.4', 'juice-shop-npm-nested.cdx-1.4')
    same('juice-shop-11.1.2', 'juice-shop-11.1.2.cdx.xml.zst')
  })

  test('every kind of the shared data is read as what it is, from one folder', () => {
    const { code, err } = weir(
      sbom('juice-shop-11.1.2.cdx.json'),
      '--feed',
      join(CORPUS, 'advisories'),
      '--feed',
      join(CORPUS, 'csaf/cisa-all.ndjson.zst'),
      '--kev',
      join(CORPUS, 'priority/kev-2025-11-18.csv.zst'),
      '--epss',
      join(CORPUS, 'priority/kev-epss-2026-08-22.csv'),
      '--ssvc',
      join(CORPUS, 'priority/vulnrichment-ssvc.ndjson.zst'),
      '--fail-on',
      'never',
      '--json',
    )
    assert.equal(code, 0, err)
    for (const count of [
      '16,363 OSV',
      '3,301 CVE',
      '1,592 FriendsOfPHP',
      '1,234 RubySec',
      '2,371 CSAF',
      '1,460 KEV',
      '1,556 EPSS',
      '44,026 SSVC',
    ])
      assert.ok(err.includes(count), `${count} in ${err}`)
    assert.match(err, /set aside {2}5: Its own database rejected/)
  })

  test('what is written as VEX is valid CycloneDX 1.6 by the official schema, and settles nothing by itself when read again', () => {
    const out = join(folder, 'out.cdx.json')
    const first = weir(sbom('proton-bridge-1.8.0.cdx.json'), '--feed', feed, '--vex-out', out, '--json')
    const schemas = readTarZst(join(CORPUS, 'conformance/cyclonedx-schemas.tar.zst'))
    const schema = (name: string) =>
      JSON.parse([...schemas].find(([path]) => path.endsWith(`/${name}`) || path === name)![1].toString('utf8'))
    const ajv = new Ajv({
      strict: false,
      schemas: [schema('spdx.schema.json'), schema('jsf-0.82.schema.json')],
      validateFormats: true,
    })
    ;(formats as unknown as (ajv: Ajv) => void)(ajv)
    for (const name of ['idn-email', 'iri-reference']) ajv.addFormat(name, true)
    const isValid = ajv.compile(schema('bom-1.6.schema.json'))
    const made = JSON.parse(readFileSync(out, 'utf8')) as { vulnerabilities: unknown[] }
    assert.ok(isValid(made), JSON.stringify(isValid.errors?.slice(0, 3)))
    assert.equal(made.vulnerabilities.length, new Set(first.rows.map(({ id }) => id)).size)
    assert.ok(!isValid({ ...made, vulnerabilities: [{ analysis: { state: 'perhaps' } }] }))
    const again = weir(sbom('proton-bridge-1.8.0.cdx.json'), '--feed', feed, '--vex', out, '--json')
    assert.deepEqual(
      again.rows.map(({ id }) => id),
      first.rows.map(({ id }) => id),
    )
  })
})
