// The shared inventories with the shared advisories: all that Trivy and osv-offline report, and every finding beyond with its reason.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type KeptInventory, type KeptPeers, plainFinding } from '../bench/peers/kept-findings.ts'
import { walkComponents } from '../bench/peers/plain-walk.ts'
import { lookUp } from '../src/core/exposure/look-up.ts'
import { bookOf, componentsIn, exposureCorpus, sharedInventories, sharedRecords } from './rewritten.ts'

const corpus = exposureCorpus()
const skip = corpus === null ? 'WEIR_CORPUS is not set: findings are not held against those of peers' : false
const kept = JSON.parse(readFileSync(join(import.meta.dirname, 'peers/peer-findings.json'), 'utf8')) as KeptPeers

/** Why a tool may be without a finding that stands: computed from the inventory, never listed. */
type Reason =
  | 'not-read' // the tool refuses the inventory's format
  | 'nested' // the component stands below another one, nowhere at the top
  | 'related' // SPDX: another package contains or needs it; without the relationship the tool finds it
  | 'type' // the component is called something else than a library
  | 'unexplained'

interface Judged {
  readonly ours: ReadonlySet<string>
  readonly peers: KeptInventory
  readonly reasonFor: (finding: string) => Reason
}

const unionOf = ({ both, trivyOnly, osvOfflineOnly }: KeptInventory) => new Set([...both, ...trivyOnly, ...osvOfflineOnly])
const trivyOf = ({ both, trivyOnly }: KeptInventory) => new Set([...both, ...trivyOnly])
const less = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((one) => !b.has(one))
const purlOf = (finding: string) => finding.slice(0, finding.lastIndexOf(' '))

function reasons(bytes: Uint8Array, { trivyRefused }: KeptInventory): (finding: string) => Reason {
  const walked = walkComponents(new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes))
  return (finding) => {
    if (trivyRefused !== null) return 'not-read'
    const own = walked.filter(({ purl }) => purlOf(plainFinding(`${purl} x`)) === purlOf(finding))
    if (own.length > 0 && own.every(({ nested }) => nested)) return 'nested'
    if (own.length > 0 && own.every(({ related }) => related)) return 'related'
    if (own.length > 0 && own.every(({ type }) => type !== null && type !== 'library')) return 'type'
    return 'unexplained'
  }
}

describe('findings beside those of peers', { skip }, () => {
  const records = corpus === null ? [] : sharedRecords(corpus)
  const { index } = bookOf(records)
  const judged = new Map<string, Judged>()
  for (const [name, bytes] of corpus === null ? [] : sharedInventories(corpus)) {
    const peers = kept.inventories.find(({ file }) => file === name)
    if (peers === undefined) continue
    const found = componentsIn(bytes, name).flatMap((component) =>
      lookUp(index, component)
        .filter(({ match }) => match.affected === 'yes')
        .map(({ record }) => plainFinding(`${component.purl ?? component.name} ${record.id}`)),
    )
    judged.set(name, { ours: new Set(found), peers, reasonFor: reasons(bytes, peers) })
  }

  test('every shared inventory was given to both peers, with as many records as we have', () => {
    assert.equal(kept.records, records.length)
    assert.deepEqual([...judged.keys()].sort(), kept.inventories.map(({ file }) => file).sort())
    assert.equal(judged.size, 46)
  })

  test('nothing that a peer reports is missed', () => {
    let all = 0
    for (const [name, { ours, peers }] of judged) {
      const union = unionOf(peers)
      all += union.size
      assert.deepEqual(less(union, ours), [], name)
    }
    assert.ok(all > 250, String(all))
  })

  test('nothing is reported that no peer reports, unless the inventory shows why they do not', () => {
    const extra = [...judged].flatMap(([name, { ours, peers, reasonFor }]) =>
      less(ours, unionOf(peers)).map((finding) => ({ name, finding, why: reasonFor(finding) })),
    )
    assert.deepEqual(
      extra.filter(({ why }) => why === 'unexplained'),
      [],
    )
  })

  test('each finding that Trivy misses is in a format it refuses, a nested or related component, or one of another type', () => {
    const counted: Record<Reason, number> = { 'not-read': 0, nested: 0, related: 0, type: 0, unexplained: 0 }
    const unexplained: string[] = []
    for (const [name, { ours, peers, reasonFor }] of judged) {
      for (const finding of less(ours, trivyOf(peers))) {
        counted[reasonFor(finding)]++
        if (reasonFor(finding) === 'unexplained') unexplained.push(`${name} ${finding}`)
      }
    }
    assert.deepEqual(unexplained, [])
    assert.deepEqual(counted, { 'not-read': 33, nested: 15, related: 6, type: 13, unexplained: 0 })
  })

  test('nested is flat and XML is JSON, where Trivy says less of the one than of the other', () => {
    for (const [one, other] of [
      ['juice-shop-npm-nested.cdx-1.4.json', 'juice-shop-npm-flat.cdx-1.4.json'],
      ['juice-shop-11.1.2.cdx.xml', 'juice-shop-11.1.2.cdx.json'],
    ] as const) {
      const [a, b] = [judged.get(one)!, judged.get(other)!]
      assert.deepEqual([...a.ours].sort(), [...b.ours].sort(), one)
      assert.ok(trivyOf(a.peers).size < trivyOf(b.peers).size, one)
    }
  })
})
