import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '../../core/kernel/instant.ts'
import { readAnswer, retryAfter } from './read-answer.ts'
import { ANSWERS } from './routes.ts'
import { CVE_PRODUCTION, CVE_TEST, readRelaySettings } from './settings.ts'

const NOW = instant(Date.UTC(2026, 10, 21, 12))

test('a wait is read in seconds and as a date, is never in the past and never endless', () => {
  assert.equal(retryAfter('90', NOW), NOW + 90_000)
  assert.equal(retryAfter('Sat, 21 Nov 2026 12:05:00 GMT', NOW), NOW + 300_000)
  assert.equal(retryAfter('Sat, 21 Nov 2020 12:05:00 GMT', NOW), NOW)
  assert.equal(retryAfter('9999999999', NOW), NOW + 7 * 86_400_000)
  assert.equal(retryAfter('soon', NOW), null)
  assert.equal(retryAfter(undefined, NOW), null)
})

test('no answer, however hostile, throws or becomes a success without an identifier', () => {
  const body = fc.oneof(
    fc.json(),
    fc.constantFrom(
      '{"errors":[{"field":{"toString":1},"code":[]}]}',
      '{"errors":{"a":{"toString":1}}}',
      '{"receipt":"SUB-\\u0000"}',
      '',
      '[[',
      'null',
    ),
  )
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(ANSWERS)), fc.integer({ min: 200, max: 599 }), body, (rules, status, text) => {
      const outcome = readAnswer({ came: 'answer', status, headers: {}, body: text }, rules, NOW)
      if (outcome.ok) assert.equal(status, rules.stored)
      if (!outcome.ok && 'refused' in outcome) {
        assert.ok(outcome.faults.length <= 20 && outcome.faults.every((line) => line.length <= 300))
        // A 5xx is refused only where the other side promises that it stored nothing.
        if (status >= 500) assert.ok(rules.notStored.includes(status))
      }
    }),
  )
})

test('settings: https only, no credential in an address, and CVE production only where it is meant', () => {
  const key = { WEIR_CVE_KEY: 'a-key-of-cve', WEIR_CVE_ORG: 'weir', WEIR_CVE_USER: 'desk@weir.example' }
  const cve = (env: Record<string, string>) => {
    const read = readRelaySettings({ ...key, ...env })
    return read.ok ? read.settings.cve?.base.href : read.key
  }
  assert.equal(cve({}), CVE_TEST)
  assert.equal(cve({ WEIR_CVE_INSTANCE: 'production' }), CVE_PRODUCTION)
  assert.equal(cve({ WEIR_CVE_URL: CVE_PRODUCTION }), 'WEIR_CVE_URL')
  assert.equal(cve({ WEIR_CVE_URL: 'https://CVEAWG.mitre.org:443/api' }), 'WEIR_CVE_URL')
  assert.equal(cve({ WEIR_CVE_INSTANCE: 'prod' }), 'WEIR_CVE_INSTANCE')
  assert.equal(cve({ WEIR_CVE_ORG: '' }), 'WEIR_CVE_ORG')
  const bad = [
    'http://api.example',
    'ftp://127.0.0.1',
    'https://a:b@api.example',
    'https://api.example/?x=1',
    'nonsense',
    'http://127.0.0.1.evil.example',
  ]
  for (const url of bad) {
    const read = readRelaySettings({ WEIR_RELAY_GITHUB_TOKEN: 'a-token-here', WEIR_RELAY_GITHUB_URL: url })
    assert.ok(!read.ok && read.key === 'WEIR_RELAY_GITHUB_URL', url)
  }
  const crooked = readRelaySettings({ WEIR_RELAY_VINCE_TOKEN: 'a token\r\nX: y' })
  assert.ok(!crooked.ok && crooked.key === 'WEIR_RELAY_VINCE_TOKEN' && !crooked.why.includes('X: y'))
  const none = readRelaySettings({})
  assert.ok(none.ok && Object.values(none.settings).every((host) => host === null))
})
