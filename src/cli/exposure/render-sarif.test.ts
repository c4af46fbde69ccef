import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { exposureShell, SMALL_BOM } from '../../devkit/exposure-shell.ts'
import { weir } from './spoken.ts'

interface Result {
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly locations: readonly { readonly physicalLocation: { readonly region: { readonly startLine: number } } }[]
}
interface Rule {
  readonly properties: Readonly<Record<string, unknown>>
}

describe('what code hosts ask of SARIF', () => {
  const { file, folder, remove } = exposureShell()
  after(remove)
  const record = (id: string, severity?: string) => ({
    id,
    modified: '2026-01-01T00:00:00Z',
    ...(severity === undefined ? {} : { severity: [{ type: 'CVSS_V3', score: severity }] }),
    affected: [{ package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
  })
  const feed = file('feed.json', [record('A-1', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'), record('A-2')])
  const sbom = file('web.cdx.json', SMALL_BOM)

  async function written(...more: string[]): Promise<{ readonly rules: readonly Rule[]; readonly results: readonly Result[] }> {
    const out = join(folder, 'out.sarif')
    await weir(sbom, '--feed', feed, '--sarif', out, '--json', ...more)
    const { runs } = JSON.parse(readFileSync(out, 'utf8'))
    return { rules: runs[0].tool.driver.rules, results: runs[0].results }
  }

  test('a score as text where a vector was stated, tags, and a line for each result', async () => {
    const { rules, results } = await written()
    assert.deepEqual(
      rules.map(({ properties }) => [properties['security-severity'], properties['tags']]),
      [
        ['9.8', ['security']],
        [undefined, ['security']],
      ],
    )
    for (const { locations } of results) assert.equal(locations[0]!.physicalLocation.region.startLine, 1)
  })

  test('fingerprints differ by flaw and stay when dates and rules do not', async () => {
    const prints = ({ results }: { readonly results: readonly Result[] }) =>
      results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash'])
    const first = prints(await written())
    assert.match(first[0]!, /^[0-9a-f]{16}:1$/)
    assert.equal(new Set(first).size, 2)
    assert.deepEqual(prints(await written('--exposed', 'no', '--identified', '2026-01-01')).sort(), [...first].sort())
  })
})
