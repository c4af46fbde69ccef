import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { completeness, isReadable, MISSING } from './completeness.ts'
import type { AdvisoryContent, AffectedProduct } from './content.ts'
import { osvPackage } from './osv-package.ts'

const product: AffectedProduct = {
  purl: 'pkg:npm/a',
  vendor: null,
  product: null,
  ranges: [],
  versions: ['1'],
  status: 'affected',
  justification: null,
  statement: null,
}
const base = sampleEdition(2).content
const flaw = { ...base.flaws[0]!, title: 'T', description: 'D', aliases: ['CVE-2026-1234'], affected: [product] }
const whole: AdvisoryContent = { ...base, title: 'T', summary: 'S', flaws: [flaw] }

const said = (content: AdvisoryContent) =>
  Object.fromEntries(
    Object.entries(completeness(content)).map(([format, list]) => [format, list.map(({ at, what }) => `${at} ${what}`)]),
  )
const withProduct = (change: Partial<AffectedProduct>) => ({
  ...whole,
  flaws: [{ ...flaw, affected: [{ ...product, ...change }] }],
})

test('a whole one lacks nothing', () => {
  assert.deepEqual(said(whole), { csaf: [], osv: [], cve: [], atom: [] })
  assert.ok(isReadable(whole))
})

test('each format says what it lacks, and nothing that it does without', () => {
  assert.deepEqual(said({ ...whole, summary: ' ' }), { csaf: ['summary summary'], osv: [], cve: [], atom: ['summary summary'] })
  assert.deepEqual(said({ ...whole, flaws: [] }), {
    csaf: ['flaws flaws'],
    osv: ['flaws flaws'],
    cve: ['flaws flaws'],
    atom: [],
  })
  assert.deepEqual(said({ ...whole, flaws: [{ ...flaw, aliases: [] }] }).cve, ['flaws/0/aliases cve-id'])
  assert.deepEqual(said({ ...whole, language: 'de' }).cve, ['language english'])
  assert.deepEqual(said({ ...whole, publisher: { ...whole.publisher, cna: null } }).cve, ['publisher/cna cna'])
  assert.deepEqual(said(withProduct({ versions: [] })).csaf, ['flaws/0/affected/0 versions'])
  assert.deepEqual(said(withProduct({ status: 'not-affected' })).csaf, ['flaws/0/affected/0 justification'])
  assert.deepEqual(said(withProduct({ status: 'not-affected', statement: 'Never built.' })).csaf, [])
  assert.deepEqual(said(withProduct({ purl: null, vendor: 'v', product: 'p' })).osv, ['flaws/0/affected package'])
  assert.deepEqual(said(withProduct({ purl: 'pkg:generic/a' })).osv, ['flaws/0/affected package'])
})

test('everything missing has a sentence', () => {
  for (const sentence of Object.values(MISSING)) assert.match(sentence, /^[A-Z].*\.$/)
})

test('purls are named as OSV names packages', () => {
  assert.deepEqual(osvPackage('pkg:maven/org.a/b'), { ecosystem: 'Maven', name: 'org.a:b' })
  assert.deepEqual(osvPackage('pkg:npm/%40scope/name'), { ecosystem: 'npm', name: '@scope/name' })
  assert.deepEqual(osvPackage('pkg:golang/github.com/a/b'), { ecosystem: 'Go', name: 'github.com/a/b' })
  assert.deepEqual(osvPackage('pkg:deb/debian/openssl'), { ecosystem: 'Debian', name: 'openssl' })
  assert.equal(osvPackage('pkg:deb/nobody/openssl'), null)
  assert.equal(osvPackage('not a purl'), null)
})
