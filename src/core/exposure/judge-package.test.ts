import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdvisoryRecord } from './advisory-record.ts'
import { about, component, NOON, record } from './advisory-samples.ts'
import { explain } from './explain.ts'

const stepsOf = (advisory: AdvisoryRecord, purl: string) => explain(advisory, component(purl)).steps.map(({ step }) => step)
const verdict = (advisory: AdvisoryRecord, purl: string) => explain(advisory, component(purl)).affected

test('a range holds from introduced to fixed, and up to the last affected version', () => {
  const fixed = about('npm', 'a', [[{ introduced: '1.0.0' }, { fixed: '1.2.0' }]])
  assert.deepEqual(
    ['0.9.0', '1.0.0', '1.1.9', '1.2.0-rc.1', '1.2.0', '2.0.0'].map((v) => verdict(fixed, `pkg:npm/a@${v}`)),
    ['no', 'yes', 'yes', 'yes', 'no', 'no'],
  )
  const last = about('npm', 'a', [[{ introduced: '0' }, { lastAffected: '1.2.0' }]])
  assert.deepEqual(
    ['0.0.1', '1.2.0', '1.2.1'].map((v) => verdict(last, `pkg:npm/a@${v}`)),
    ['yes', 'yes', 'no'],
  )
  const one = about('npm', 'a', [[{ introduced: '5.15.12' }, { lastAffected: '5.15.12' }]])
  assert.deepEqual(
    ['5.15.11', '5.15.12', '5.15.13'].map((v) => verdict(one, `pkg:npm/a@${v}`)),
    ['no', 'yes', 'no'],
  )
  const turned = about('npm', 'a', [[{ lastAffected: '5.15.12' }, { introduced: '5.15.12' }]])
  assert.deepEqual(
    ['5.15.11', '5.15.12', '5.15.13'].map((v) => verdict(turned, `pkg:npm/a@${v}`)),
    ['no', 'yes', 'no'],
  )
  const limited = about('npm', 'a', [[{ introduced: '0' }, { limit: '3.0.0' }]])
  assert.deepEqual(
    ['2.9.9', '3.0.0'].map((v) => verdict(limited, `pkg:npm/a@${v}`)),
    ['yes', 'no'],
  )
})

test('events count in the order of their versions, not as they were written', () => {
  const mixed = about('npm', 'a', [[{ fixed: '3.1.0' }, { introduced: '3.0.0' }, { fixed: '1.1.0' }, { introduced: '0' }]])
  assert.deepEqual(
    ['1.0.0', '1.1.0', '2.0.0', '3.0.5', '3.1.0'].map((v) => verdict(mixed, `pkg:npm/a@${v}`)),
    ['yes', 'no', 'no', 'yes', 'no'],
  )
})

test('a listed version is affected whatever the ranges say, in the sense of equal that the ecosystem has', () => {
  const listed = about('PyPI', 'a', [[{ introduced: '3.0' }]], ['1.0', '2.0.0'])
  assert.deepEqual(
    ['1.0', '1.0.0', '2.0', '2.1', '3.0'].map((v) => verdict(listed, `pkg:pypi/a@${v}`)),
    ['yes', 'yes', 'yes', 'no', 'yes'],
  )
  assert.deepEqual(stepsOf(listed, 'pkg:pypi/a@1.0.0'), ['same-package', 'listed-version'])
})

test('the fix named is the nearest version that nothing holds', () => {
  const two = about('npm', 'a', [
    [{ introduced: '1.0.0' }, { fixed: '1.5.0' }],
    [{ introduced: '1.4.0' }, { fixed: '2.0.0' }, { introduced: '3.0.0' }, { fixed: '3.1.0' }],
  ])
  assert.equal(explain(two, component('pkg:npm/a@1.1.0')).fixed, '2.0.0')
  assert.equal(explain(two, component('pkg:npm/a@3.0.1')).fixed, '3.1.0')
  assert.equal(explain(about('npm', 'a', [[{ introduced: '0' }]]), component('pkg:npm/a@1.1.0')).fixed, null)
})

