import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from './component.ts'
import { identityOf } from './identity.ts'

const bare: Component = { purl: null, cpes: [], group: null, name: 'a', version: '1', type: null, marks: [], place: '' }

test('a purl counts without what names no other package, and with what does', () => {
  const of = (purl: string): string => identityOf({ ...bare, purl })
  assert.equal(of('pkg:npm/a@1?vcs_url=git%2Bhttps://x'), 'pkg:npm/a@1')
  assert.equal(of('pkg:maven/g/a@1?type=jar#sub/path'), 'pkg:maven/g/a@1')
  assert.equal(
    of('pkg:deb/debian/a@1?arch=amd64&checksum=sha256:00&distro=debian-12'),
    'pkg:deb/debian/a@1?arch=amd64&distro=debian-12',
  )
  assert.notEqual(of('pkg:rpm/redhat/a@1?epoch=1'), of('pkg:rpm/redhat/a@1'))
  assert.notEqual(of('pkg:maven/g/a@1?classifier=sources'), of('pkg:maven/g/a@1'))
})

test('without a purl the CPE names count in any order, and without those the name with its group', () => {
  const cpes = ['cpe:2.3:a:v:B:1:*:*:*:*:*:*:*', 'cpe:2.3:a:v:a:1:*:*:*:*:*:*:*']
  assert.equal(identityOf({ ...bare, cpes }), identityOf({ ...bare, name: 'other', cpes: [...cpes].reverse() }))
  assert.equal(identityOf({ ...bare, group: 'g' }), identityOf({ ...bare, name: 'g/a' }))
  assert.notEqual(identityOf({ ...bare, version: null }), identityOf(bare))
})

test('two devices of one name are two by their serial numbers, not by their hashes', () => {
  const of = (...marks: readonly string[]): string => identityOf({ ...bare, marks })
  assert.notEqual(of('serial:1'), of('serial:2'))
  assert.equal(of('sku:1', 'serial:2', 'sha1:00'), of('serial:2', 'sku:1'))
})
