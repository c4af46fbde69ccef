import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { strToU8, zipSync } from 'fflate'
import { bomOf, exposureShell, osvOf, SMALL_BOM, SMALL_FEED } from '../../devkit/exposure-shell.ts'
import { EXIT, Stop } from '../exit.ts'
import { readTags, TAGS_SCHEMA } from './asset-tags.ts'
import { found, weir } from './spoken.ts'

describe('what weir exposure says, and of what', () => {
  const { file, remove, folder } = exposureShell()
  after(remove)
  const feed = file('feed/osv.ndjson', SMALL_FEED)
  const sbom = file('inventories/web-1.cdx.json', SMALL_BOM)

  test('what is no finding is listed where it is asked for: nothing is lost in silence', async () => {
    const path = join(folder, 'rest.ndjson')
    const odd = file('odd.cdx.json', {
      ...bomOf(['left@1.0.0']),
      components: [
        { type: 'library', name: 'nameless' },
        { type: 'library', name: 'bad', purl: 'pkg:' },
        { type: 'library', name: 'git', version: '1.0.0', purl: 'pkg:npm/git@1.0.0' },
      ],
    })
    const events = [{ introduced: '0' }]
    const git = {
      id: 'GIT-1',
      affected: [
        { package: { ecosystem: 'npm', name: 'git' }, ranges: [{ type: 'GIT', repo: 'https://x.example/git', events }] },
      ],
    }
    const mixed = file('rest.feed.ndjson', `${JSON.stringify(git)}\n{"id":\n`)
    const { out, code } = await weir(odd, '--feed', mixed, '--json', '--rest', path)
    assert.deepEqual([out, code], [[], EXIT.done])
    const rest = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { rest: string; id?: string; why?: unknown })
    assert.deepEqual(
      rest.map(({ rest: kind, why }) => (typeof why === 'string' ? `${kind} ${why}` : kind)),
      [
        'unknown',
        'unmatched no-identity',
        'unmatched bad-purl',
        'unmatched-count no-identity',
        'unmatched-count bad-purl',
        'set-aside not-readable',
        'set-aside-count not-readable',
      ],
    )
  })

  test('tags are what their published schema says', () => {
    const isValid = new Ajv2020().compile(TAGS_SCHEMA)
    assert.ok(isValid({ 'web-1': { exposure: 'public', environment: 'production', unit: 'shop' } }))
    for (const wrong of [{ a: { exposure: 'intern' } }, { a: { colour: 'red' } }, { a: 7 }, { a: { unit: 'x'.repeat(201) } }]) {
      assert.ok(!isValid(wrong), JSON.stringify(wrong))
      assert.throws(() => readTags('t.json', JSON.stringify(wrong)), Stop)
    }
    assert.throws(() => readTags('t.csv', 'name,exposure\nx,public\n'), /no column "asset"/)
  })

  test('explains a finding, a non-finding and what is not there; a flaw the feed does not know is bad input', async () => {
    const yes = await weir(sbom, '--feed', feed, '--why', 'CVE-2026-1001')
    assert.match(yes.out.join('\n'), /pkg:npm\/left@1\.0\.0: affected[\s\S]*is due/)
    const fixed = file('fixed.cdx.json', bomOf(['left@1.5.0']))
    const no = (await weir(fixed, '--feed', feed, '--why', 'GHSA-aaaa-bbbb-cccc')).out.join('\n')
    assert.match(no, /pkg:npm\/left@1\.5\.0: not affected[\s\S]*not older than 1\.2\.1, where it was fixed/)
    const other = (await weir(sbom, '--feed', feed, '--why', 'CVE-2026-1001:pkg:npm/other')).out.join('\n')
    assert.match(other, /names other packages \(npm\/left\), not npm\/other/)
    assert.match(
      (await weir(sbom, '--feed', feed, '--why', 'CVE-2026-1001:pkg:npm/none')).out.join('\n'),
      /No component is pkg:npm\/none/,
    )
    assert.match((await weir(sbom, '--feed', feed, '--why', 'GHSA-gggg-hhhh-jjjj')).out.join('\n'), /withdrawn/)
    assert.equal((await weir(sbom, '--feed', feed, '--why', 'CVE-1999-0001')).code, EXIT.badInput)
    const json = (await weir(fixed, '--feed', feed, '--why', 'CVE-2026-1001', '--json')).out
    assert.deepEqual(
      json.map((line) => JSON.parse(line).affected),
      ['no', 'no'],
    )
  })

  test('the table fits 80 columns; actions settle several flaws; hostile names stay inert', async () => {
    const hostile = file('hostile.cdx.json', {
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: [{ type: 'library', name: '\u001b[2J\u202eevil\nname', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' }],
    })
    for (const by of ['due', 'asset']) {
      const { out } = await weir(sbom, hostile, '--feed', feed, '--by', by, '--exposed', 'yes')
      const lines = out.join('\n').split('\n')
      assert.ok(
        lines.every((line) => [...line].length <= 80),
        by,
      )
      assert.ok(!/[\u001b\u202e]/.test(out.join('\n')))
    }
    const { out } = await weir(sbom, '--feed', feed)
    assert.match(out[1]!, /^DUE +WHAT +ASSETS +FLAWS +RULE$/)
    assert.match(out[2]!, /left 1\.0\.0 -> 2\.0\.0 +1 +2 +14 d$/)
    assert.match(out.at(-1)!, /^exit 1: 3 findings, 3 later$/)
    assert.doesNotMatch(out.join('\n'), /\dT\d\d:/, 'instants are written one way')
  })

  test('the flaw that is explained below the table belongs to its first line', async () => {
    // By the flaw’s name `aaa` comes first; what settles more flaws by the same date stands first in the table.
    const many = [
      osvOf('CVE-2026-0001', 'aaa', '2.0.0'),
      osvOf('CVE-2026-0002', 'bbb', '2.0.0'),
      osvOf('CVE-2026-0003', 'bbb', '2.0.0'),
    ]
    const place = file('first.ndjson', many.map((one) => JSON.stringify(one)).join('\n'))
    const { out } = await weir(file('first.cdx.json', bomOf(['aaa@1.0.0', 'bbb@1.0.0'])), '--feed', place)
    assert.match(out[2]!, /bbb 1\.0\.0 -> 2\.0\.0/)
    assert.ok(out.some((line) => line.startsWith('WHY  CVE-2026-0002 in bbb ')))
  })

  test('SARIF has a rule a flaw and a result a component and inventory', async () => {
    const path = join(folder, 'out.sarif')
    await weir(sbom, '--feed', feed, '--sarif', path, '--json')
    const [run] = (
      JSON.parse(readFileSync(path, 'utf8')) as {
        runs: {
          tool: { driver: { rules: { id: string }[] } }
          results: {
            ruleId: string
            ruleIndex: number
            locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
          }[]
        }[]
      }
    ).runs
    assert.deepEqual(
      run!.tool.driver.rules.map(({ id }) => id),
      ['CVE-2026-1001', 'CVE-2026-1002', 'OTHER-1'],
    )
    assert.ok(run!.results.every(({ ruleId, ruleIndex }) => run!.tool.driver.rules[ruleIndex]!.id === ruleId))
    assert.equal(run!.results[0]!.locations[0]!.physicalLocation.artifactLocation.uri, 'web-1.cdx.json')
  })

  test('feeds come in any packing, and bad records are set aside while the rest goes in', async () => {
    const whole = readFileSync(feed)
    const gz = file('packed/osv.ndjson.gz', gzipSync(whole))
    const zip = file(
      'packed/all.zip',
      zipSync({
        'a.json': strToU8(JSON.stringify(osvOf('GHSA-dddd-eeee-ffff', 'left', '2.0.0'))),
        'b.json': strToU8('{"id":'),
        'c.txt': strToU8('x'),
      }),
    )
    assert.equal(found((await weir(sbom, '--feed', gz, '--json')).out).length, 3)
    const run = await weir(sbom, '--feed', zip, '--json')
    assert.deepEqual(
      found(run.out).map(({ id }) => id),
      ['GHSA-dddd-eeee-ffff'],
    )
    assert.match(run.err, /set aside {2}1: The item is not JSON/)
    const mixed = file(
      'mixed.ndjson',
      `${JSON.stringify(osvOf('A-1', 'left', '2.0.0'))}\n{"id":7}\nnonsense\n[1,2]\n{"id":"A-2","affected":[]}\n`,
    )
    const odd = await weir(sbom, '--feed', mixed, '--json')
    assert.deepEqual(
      found(odd.out).map(({ id }) => id),
      ['A-1'],
    )
    assert.match(odd.err, /set aside {2}\d/)
  })

  test('hostile inventories are refused or read within bounds, and hide nothing beside them', async () => {
    const bomb = file(
      'bomb.cdx.xml',
      '<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component type="library"><name>&b;</name></component></components></bom>',
    )
    const refused = await weir(bomb, sbom, '--feed', feed, '--json')
    assert.equal(refused.code, EXIT.badInput)
    assert.match(refused.err, /refused {4}bomb\.cdx\.xml: inventory\.unsafe-xml/)
    assert.equal(found(refused.out).length, 3)
    const deep = file(
      'deep.cdx.json',
      `{"bomFormat":"CycloneDX","components":${'[{"type":"library","name":"x","components":'.repeat(50_000)}[]${'}]'.repeat(50_000)}}`,
    )
    const began = performance.now()
    await weir(deep, '--feed', feed)
    assert.ok(performance.now() - began < 5000)
    const odd = file('odd-purls.cdx.json', {
      bomFormat: 'CycloneDX',
      components: [
        { name: '__proto__', version: '1', purl: 'pkg:npm/__proto__@1' },
        { name: 'x'.repeat(1_000_000), version: '1.0.0', purl: `pkg:npm/${'y'.repeat(100_000)}@1.0.0` },
        { name: 'c', version: '1', purl: 'pkg:npm/left%0a%1b[31m@1.0.0' },
        { name: 7, version: {}, purl: ['pkg:npm/left@1.0.0'] },
        { name: 'left', version: '1.0.0', purl: 'pkg:npm/left@1.0.0' },
      ],
    })
    const proto = file(
      'proto.ndjson',
      `{"id":"__proto__","aliases":["constructor"],"affected":[{"package":{"ecosystem":"npm","name":"__proto__"},"versions":["1"]}]}\n${JSON.stringify(osvOf('X-1', 'left', '2.0.0'))}\n`,
    )
    const read = await weir(odd, '--feed', proto, '--json')
    assert.deepEqual(
      found(read.out).map(({ id, purl }) => [id, purl]),
      [
        ['X-1', 'pkg:npm/left@1.0.0'],
        ['__proto__', 'pkg:npm/__proto__@1'],
      ],
    )
    assert.ok(!/[\u001b]/.test(read.err + read.out.join('')))
  })

  test('what would look well for want of input is bad input: no advisory, no inventory, a broken one, nothing there', async () => {
    const empty = file('empty.ndjson', '')
    const broken = file('broken.cdx.json', '{"bomFormat":"CycloneDX","components":[{"type":"library"')
    for (const words of [
      [sbom, '--feed', empty],
      [sbom, '--feed', join(folder, 'nowhere')],
      [join(folder, 'nowhere'), '--feed', feed],
      [empty, '--feed', feed],
      [broken, '--feed', feed],
      [file('cut.json.gz', gzipSync(readFileSync(sbom)).subarray(0, 60)), '--feed', feed],
      [sbom, '--feed', feed, '--kev', feed],
      [sbom, '--feed', feed, '--vex', feed],
      [sbom, '--feed', feed, '--fail-on', 'whim'],
      [sbom],
    ])
      assert.equal((await weir(...words)).code, EXIT.badInput, words.join(' '))
    const deb = file('deb.cdx.json', {
      ...bomOf([]),
      components: ['a', 'b'].map((name) => ({ type: 'library', name, version: '1', purl: `pkg:deb/debian/${name}@1` })),
    })
    const uncovered = await weir(deb, '--feed', feed)
    assert.match(uncovered.err, /uncovered {2}2 components of kinds .*: deb\/debian 2/)
    assert.match(uncovered.out.join(''), /says nothing at all of a part of it/)
    const good = file('good.cdx.json', bomOf(['other@1.0.0']))
    assert.doesNotMatch((await weir(good, '--feed', feed)).err, /uncovered/)
    assert.equal((await weir(good, '--feed', feed)).code, EXIT.done)
  })
})
