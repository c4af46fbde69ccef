import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { candidatesOf } from './candidates.ts'
import { readSecurityInsights } from './security-insights.ts'
import { readSecurityMd } from './security-md.ts'
import { readSecurityTxt } from './security-txt.ts'
import type { TermsDraft } from './terms-draft.ts'

const NOW = instant(Date.UTC(2026, 10, 21))
const AT = 'https://example.org/.well-known/security.txt'
const at = (draft: TermsDraft, place: string) =>
  draft.fields.filter((field) => field.at === place).map(({ value, line, stated }) => ({ value, line, stated }))
const notes = (draft: TermsDraft) => draft.notes.map(({ line, says }) => `${line}: ${says}`)
const contact = (route: string, address: string) => ({ route, at: address, keys: [] })
const PRINT = '0123456789ABCDEF0123456789ABCDEF01234567'

const TXT = `# Ours
Contact: mailto:Security%2Breports@example.org?subject=x
contact: https://github.com/acme/tool/security/advisories/new
Contact: tel:+1-201-555-0123
Expires: 2027-01-01T00:00:00Z
Encryption: openpgp4fpr:${PRINT.toLowerCase()}
Encryption: https://example.org/key.asc
Preferred-Languages: en, de
Canonical: ${AT}
Policy: https://example.org/policy
Acknowledgments: https://example.org/thanks
`

describe('security.txt', () => {
  test('fields become a draft with their lines', () => {
    const draft = readSecurityTxt(TXT, AT, NOW)
    assert.deepEqual(at(draft, '/contact'), [
      { value: contact('mail', 'Security+reports@example.org'), line: 2, stated: true },
      { value: contact('private-advisory', 'https://github.com/acme/tool/security/advisories/new'), line: 3, stated: true },
    ])
    assert.deepEqual(at(draft, '/contact/keys'), [{ value: [{ kind: 'pgp', fingerprint: PRINT }], line: 6, stated: true }])
    assert.deepEqual(at(draft, '/report/languages'), [{ value: ['en', 'de'], line: 8, stated: true }])
    assert.deepEqual(
      draft.links.map(({ what, line }) => [what, line]),
      [
        ['key', 7],
        ['canonical', 9],
        ['policy', 10],
      ],
    )
    assert.equal(draft.expiresAt, Date.UTC(2027, 0, 1))
    assert.deepEqual(notes(draft), ['4: A telephone number is given; letters cannot go there.'])
  })

  test('expired, twice, elsewhere, missing, and lines that are nothing', () => {
    const late = readSecurityTxt(TXT, 'https://other.example/security.txt', instant(Date.UTC(2027, 0, 1)))
    assert.ok(notes(late).includes('5: The file has expired: ask the project before relying on it.'))
    assert.ok(notes(late).includes('9: The file says that it belongs at another address.'))
    const poor = readSecurityTxt('Expires: soon\r\nExpires: later\r\nhello\r\nContact: nobody\r\nPolicy: http://a/', AT, NOW)
    assert.deepEqual(notes(poor), [
      '1: The end of the file is no instant.',
      '2: The file states its end more than once.',
      '3: This line is neither a field nor a comment.',
      '4: The contact is neither a mail address nor an https address.',
      '5: The address is not an https address.',
    ])
    assert.equal(poor.expiresAt, null)
    assert.equal(notes(readSecurityTxt('', AT, NOW)).length, 2)
  })

  test('of a signed file only what is inside counts, and it is said that nothing was verified', () => {
    const signed = [
      'Contact: mailto:evil@example.net',
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'Hash: SHA512',
      '',
      'Contact: mailto:a@example.org',
      '- # dashes',
      '-----BEGIN PGP SIGNATURE-----',
      'abc=',
      '-----END PGP SIGNATURE-----',
      'Contact: mailto:evil@example.net',
    ].join('\n')
    const draft = readSecurityTxt(signed, AT, NOW)
    assert.deepEqual(at(draft, '/contact'), [{ value: contact('mail', 'a@example.org'), line: 5, stated: true }])
    assert.equal(draft.notes[0]?.says, 'The file carries a signature, which was not verified.')
  })
})

const FIRST = `header:
  schema-version: 1.0.0
  expiration-date: '2026-01-01T00:00:00.000Z'
  project-url: https://example.org/tool
security-contacts:
- type: email
  value: a@example.org
- type: url
  value: https://example.org/report
vulnerability-reporting:
  accepts-vulnerability-reports: true
  email-contact: sec@example.org
  security-policy: https://example.org/policy
  out-scope:
  - denial of service
  - docs
`
const SECOND = `header:
  schema-version: 2.0.0
  project-si-source: https://example.org/parent.yml
project:
  name: Tool
  vulnerability-reporting:
    reports-accepted: false
    contact: { name: Jo, primary: true, email: jo@example.org }
    pgp-key: |
      -----BEGIN PGP PUBLIC KEY BLOCK-----
repository:
  url: https://example.org/tool.git
  accepts-automated-change-request: false
`

