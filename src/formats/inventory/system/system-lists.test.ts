import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InventoryKind } from '../inventory.ts'
import { inventoryReader } from '../inventory-reader.ts'
import { debianRelease } from './debian-release.ts'

function told(kind: InventoryKind, text: string): { purls: (string | null)[]; unmatched: string[] } {
  const reader = inventoryReader(kind)
  const items = [...reader.push(new TextEncoder().encode(text)), ...reader.end()]
  return {
    purls: items.flatMap((item) => ('component' in item ? [item.component.purl] : [])),
    unmatched: items.flatMap((item) => ('unmatched' in item ? [item.unmatched.why] : [])),
  }
}

const paragraph = (name: string, state: string, version = '1.0-1') =>
  `Package: ${name}\nStatus: ${state}\nVersion: ${version}\n\n`

test('whatever of dpkg is on the disk is told, however far its installation came', () => {
  const states = ['install ok installed', 'hold ok installed', 'install ok unpacked', 'install ok half-configured']
  const more = ['install ok triggers-pending', 'install ok triggers-awaited', 'install reinstreq half-installed']
  const gone = ['deinstall ok config-files', 'purge ok not-installed']
  const { purls } = told('dpkg-status', [...states, ...more, ...gone].map((state, n) => paragraph(`p${n}`, state)).join(''))
  assert.deepEqual(
    purls,
    [...states, ...more].map((_, n) => `pkg:deb/debian/p${n}@1.0-1`),
  )
})

test('the release of a dpkg inventory is that of base-files', () => {
  const status = paragraph('a', 'install ok installed') + paragraph('base-files', 'install ok installed', '12.4+deb12u5')
  assert.deepEqual(told('dpkg-status', status).purls, [
    'pkg:deb/debian/a@1.0-1?distro=debian-12',
    'pkg:deb/debian/base-files@12.4%2Bdeb12u5?distro=debian-12',
  ])
  const list = 'ii  base-files  12ubuntu4.6  amd64  x\nii  libc6:amd64  2.35-0ubuntu3.4  amd64  x\n'
  assert.deepEqual(told('dpkg-list', list).purls[1], 'pkg:deb/ubuntu/libc6@2.35-0ubuntu3.4?arch=amd64&distro=ubuntu-22.04')
  assert.deepEqual(
    ['11.1+deb11u7', '13', '10.3+deb10u13', '13ubuntu10.1', '12ubuntu44', '12.2ubuntu3', 'x', ''].map(debianRelease),
    ['11', '13', '10', '24.04', null, null, null, null],
  )
})

test('an RPM of a module stream is Red Hat’s too, and an epoch may be said to be none', () => {
  const { purls, unmatched } = told(
    'rpm-list',
    'nodejs-18.12.1-2.module+el8.7.0+17306+fc023f99.x86_64\nfoo-(none):1.0-1.el8_6.noarch\ntdnf-3-1.ph4.x86_64\n',
  )
  assert.deepEqual(purls, [
    'pkg:rpm/redhat/nodejs@18.12.1-2.module%2Bel8.7.0%2B17306%2Bfc023f99?arch=x86_64',
    'pkg:rpm/redhat/foo@1.0-1.el8_6?arch=noarch',
    'pkg:rpm/photon/tdnf@3-1.ph4?arch=x86_64',
  ])
  assert.deepEqual(unmatched, [])
})
