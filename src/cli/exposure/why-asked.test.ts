import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import type { Component } from '../../core/exposure/component.ts'
import { readOsvRecord } from '../../formats/known/osv-record.ts'
import { WhyAsked } from './why-asked.ts'

function advisory(ecosystem: string, name: string): AdvisoryRecord {
  const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9' }] }]
  const read = readOsvRecord({
    id: 'X-1',
    upstream: ['CVE-2026-0001', 'CVE-2026-0002'],
    affected: [{ package: { ecosystem, name }, ranges }],
  })
  assert.ok(read.ok)
  return read.value
}

function answers(asked: string, record: AdvisoryRecord, purl: string): string[] {
  const component: Component = { purl, cpes: [], group: null, name: 'x', version: null, type: null, marks: [], place: '' }
  const why = new WhyAsked(asked, [record])
  why.see(component)
  return why.answers.map(({ match }) => match.affected)
}

test('a package is found by its own name, by its source package and by any CVE id of the advisory', () => {
  const debian = advisory('Debian:12', 'openssl')
  const libssl = 'pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.9-0'
  for (const asked of [
    'X-1',
    'CVE-2026-0001',
    'CVE-2026-0002:pkg:deb/debian/libssl3',
    'X-1:pkg:deb/debian/libssl3@3.0.9-1',
    `X-1:${libssl}`,
  ])
    assert.deepEqual(answers(asked, debian, libssl), ['yes'], asked)
  assert.deepEqual(answers('X-1:pkg:deb/debian/libssl3@3.0.8-1', debian, libssl), [])
  const suse = advisory('SUSE:Linux Enterprise Server 15 SP4', 'openssl-1_1')
  const library = 'pkg:rpm/suse/libopenssl1_1@1.1.1l-1?distro=sles-15.4&upstream=openssl-1_1-1.1.1l-1.src.rpm'
  for (const asked of ['X-1', 'X-1:pkg:rpm/suse/libopenssl1_1']) assert.deepEqual(answers(asked, suse, library), ['yes'], asked)
})
