import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildIndex } from './advisory-index.ts'
import { about, component } from './advisory-samples.ts'
import { ComponentTable } from './component-table.ts'
import { explain } from './explain.ts'
import { lookUp } from './look-up.ts'

type Events = Parameters<typeof about>[2][number]

/** The one answer that both ways of asking, and the table of all assets, give. */
function verdict(ecosystem: string, name: string, events: Events, purl: string): string {
  const advisory = about(ecosystem, name, [events])
  const asked = component(purl)
  const { affected } = explain(advisory, asked)
  assert.equal(lookUp(buildIndex([advisory]), asked)[0]?.match.affected ?? 'no', affected, purl)
  const table = new ComponentTable()
  table.putAsset(1, [asked])
  assert.equal(table.affectedBy(advisory)[0]?.match.affected ?? 'no', affected, purl)
  return affected
}

const to = (fixed: string): Events => [{ introduced: '0' }, { fixed }]

test('what tools append to a version is not taken for a version before the release', () => {
  const gem = (version: string) => verdict('RubyGems', 'nokogiri', to('1.13.4'), `pkg:gem/nokogiri@${version}`)
  assert.deepEqual(
    [
      '1.13.3-x86_64-linux',
      '1.13.3-java',
      '1.13.4-x86_64-linux-musl',
      '1.13.4-java',
      '1.13.4-arm64-darwin.22',
      '1.13.4.rc1',
    ].map(gem),
    ['yes', 'yes', 'no', 'no', 'no', 'yes'],
  )
  const bitnami = (version: string) => verdict('Bitnami', 'redis', to('7.0.0'), `pkg:bitnami/redis@${version}?arch=arm64`)
  assert.deepEqual(['6.2.9-4', '7.0.0-3', '7.0.0'].map(bitnami), ['yes', 'no', 'no'])
  const since = verdict('Bitnami', 'nginx', [{ introduced: '1.26.0-0' }], 'pkg:bitnami/nginx@1.26.0-2')
  assert.equal(since, 'yes')
})

test('a branch of Composer without a number is held by no range, and listed by name', () => {
  const branch = (version: string) => verdict('Packagist', 'a/b', to('1.2.0'), `pkg:composer/a/b@${version}`)
  assert.deepEqual(['dev-main', '1.1.x-dev', '1.2.x-dev', 'v1.1.0'].map(branch), ['unknown', 'yes', 'no', 'yes'])
  const listed = about('Packagist', 'a/b', [to('1.2.0')], ['dev-main'])
  assert.equal(explain(listed, component('pkg:composer/a/b@dev-main')).affected, 'yes')
})

test('a package of which every version is affected needs no version', () => {
  const malicious = (purl: string) => verdict('npm', 'a', [{ introduced: '0' }], purl)
  assert.deepEqual(['pkg:npm/a', 'pkg:npm/a@latest', 'pkg:npm/a@1.0.0'].map(malicious), ['yes', 'yes', 'yes'])
  assert.equal(verdict('npm', 'a', [{ introduced: '0' }, { limit: '2.0.0' }], 'pkg:npm/a'), 'unknown')
  assert.equal(verdict('npm', 'a', [{ introduced: '0' }, { limit: '*' }], 'pkg:npm/a'), 'yes')
})

test('an RPM is known by its source package where its distribution writes advisories of those', () => {
  const suse = (qualifiers: string, version = '1.1.1l-150400.7.20.1') =>
    verdict(
      'SUSE:Linux Enterprise Server 15 SP4',
      'openssl-1_1',
      to('1.1.1l-150400.7.28.1'),
      `pkg:rpm/suse/libopenssl1_1@${version}?distro=sles-15.4${qualifiers}`,
    )
  assert.equal(suse('&upstream=openssl-1_1-1.1.1l-150400.7.20.1.src.rpm'), 'yes')
  assert.equal(suse('&upstream=openssl-1_1@1.1.1l-150400.7.20.1'), 'yes')
  assert.equal(suse('&upstream=openssl-1_1', '1.1.1l-150400.7.28.1'), 'no')
  assert.equal(suse(''), 'no')
  const rocky = (version: string) =>
    verdict(
      'Rocky Linux:8',
      'openssl',
      to('1:1.1.1k-9.el8_7'),
      `pkg:rpm/rocky/openssl-libs@${version}?distro=rocky-8.6&epoch=1&upstream=openssl-${version}.src.rpm`,
    )
  assert.deepEqual(['1.1.1k-7.el8_6', '1.1.1k-9.el8_7'].map(rocky), ['yes', 'no'])
  const own = verdict(
    'Rocky Linux:8',
    'openssl-libs',
    to('1:2'),
    'pkg:rpm/rocky/openssl-libs@1?epoch=1&distro=rocky-8&upstream=openssl-1-1.src.rpm',
  )
  assert.equal(own, 'yes')
  // Red Hat names what is installed: another package of the same source may not be affected.
  assert.equal(verdict('Red Hat:8', 'a', to('2'), 'pkg:rpm/redhat/a-libs@1?distro=rhel-8&upstream=a-1-1.src.rpm'), 'no')
})

test('the release of an RPM is read of its version where no distribution is stated', () => {
  const bare = (version: string) =>
    verdict('Red Hat:enterprise_linux:8::baseos', 'openssl', to('1:2-1'), `pkg:rpm/redhat/openssl@${version}?epoch=1`)
  assert.deepEqual(['1-7.el8_6', '1-7.el9', '1-7'].map(bare), ['yes', 'no', 'unknown'])
})

test('a record that names no version of a module stream means them all', () => {
  const module = 'pkg:rpm/redhat/nodejs@18.1.0-1.module%2Bel8.9?epoch=1&distro=redhat-8&rpmmod=nodejs:18'
  assert.equal(verdict('Red Hat:8', 'nodejs', [{ introduced: '0' }], module), 'yes')
  assert.equal(verdict('Red Hat:8', 'nodejs', to('1:20.0-1.el8'), module), 'no')
  assert.equal(verdict('Red Hat:8', 'nodejs', [{ introduced: '0' }, { lastAffected: '1:18.2-1.module+el8' }], module), 'yes')
})

test('names that tools and databases spell differently are one', () => {
  assert.equal(verdict('Go', 'stdlib', to('1.19.3'), 'pkg:golang/std@go1.19.2'), 'yes')
  assert.equal(verdict('VSCode', 'ms-python.python', to('2.0.0'), 'pkg:vscode-extension/ms-python/python@1.0.0'), 'yes')
  assert.equal(verdict('Amazon Linux:2', 'a', to('2'), 'pkg:rpm/amzn/a@1?distro=amzn-2'), 'yes')
  assert.equal(verdict('Oracle Linux:8', 'a', to('2'), 'pkg:rpm/ol/a@1?distro=ol-8.9'), 'yes')
  assert.equal(verdict('Ubuntu:24.10', 'a', to('2'), 'pkg:deb/ubuntu/a@1?distro=oracular'), 'yes')
  assert.equal(verdict('Debian:12', 'a', to('1:2.0'), 'pkg:deb/debian/a@2.0?distro=debian-12&epoch=1'), 'no')
})