test('Go versions of two parts and pseudo-versions find their place', () => {
  const stdlib = about('Go', 'stdlib', [
    [{ introduced: '0' }, { fixed: '1.18.9' }, { introduced: '1.19.0-0' }, { fixed: '1.19.4' }],
  ])
  assert.deepEqual(
    ['1.18', 'go1.18.9', '1.19', '1.19.4', '1.20'].map((v) => verdict(stdlib, `pkg:golang/stdlib@${v}`)),
    ['yes', 'no', 'yes', 'no', 'no'],
  )
  const module = about('Go', 'golang.org/x/net', [[{ introduced: '0' }, { fixed: '0.0.0-20220906165146-f3363e06e74c' }]])
  assert.equal(verdict(module, 'pkg:golang/golang.org/x/net@v0.0.0-20210226172049-e18ecbb05110'), 'yes')
  assert.equal(verdict(module, 'pkg:golang/golang.org/x/net@v0.0.0-20220906165146-f3363e06e74c'), 'no')
  assert.equal(verdict(module, 'pkg:golang/golang.org/x/net@v0.1.0'), 'no')
})

test('an advisory for a release of a distribution says nothing of another, and cannot say where none is stated', () => {
  const debian = about('Debian:12', 'openssl', [[{ introduced: '0' }, { fixed: '3.0.11-1~deb12u2' }]])
  const library = (version: string, distro: string) => `pkg:deb/debian/libssl3@${version}?${distro}upstream=openssl`
  assert.equal(verdict(debian, library('3.0.9-1', 'distro=debian-12&')), 'yes')
  assert.equal(verdict(debian, library('3.0.11-1~deb12u2', 'distro=debian-12&')), 'no')
  assert.deepEqual(stepsOf(debian, library('1.1.1n-0', 'distro=bullseye&')), ['same-package', 'other-release'])
  assert.equal(verdict(debian, library('3.0.9-1', '')), 'unknown')
  assert.deepEqual(stepsOf(debian, library('3.0.9-1', '')), ['same-package', 'in-range', 'release-not-stated'])
  assert.equal(verdict(debian, library('3.1.0-1', '')), 'no')
})

test('a module stream of RPM is another package', () => {
  const modular = about('Red Hat:8', 'nodejs', [[{ introduced: '0' }, { fixed: '1:18.19.0-1.module+el8.9' }]])
  assert.equal(verdict(modular, 'pkg:rpm/redhat/nodejs@18.1.0-1.module%2Bel8.9?epoch=1&distro=redhat-8'), 'yes')
  assert.deepEqual(stepsOf(modular, 'pkg:rpm/redhat/nodejs@10.1.0-1.el8?epoch=1&distro=redhat-8'), [
    'same-package',
    'other-module',
  ])
})

test('every no says which bound left the version out, and every unknown what was missing', () => {
  const fixed = about('npm', 'a', [[{ introduced: '1.0.0' }, { fixed: '1.2.0' }]])
  assert.deepEqual(stepsOf(fixed, 'pkg:npm/a@0.1.0'), ['same-package', 'before-introduced', 'no-range-holds'])
  assert.deepEqual(stepsOf(fixed, 'pkg:npm/a@1.2.0'), ['same-package', 'from-fixed', 'no-range-holds'])
  assert.deepEqual(stepsOf(fixed, 'pkg:npm/b@1.2.0'), ['other-package'])
  assert.deepEqual(stepsOf(fixed, 'pkg:npm/a'), ['same-package', 'unreadable-version'])
  assert.deepEqual(stepsOf(fixed, 'pkg:npm/a@latest'), ['same-package', 'unreadable-version'])
  assert.deepEqual(stepsOf({ ...fixed, withdrawn: NOON }, 'pkg:npm/a@1.1.0'), ['same-package', 'in-range', 'withdrawn'])
  const broken = about('npm', 'a', [[{ introduced: '0' }, { fixed: 'soon' }, { fixed: '1.0.0' }]])
  assert.deepEqual(stepsOf(broken, 'pkg:npm/a@2.0.0'), ['same-package', 'unknown-order'])
  const git = record('g', {
    affected: [{ key: 'npm/a', ecosystem: 'npm', name: 'a', ranges: [{ kind: 'git', events: [], vers: null }], versions: [] }],
  })
  assert.deepEqual(stepsOf(git, 'pkg:npm/a@2.0.0'), ['same-package', 'git-range-only'])
  const unordered = about('Mystery OS', 'a', [[{ introduced: '0' }, { fixed: '2' }]], ['1'])
  assert.equal(
    explain(
      { ...unordered, affected: unordered.affected.map((a) => ({ ...a, key: 'mystery/a' })) },
      component('pkg:mystery/a@1'),
    ).affected,
    'yes',
  )
  assert.equal(
    explain(
      { ...unordered, affected: unordered.affected.map((a) => ({ ...a, key: 'mystery/a' })) },
      component('pkg:mystery/a@3'),
    ).affected,
    'unknown',
  )
})
