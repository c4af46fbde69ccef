import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relayFile, relayProvenance, relaySource, sha256 } from '../../../devkit/fake-relay-source.ts'
import { draftForAkrites } from './akrites-draft.ts'
import { bodyDigest } from './draft-parts.ts'
import { draftForGithub } from './github-draft.ts'
import type { Drafted, RelayDraft } from './relay-draft.ts'
import type { RelaySource } from './relay-source.ts'
import { draftForVince, type VinceAnswers } from './vince-draft.ts'

const ANSWERS: VinceAnswers = {
  contact: { name: 'Desk', organisation: 'Clearing House', email: 'desk@clearing.example' },
  shareContact: true,
  nameCredits: true,
  industrialControl: false,
  machineLearning: false,
  coordinateWithCisa: false,
  planToDisclose: true,
  vendorContact: null,
}

const ROUTES: readonly ((source: RelaySource) => Drafted)[] = [
  (source) => draftForGithub(source, false, sha256),
  (source) => draftForVince(source, ANSWERS, sha256),
  (source) => draftForAkrites(source, null, sha256),
]

function drafted(made: Drafted): RelayDraft {
  assert.ok(made.ok, made.ok ? '' : made.say)
  return made.draft
}

/** All that a draft would send, as one text. */
function whole(draft: RelayDraft): string {
  return JSON.stringify(draft.body, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
}

const code = (made: Drafted) => (made.ok ? 'drafted' : made.code)

test('no route carries a reporter: not in texts, not in a patch, not in a file', () => {
  const hostile = relaySource({
    summary: 'Found by Grace Reporter',
    description:
      'Ask GRACE@home.example or gr\u200bace@home.example, or grace reporter, or any.body+x@mail.example.org. git@github.com:a/b stays.',
    trigger: 'ghopper ran it.',
    impact: 'Ghopper says: all.',
    files: [
      relayFile('reproducer', 'by ghopper\n'),
      relayFile('patch', 'From: Grace Reporter <grace@home.example>\r\n--- a\n+++ b\n'),
      relayFile('test', new Uint8Array([0, ...new TextEncoder().encode('grace reporter'), 0])),
    ],
  })
  for (const route of ROUTES) {
    const draft = drafted(route(hostile))
    assert.doesNotMatch(whole(draft), /grace|ghopper|mail\.example/i)
    assert.ok(draft.removed >= 5)
    assert.ok(draft.leftOut.some(({ what, why }) => what === 'reproducer' && why === 'personal-data'))
  }
  const github = drafted(ROUTES[0]!(hostile))
  assert.match(whole(github), /git@github\.com/)
  assert.match(whole(github), /From: \[removed\] <\[removed\]>/)
})

test('who wishes to be credited by name or address stays, verbatim', () => {
  const credits = ['Grace Reporter <grace@home.example>']
  for (const route of ROUTES) {
    const draft = drafted(route(relaySource({ provenance: relayProvenance({ credits }) })))
    const text = draft.route === 'akrites' ? Buffer.from(draft.body.files[0]!.bytes).toString() : whole(draft)
    assert.ok(text.includes(`Credit: ${credits[0]}`))
  }
})

test('a patch keeps its changes byte for byte, and one whose changes name a reporter stays here', () => {
  const head = (n: number) =>
    `From ${'a1'.repeat(20)} Mon Sep 17\nFrom: Someone ${n} <s${n}@mail.example>\nSigned-off-by: Grace Reporter <grace@home.example>\n`
  const changes =
    '---\n x | 2 +-\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\r\n-mail("user@host.example")\n+mail("")\n'
  const draft = drafted(ROUTES[0]!(relaySource({ files: [relayFile('patch', head(1) + changes + head(2) + changes)] })))
  assert.ok(draft.route === 'github')
  assert.equal(draft.body.description.split(changes).length - 1, 2)
  assert.doesNotMatch(draft.body.description, /mail\.example|grace/i)
  const named = drafted(ROUTES[0]!(relaySource({ files: [relayFile('patch', `${changes}+// by Grace Reporter\n`)] })))
  assert.deepEqual(named.leftOut, [{ what: 'patch', why: 'personal-data' }])
})

test('ten mebibytes of a reproducer are looked through in less than two seconds', () => {
  const bytes = new Uint8Array(10 * 1024 * 1024).map((_, n) => (n % 7 === 0 ? 0x40 : 0x61 + (n % 26)))
  const personal = Array.from({ length: 100 }, (_, n) => `reporter number ${n}`)
  const began = process.cpuUsage()
  const draft = drafted(ROUTES[1]!(relaySource({ personal, files: [relayFile('reproducer', bytes)] })))
  assert.ok(draft.route === 'vince' && draft.body.file !== null)
  const { user, system } = process.cpuUsage(began)
  assert.ok(user + system < 2_000_000, `${(user + system) / 1e6} s`)
})

test('a provenance that names a reporter who did not wish it makes no draft', () => {
  const [finder] = relayProvenance().chain
  const named = relayProvenance({ chain: [{ ...finder!, name: 'Grace Reporter' }] })
  const origin = relayProvenance({ origins: ['https://code.example/ghopper/found'] })
  for (const route of ROUTES) {
    assert.equal(code(route(relaySource({ provenance: named }))), 'draft.personal-data')
    assert.equal(code(route(relaySource({ provenance: origin }))), 'draft.personal-data')
  }
})

test('terms that are not those agreed, and bytes that are not those kept, make no draft', () => {
  const { embargo } = relayProvenance()
  assert.ok(embargo)
  const earlier = relayProvenance({ embargo: { ...embargo, text: embargo.text.replace('90', '30') } })
  const [reproducer] = relaySource().files
  for (const route of ROUTES) {
    assert.equal(code(route(relaySource({ provenance: earlier }))), 'embargo.changed')
    assert.equal(code(route(relaySource({ files: [{ ...reproducer!, bytes: new Uint8Array([1]) }] }))), 'draft.file-digest')
    assert.equal(code(route(relaySource({ description: ' \n' }))), 'draft.field-missing')
    assert.ok(drafted(route(relaySource())).digest !== drafted(route(relaySource({ summary: 'Another' }))).digest)
  }
})

test('GitHub: vector or word, never both; what does not fit is named; what others wrote is fenced', () => {
  const draft = drafted(ROUTES[0]!(relaySource()))
  assert.ok(draft.route === 'github')
  assert.equal(draft.body.severity, undefined)
  assert.deepEqual(draft.body.vulnerabilities[0]?.package, { ecosystem: 'npm', name: '@example/lib' })
  assert.deepEqual(draft.leftOut, [{ what: 'reproducer', why: 'machine-bytes' }])
  assert.deepEqual(draft.lacks, [])

  const old = drafted(ROUTES[0]!(relaySource({ severity: { word: 'high', vector: 'AV:N/AC:L/Au:N/C:P/I:P/A:P' } })))
  assert.ok(old.route === 'github' && old.body.severity === 'high' && old.body.cvss_vector_string === undefined)

  const big = drafted(
    ROUTES[0]!(relaySource({ description: 'x'.repeat(64_000), files: [relayFile('patch', 'y'.repeat(2000))] })),
  )
  assert.ok(big.leftOut.some(({ what, why }) => what === 'patch' && why === 'length'))
  assert.equal(code(ROUTES[0]!(relaySource({ description: 'x'.repeat(66_000) }))), 'draft.field-too-long')
  assert.equal(code(ROUTES[0]!(relaySource({ summary: 'x'.repeat(1025) }))), 'draft.field-too-long')

  const live = drafted(ROUTES[0]!(relaySource({ description: 'a\n```\n@everyone ![x](https://spy.example/p.png)\n````\nb' })))
  assert.ok(live.route === 'github')
  assert.ok(live.body.description.startsWith('`````\na\n'))
})

test('VINCE: required fields, their lengths, and one file', () => {
  const draft = drafted(ROUTES[1]!(relaySource()))
  assert.ok(draft.route === 'vince')
  assert.equal(draft.body.file?.kind, 'reproducer')
  assert.deepEqual(
    draft.leftOut.filter(({ why }) => why === 'count').map(({ what }) => what),
    ['patch', 'test'],
  )
  assert.deepEqual(draft.body.fields['contact_email'], ['desk@clearing.example'])
  assert.equal(code(ROUTES[1]!(relaySource({ trigger: null }))), 'draft.field-missing')
  assert.equal(code(ROUTES[1]!(relaySource({ impact: 'x'.repeat(20_001) }))), 'draft.field-too-long')
  const large = relaySource({
    files: [relayFile('reproducer', new Uint8Array(10 * 1024 * 1024 + 1)), relayFile('patch', 'small\n')],
  })
  const second = drafted(ROUTES[1]!(large))
  assert.ok(second.route === 'vince' && second.body.file?.kind === 'patch')
  assert.equal(code(draftForVince(relaySource({ products: [] }), ANSWERS, sha256)), 'draft.field-missing')
})

test('Akrites: files under names that tell nothing, limits of file, count and body', () => {
  const draft = drafted(ROUTES[2]!(relaySource()))
  assert.ok(draft.route === 'akrites')
  assert.deepEqual(
    draft.body.files.map(({ filename }) => filename),
    ['report.txt', 'reproducer-1.bin', 'patch-2.txt', 'test-3.txt'],
  )
  const many = relaySource({ files: Array.from({ length: 20 }, (_, n) => relayFile('reproducer', `${n}\n`)) })
  const most = drafted(ROUTES[2]!(many))
  assert.ok(most.route === 'akrites' && most.body.files.length === 16)
  assert.equal(most.leftOut.filter(({ why }) => why === 'count').length, 5)

  const heavy = relaySource({ files: Array.from({ length: 5 }, () => relayFile('reproducer', new Uint8Array(768 * 1024))) })
  const fits = drafted(ROUTES[2]!(heavy))
  assert.ok(fits.route === 'akrites' && fits.body.files.length === 3)
  assert.equal(fits.leftOut.filter(({ why }) => why === 'length').length, 3)
  assert.equal(code(ROUTES[2]!(relaySource({ products: [] }))), 'draft.field-missing')

  const odd = drafted(
    ROUTES[2]!(
      relaySource({ severity: { word: null, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }, aliases: ['VU#1'] }),
    ),
  )
  assert.deepEqual(
    odd.leftOut.map(({ what }) => what),
    ['upstream_ids', 'cvss_vector'],
  )
})

test('the digest of a draft is that of its body', () => {
  for (const route of ROUTES) {
    const draft = drafted(route(relaySource()))
    assert.equal(bodyDigest({ route: draft.route, body: draft.body } as RelayDraft, sha256), draft.digest)
  }
})
