import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDistribution, readOsRelease } from './distribution.ts'

test('a distribution and its release, as people write them', () => {
  const read = (text: string) => {
    const found = parseDistribution(text)
    return found === null ? null : `${found.type}/${found.namespace} ${found.distro}`
  }
  assert.deepEqual(
    ['debian:12', 'Debian 12.5', 'debian-bookworm', 'ubuntu:24.04', 'rocky:9', 'RHEL:9.4', 'alpine:3.20.1', 'sles:15.4'].map(
      read,
    ),
    [
      'deb/debian debian-12',
      'deb/debian debian-12',
      'deb/debian debian-12',
      'deb/ubuntu ubuntu-24.04',
      'rpm/rocky rocky-9',
      'rpm/redhat redhat-9',
      'apk/alpine alpine-3.20',
      'rpm/suse suse-15.4',
    ],
  )
  assert.deepEqual(['centos:7', 'amzn2', 'fedora:40', 'wolfi'].map(read), [
    'rpm/redhat redhat-7',
    'rpm/amazon amazon-2',
    'rpm/fedora fedora-40',
    'apk/wolfi null',
  ])
  assert.deepEqual(
    ['', 'windows:11', 'debian:next', ':12', 'debian:', `debian:${'1'.repeat(90)}`, '12'].map(read),
    Array(7).fill(null),
  )
})

test('an os-release file, quoted or not', () => {
  const debian = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n'
  assert.deepEqual(readOsRelease(debian), { type: 'deb', namespace: 'debian', distro: 'debian-12' })
  assert.deepEqual(readOsRelease("ID='rocky'\r\nID_LIKE=\"rhel\"\r\nVERSION_ID='9.4'\r\n")?.distro, 'rocky-9')
  assert.equal(readOsRelease('ID=debian\nVERSION_CODENAME=trixie\n')?.distro, 'debian-13')
  assert.equal(readOsRelease('hello'), null)
})
