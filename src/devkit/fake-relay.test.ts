import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FakeAsked } from './fake-relay.ts'
import { fakeAkrites } from './fake-relay-akrites.ts'
import { fakeGithub } from './fake-relay-github.ts'
import { repeatedKeys } from './fake-relay-json.ts'
import { fakeVince } from './fake-relay-vince.ts'

const asked = (path: string, headers: Record<string, string>, body: string): FakeAsked => ({
  method: 'POST',
  path,
  query: new URLSearchParams(),
  headers: { 'user-agent': 'x', 'content-type': 'application/json', ...headers },
  body: Buffer.from(body),
})

test('keys that stand twice are found by their path, and strings that look like keys are not', () => {
  assert.deepEqual(repeatedKeys('{"a":1,"b":{"a":"\\"a\\":","a":[{"c":1},{"c":2,"c":3}]},"a":null}'), ['/b/a', '/b/a/c', '/a'])
  assert.deepEqual(repeatedKeys(' { "a" : [ 1 , "a" , { } , [ ] ] , "b" : true } '), [])
})

test('GitHub refuses keys of no field, both severities, and texts too long', () => {
  const github = fakeGithub('t')
  github.repositories.set('o/r', true)
  const status = (report: object) => {
    return github.answer(asked('/repos/o/r/security-advisories/reports', { authorization: 'Bearer t' }, JSON.stringify(report)))
      .status
  }
  const good = { summary: 's', description: 'd' }
  assert.equal(status(good), 201)
  for (const bad of [
    { ...good, credits: [] },
    { summary: 's' },
    { ...good, summary: 'x'.repeat(1025) },
    { ...good, severity: 'high', cvss_vector_string: 'CVSS:3.1/AV:N' },
    { ...good, severity: 'worst' },
    { ...good, vulnerabilities: [{ package: { ecosystem: 'debian' } }] },
    { ...good, vulnerabilities: [{ package: { ecosystem: 'npm' }, extra: 1 }] },
  ]) {
    assert.equal(status(bad), 422)
  }
  assert.equal(github.stored.length, 1)
})

test('Akrites names each violation, and stores nothing of a report that has one', () => {
  const akrites = fakeAkrites('t')
  const answer = (body: string) => akrites.answer(asked('/v1/reports', { authorization: 'Bearer t' }, body))
  const codes = (report: object) =>
    (answer(JSON.stringify(report)).body as { errors: { code: string }[] }).errors.map(({ code }) => code)
  const file = { filename: 'a.txt', data: 'x', content_type: 'text/plain' }
  const good = { purl: 'pkg:npm/a', attachments: [file] }
  assert.equal(answer(JSON.stringify(good)).status, 202)
  assert.deepEqual(codes({ ...good, surprise: 1 }), ['field_not_allowed'])
  assert.deepEqual(codes({ attachments: [] }), ['missing_field'])
  assert.deepEqual(codes({ ...good, purl: 'npm/a' }), ['invalid_purl'])
  assert.deepEqual(codes({ ...good, notify: 'all' }), ['missing_field'])
  assert.deepEqual(codes({ ...good, introduced_commit: 'main' }), ['invalid_commit'])
  assert.deepEqual(codes({ ...good, references: ['javascript:1'] }), ['invalid_reference'])
  assert.deepEqual(codes({ ...good, attachments: [file, file] }), ['invalid_filename'])
  assert.deepEqual(codes({ ...good, attachments: [{ ...file, filename: '../a' }] }), ['invalid_filename'])
  assert.deepEqual(codes({ ...good, attachments: [{ ...file, content_type: 'application/octet-stream' }] }), ['invalid_base64'])
  assert.equal(answer(JSON.stringify({ ...good, versions: Array(65).fill('1') })).status, 413)
  assert.equal(answer('{"purl":"pkg:npm/a","purl":"pkg:npm/b"}').status, 400)
  assert.equal(
    answer('{"purl":"pkg:npm/a","attachments":[{"filename":"a","filename":"b","data":"x","content_type":"text/plain"}]}')
      .status,
    400,
  )
  assert.equal(answer('{} {}').status, 400)
  assert.equal(akrites.stored.length, 1)
})

test('VINCE takes a form of its own fields and one file', () => {
  const vince = fakeVince('t', () => 0)
  const form = (fields: Record<string, string>) => {
    const body = Object.entries(fields).map(
      ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    const headers = { authorization: 'Token t', 'content-type': 'multipart/form-data; boundary=b' }
    return vince.answer(asked('/vince/comm/api/vulreport/', headers, `${body.join('')}--b--\r\n`))
  }
  const texts = ['product_name', 'product_version', 'vul_description', 'vul_exploit', 'vul_impact', 'vul_discovery']
  const answers =
    'share_release credit_release comm_attempt multiplevendors ics_impact ai_ml_system vul_public vul_exploited vul_disclose cisa_please'
  const good = {
    ...Object.fromEntries(texts.map((name) => [name, 'x'])),
    ...Object.fromEntries(answers.split(' ').map((name) => [name, 'False'])),
  }
  assert.equal(form(good).status, 201)
  for (const bad of [
    { ...good, surprise: 'x' },
    { ...good, vul_public: 'no' },
    { ...good, vul_impact: ' ' },
    { ...good, tracking: 'x'.repeat(101) },
  ]) {
    assert.equal(form(bad).status, 400)
  }
  assert.equal(vince.answer(asked('/vince/comm/api/vulreport/', { authorization: 'Token t' }, '{}')).status, 415)
  assert.equal(vince.answer(asked('/vince/comm/api/vulreport/', {}, '{}')).status, 401)
  assert.equal(vince.stored.length, 1)
})