describe('SECURITY-INSIGHTS.yml', () => {
  test('version 1', () => {
    const draft = readSecurityInsights(FIRST, 'SECURITY-INSIGHTS.yml', NOW)
    assert.deepEqual(
      at(draft, '/contact').map(({ value, line }) => [(value as { at: string }).at, line]),
      [
        ['sec@example.org', 12],
        ['a@example.org', 7],
        ['https://example.org/report', 9],
      ],
    )
    assert.deepEqual(at(draft, '/optOut/reports'), [{ value: false, line: 11, stated: true }])
    assert.deepEqual(at(draft, '/outOfScope/words'), [{ value: 'denial of service\ndocs', line: 15, stated: true }])
    assert.deepEqual(at(draft, '/project/repository'), [{ value: 'https://example.org/tool', line: 4, stated: true }])
    assert.deepEqual(notes(draft), ['3: The file has expired: ask the project before relying on it.'])
  })

  test('version 2', () => {
    const draft = readSecurityInsights(SECOND, 'SECURITY-INSIGHTS.yml', NOW)
    assert.deepEqual(at(draft, '/contact'), [{ value: contact('mail', 'jo@example.org'), line: 8, stated: true }])
    assert.deepEqual(at(draft, '/optOut/reports'), [{ value: true, line: 7, stated: true }])
    assert.deepEqual(draft.links, [{ line: 3, what: 'inherits', url: 'https://example.org/parent.yml' }])
    assert.deepEqual(notes(draft), [
      '9: A key stands in the file; its fingerprint must be taken from it.',
      '13: The project takes no change requests from programs.',
    ])
  })

  test('other versions, broken files, and aliases, which are never followed', () => {
    assert.equal(notes(readSecurityInsights('header:\n  schema-version: 3.0.0', 'x', NOW)).length, 1)
    for (const broken of ['', 'a: [', '\t- x', '%', '"', '!!binary x'])
      assert.equal(readSecurityInsights(broken, 'x', NOW).notes.length, 1, broken)
    const aliased = readSecurityInsights(SECOND.replace('reports-accepted: false', 'reports-accepted: *a'), 'x', NOW)
    assert.deepEqual(at(aliased, '/optOut/reports'), [])
  })
})

describe('SECURITY.md', () => {
  test('hints with their lines, all unsure', () => {
    const draft = readSecurityMd(
      [
        'Write to security@acme.org or sec [at] acme [dot] com (not a@example.org), see [here](https://github.com/a/b/security/advisories/new).',
        'Key: `0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567`',
        'We ask for 90 days before you publish. We answer within 3 days.',
        'We answer within 5 days.',
        'Fixed in 0123456789abcdef0123456789abcdef01234567.',
      ].join('\n'),
      'SECURITY.md',
    )
    assert.deepEqual(at(draft, '/contact'), [
      { value: contact('mail', 'security@acme.org'), line: 1, stated: false },
      { value: contact('mail', 'sec@acme.com'), line: 1, stated: false },
      { value: contact('private-advisory', 'https://github.com/a/b/security/advisories/new'), line: 1, stated: false },
    ])
    assert.deepEqual(at(draft, '/contact/keys'), [{ value: [{ kind: 'pgp', fingerprint: PRINT }], line: 2, stated: false }])
    assert.deepEqual(
      at(draft, '/embargo').map(({ line }) => line),
      [3],
    )
  })

  test('what stands beside a negation is a note only, and nobody’s address is nothing', () => {
    const draft = readSecurityMd(
      'Do not mail dev@acme.org.\nNever wait 90 days to disclose.\ngit@acme.org noreply@acme.org',
      'x',
    )
    assert.deepEqual(draft.fields, [])
    assert.deepEqual(notes(draft), [
      '1: A mail address stands beside a negation: dev@acme.org',
      '2: A number of days stands beside a negation: 90',
    ])
    assert.equal(readSecurityMd('Please no reports written by an LLM.', 'x').notes.length, 1)
  })
})

test('drafts side by side: equal values once with all their sources, stated before hinted', () => {
  const suggested = candidatesOf([
    readSecurityMd('a@example.net, jo@acme.org', 'SECURITY.md'),
    readSecurityInsights(SECOND.replace('jo@example.org', 'jo@acme.org'), 'SI.yml', NOW),
  ])
  const contacts = suggested.find(({ at }) => at === '/contact')!
  assert.deepEqual(contacts.candidates, [
    {
      value: contact('mail', 'jo@acme.org'),
      from: [
        { file: 'SECURITY.md', line: 1, stated: false },
        { file: 'SI.yml', line: 8, stated: true },
      ],
    },
  ])
})
