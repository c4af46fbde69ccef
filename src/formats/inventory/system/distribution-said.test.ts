import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDistribution } from '../../../core/exposure/distribution.ts'
import { INVENTORY_LIMITS, type InventoryKind } from '../inventory.ts'
import { inventoryReader } from '../inventory-reader.ts'

function purls(kind: InventoryKind, text: string, said: string): (string | null)[] {
  const reader = inventoryReader(kind, { ...INVENTORY_LIMITS, distribution: parseDistribution(said) })
  const items = [...reader.push(new TextEncoder().encode(text)), ...reader.end()]
  return items.flatMap((item) => ('component' in item ? [item.component.purl] : []))
}

test('an RPM list is of the distribution that was said, whatever its releases look like', () => {
  const text = 'curl-7.76.1-26.el9.x86_64\nbash-5.1.8-6.x86_64\n'
  assert.deepEqual(purls('rpm-list', text, 'rocky:9'), [
    'pkg:rpm/rocky/curl@7.76.1-26.el9?arch=x86_64&distro=rocky-9',
    'pkg:rpm/rocky/bash@5.1.8-6?arch=x86_64&distro=rocky-9',
  ])
  assert.deepEqual(purls('rpm-list', text, 'debian:12'), ['pkg:rpm/redhat/curl@7.76.1-26.el9?arch=x86_64', null])
})

test('what was said outweighs what a list of Debian packages only shows', () => {
  const status = 'Package: base-files\nStatus: install ok installed\nVersion: 12.4+deb12u5\nArchitecture: amd64\n\n'
  assert.deepEqual(purls('dpkg-status', status, 'ubuntu:24.04'), [
    'pkg:deb/ubuntu/base-files@12.4%2Bdeb12u5?arch=amd64&distro=ubuntu-24.04',
  ])
})

test('a purl that says its distribution or release keeps it, and one that does not is given it', () => {
  const bom = (...list: readonly string[]) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      components: list.map((purl) => ({ type: 'library', name: 'x', purl })),
    })
  const stated = ['pkg:deb/debian/a@1?distro=debian-11', 'pkg:deb/debian/b@1', 'pkg:deb/ubuntu/c@1', 'pkg:npm/d@1']
  assert.deepEqual(purls('cyclonedx-json', bom(...stated), 'debian:12'), [
    'pkg:deb/debian/a@1?distro=debian-11',
    'pkg:deb/debian/b@1?distro=debian-12',
    'pkg:deb/ubuntu/c@1',
    'pkg:npm/d@1',
  ])
})
