import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { exposureShell, SMALL_BOM, SMALL_FEED } from '../../devkit/exposure-shell.ts'
import { EXIT } from '../exit.ts'
import { found, weir } from './spoken.ts'

describe('edge devices of weir exposure', () => {
  const { file, remove, folder } = exposureShell()
  after(remove)
  const feed = file('feed/osv.ndjson', SMALL_FEED)
  const sbom = file('inventories/web-1.cdx.json', SMALL_BOM)
  const run = async (tags: string, ...more: string[]) => await weir(sbom, '--feed', feed, '--tags', tags, ...more)
  const shown = async (tags: string, ...more: string[]) => (await run(tags, ...more)).out.join('\n')

  test('devices that tags name stand below the findings, whether or not they have an inventory', async () => {
    const tags = file(
      'tags.csv',
      [
        'asset,exposure,edge,support,listed,maker,model,unit',
        'web-1,internal,no,,,,,',
        'vpn-1,public,yes,ended,yes,Heron,H-7,Grid',
        'gate-2,,yes,,unknown,,,',
        'fw-3,,yes,2999-01-01,no,,,',
      ].join('\n'),
    )
    const devices = join(folder, 'devices.ndjson')
    const { out: lines, err } = await run(tags, '--edge-devices', devices)
    const out = lines.join('\n')
    assert.match(out, /3 EDGE DEVICES {2}CISA BOD 26-02/)
    assert.match(out, /late ! {2,}vpn-1 Heron H-7 +report to CISA +1/)
    assert.match(out, /late ! \* +gate-2 +report to CISA +1/)
    assert.match(out, /nothing +fw-3 +supported until 2999-01-01/)
    assert.match(out, /organisation +keep finding devices +4/)
    assert.match(out, /\* Nobody said whether CISA lists the device\./)
    assert.match(out, /no finding of\s+compliance\. BOD 26-02 binds/)
    assert.doesNotMatch(err, /of no asset here/)
    const rows = readFileSync(devices, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(
      rows.map(({ device, due, milestones }) => [device, due?.slice(0, 10) ?? null, milestones.length]),
      [
        ['gate-2', '2026-05-05', 3],
        ['vpn-1', '2026-05-05', 3],
        ['fw-3', null, 0],
        [null, '2028-02-05', 1],
      ],
    )
    assert.equal(rows[0].milestones[0].assumed, 'Nobody said whether CISA lists the device.')
  })

  test('without an edge device nothing is added, and --json stays an object a finding', async () => {
    const plain = file('plain.json', { 'web-1': { exposure: 'internal' } })
    assert.doesNotMatch(await shown(plain), /EDGE DEVICE/)
    const tags = file('edge.json', { 'vpn-1': { edge: 'yes', support: 'ended' } })
    const json = await run(tags, '--json')
    assert.ok(found(json.out).length > 0)
    assert.ok(found(json.out).every(({ id }) => typeof id === 'string'))
  })

  test('who is bound by a directive of CISA reads no analogy', async () => {
    const tags = file('bound.json', { 'vpn-1': { edge: 'yes', support: 'ended', listed: 'no' } })
    const table = (out: string) => out.slice(out.indexOf('1 EDGE DEVICE'))
    assert.doesNotMatch(table(await shown(tags, '--bound', 'yes')), /analogy/)
    assert.match(table(await shown(tags, '--bound', 'yes', '--directive', 'none')), /analogy/)
  })

  test('on an asset whose support is over a flaw without a fix asks for another one', async () => {
    const of = async (tags: object) => await shown(file('support.json', { 'web-1': tags }))
    assert.match(await of({}), /no fix yet: right/)
    assert.match(await of({ support: 'ended' }), /leave: right/)
    assert.match(await of({ support: '2020-01-01', edge: 'yes' }), /new device for: right/)
    assert.match(await of({ support: '2999-01-01', edge: 'yes' }), /no fix yet: right/)
  })

  test('a slip in a word or a day is bad input with its place', async () => {
    for (const tags of [{ edge: 'true' }, { support: '2026-02-30' }, { listed: 'perhaps' }]) {
      const { code, err } = await run(file('slip.json', { 'vpn-1': tags }))
      assert.equal(code, EXIT.badInput)
      assert.match(err, /slip\.json, vpn-1/)
    }
  })
})
