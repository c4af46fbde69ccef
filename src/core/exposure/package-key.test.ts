import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distroRelease } from './distro-release.ts'
import { identityOfPurl, keyOfPurl } from './package-identity.ts'
import { packageKey } from './package-key.ts'

test('a package has one key, whether a database or a purl names it', () => {
  const same: [ecosystem: string, name: string, purl: string][] = [
    ['PyPI', 'Ruamel_Yaml.Clib', 'pkg:pypi/ruamel-yaml-clib@1.0'],
    ['npm', '@Angular/core', 'pkg:npm/%40Angular/core@1.0.0'],
    ['Maven', 'org.apache:x', 'pkg:maven/org.apache/x@1'],
    ['Go', 'github.com/Azure/go-autorest', 'pkg:golang/github.com/azure/go-autorest@v1.0.0'],
    ['Go', 'stdlib', 'pkg:golang/stdlib@1.19'],
    ['Packagist', 'Symfony/HTTP-Kernel', 'pkg:composer/symfony/http-kernel@5.0'],
    ['NuGet', 'Newtonsoft.Json', 'pkg:nuget/newtonsoft.json@1.0'],
    ['crates.io', 'tokio_util', 'pkg:cargo/tokio-util@1.0.0'],
    ['Debian:12', 'openssl', 'pkg:deb/debian/openssl@3.0.11-1?distro=debian-12'],
    ['Rocky Linux:9', 'bash', 'pkg:rpm/rocky-linux/bash@5.1-2?arch=x86_64'],
    ['Red Hat:enterprise_linux:9::baseos', 'bash', 'pkg:rpm/rhel/bash@5.1-2'],
    ['GitHub Actions', 'actions/Cache', 'pkg:github/actions/cache@v3'],
    ['SwiftURL', 'https://github.com/apple/swift-nio.git', 'pkg:swift/github.com/apple/swift-nio@2.0.0'],
  ]
  for (const [ecosystem, name, purl] of same) assert.equal(packageKey(ecosystem, name), keyOfPurl(purl), purl)
  assert.notEqual(packageKey('npm', 'JSONStream'), packageKey('npm', 'jsonstream'))
  assert.notEqual(packageKey('PyPI', 'a'), packageKey('npm', 'a'))
  assert.notEqual(keyOfPurl('pkg:deb/debian/openssl@1'), keyOfPurl('pkg:deb/ubuntu/openssl@1'))
})

test('a distribution package is its source package, of its release, with its epoch', () => {
  const ssl = identityOfPurl('pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12.5&upstream=openssl%403.0.12-1')
  assert.deepEqual(ssl, {
    key: 'deb/debian/openssl',
    type: 'deb',
    version: '3.0.12-1',
    release: '12',
    module: null,
    source: null,
  })
  assert.equal(identityOfPurl('pkg:deb/debian/libc6@2.36-9?upstream=glibc')?.version, '2.36-9')
  const node = identityOfPurl('pkg:rpm/redhat/nodejs@18.1-1.module%2Bel8?epoch=1&distro=redhat-8.9&rpmmod=nodejs:18')
  assert.deepEqual(node, {
    key: 'rpm/redhat/nodejs',
    type: 'rpm',
    version: '1:18.1-1.module+el8',
    release: '8',
    module: 'nodejs:18',
    source: null,
  })
  assert.equal(identityOfPurl('pkg:rpm/redhat/nodejs@18.1-1.module%2Bel8')?.module, '')
})

test('a release has one spelling', () => {
  const cases: [family: string, text: string, release: string | null][] = [
    ['deb/debian', '12', '12'],
    ['deb/debian', 'bookworm', '12'],
    ['deb/debian', 'debian-12.5', '12'],
    ['deb/ubuntu', '22.04:LTS', '22.04'],
    ['deb/ubuntu', 'Pro:18.04:LTS', '18.04'],
    ['deb/ubuntu', 'ubuntu-22.04', '22.04'],
    ['apk/alpine', 'v3.18', '3.18'],
    ['apk/alpine', 'alpine-3.18.4', '3.18'],
    ['rpm/redhat', 'enterprise_linux:9::appstream', '9'],
    ['rpm/redhat', 'openshift:4.12::el8', '8'],
    ['rpm/suse', 'Linux Enterprise Server 15 SP4', '15.4'],
    ['rpm/suse', 'sles-15.4', '15.4'],
    ['rpm/opensuse', 'Tumbleweed', 'rolling'],
    ['deb/debian', '', null],
    ['deb/debian', 'unknown', null],
  ]
  for (const [family, text, release] of cases) assert.equal(distroRelease(family, text), release, text)
})

test('what is no purl has no key', () => {
  for (const text of ['', 'pkg:', 'pkg:npm', 'pkg:npm/', 'pkg:/x', 'npm/x', 'pkg:npm/%zz@1', `pkg:npm/${'x'.repeat(10_000)}`]) {
    assert.equal(keyOfPurl(text), null, text.slice(0, 20))
  }
  assert.equal(identityOfPurl('pkg:npm/@scope/name')?.key, 'npm/@scope/name')
  assert.equal(identityOfPurl('pkg:npm/@scope/name@1.0.0#lib/a@b')?.version, '1.0.0')
})
