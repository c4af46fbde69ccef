import assert from 'node:assert/strict'
import { test } from 'node:test'
import { osvNames } from './osv-names.ts'

const of = (ecosystem: string, over: object) => ({ affected: [{ package: { ecosystem, name: 'x' } }], ...over })

test('a distribution names what it passes on in upstream, or in related where it is older', () => {
  const [one, two] = ['CVE-2024-0001', 'CVE-2024-0002']
  const cases: [value: object, names: string[]][] = [
    [of('Debian:12', { upstream: [one] }), [one]],
    [of('Debian:12', { aliases: ['DSA-1'], upstream: [one, two, 'GHSA-a'] }), ['DSA-1', one, two]],
    [of('Wolfi', { upstream: ['GHSA-a'] }), ['GHSA-a']],
    [of('AlmaLinux:8', { related: [one, two, 'ALSA-2'] }), [one, two]],
    [of('AlmaLinux:8', { upstream: [one], related: [two] }), [one]],
    [of('npm', { aliases: ['GHSA-a'], related: [one] }), ['GHSA-a']],
    [of('npm', { aliases: [one, one, 'X-1'] }), [one]],
    [{ upstream: 3, related: [{}, one], affected: [null, { package: 1 }] }, []],
  ]
  for (const [value, names] of cases) assert.deepEqual(osvNames(value as never, 'X-1'), names)
  assert.deepEqual(osvNames(of('Debian:12', { related: ['CVE-2024-0002'] }) as never, 'CVE-2024-0001'), [])
})
