import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AffectedPackage } from './advisory-record.ts'
import { compilePackage } from './compiled-package.ts'
import { judgeVersion } from './judge-package.ts'
import { ReadVersion } from './read-version.ts'

type Events = AffectedPackage['ranges'][number]['events']
function judged(version: string, events: Events, versions: readonly string[] = []) {
  const affected: AffectedPackage = {
    key: 'npm/angular',
    ecosystem: 'npm',
    name: 'angular',
    release: null,
    versions,
    ranges: [{ kind: 'semver', events }],
  } as unknown as AffectedPackage
  return judgeVersion(compilePackage(affected), new ReadVersion(version), true)
}

test('an end in nines bounds what is affected and is no version to upgrade to', () => {
  for (const end of ['1.999.0', '99.999.99999', '99.999.9999', '999.999.999', '999.99.9999', '2.999.999', '99.99.9999']) {
    const { affected, fixed } = judged('1.8.2', [{ introduced: '0' }, { fixed: end }])
    assert.deepEqual([affected, fixed], ['yes', null], end)
  }
  assert.equal(judged('2.0.0', [{ introduced: '0' }, { fixed: '1.999.0' }]).affected, 'no')
  // What is mended beyond it is a version like any other.
  const beyond: Events = [{ introduced: '0' }, { fixed: '1.999.0' }, { introduced: '2.0.0' }, { fixed: '2.0.5' }]
  assert.equal(judged('1.8.2', beyond).fixed, '2.0.5')
})

test('a version that only has nines in it, or stands among versions that do, is believed', () => {
  const fixed = (end: string, versions: readonly string[] = []) =>
    judged('0.0.1', [{ introduced: '0' }, { fixed: end }], versions).fixed
  for (const end of ['1.9.9', '10.99.3', '0.0.99', '1.1999.0', '9.9991.0', '2.0.99']) assert.equal(fixed(end), end)
  assert.equal(fixed('1.999.1'), null)
  assert.equal(fixed('1.999.1', ['1.999.0']), '1.999.1')
  assert.equal(judged('1.999.0', [{ introduced: '1.999.0' }, { fixed: '1.999.1' }]).fixed, '1.999.1')
})
