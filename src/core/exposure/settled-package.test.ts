import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildIndex } from './advisory-index.ts'
import { component, product, record } from './advisory-samples.ts'
import { explain } from './explain.ts'
import { lookUp } from './look-up.ts'

const every = { kind: 'vers', events: [], vers: 'vers:all/*' } as const
const packaged = (key: string) => ({
  key,
  ecosystem: key.slice(0, key.lastIndexOf('/')),
  name: 'x',
  ranges: [every],
  versions: [],
})
const vex = record('A/CVE-2024-0001', {
  affected: [packaged('rpm/redhat/openssl'), packaged('npm/x')],
  products: [
    product('purl:pkg:rpm/redhat/openssl@1.1.1k-9.el8_7?arch=x86_64&epoch=1', { status: 'fixed' }),
    product('purl:pkg:npm/x', { status: 'fixed', range: { kind: 'vers', events: [], vers: 'vers:npm/>=2.0.0' } }),
    product('purl:pkg:npm/y@1.0.0', { status: 'not-affected', name: 'y' }),
    product('purl:pkg:npm/z@1.0.0', { status: 'under-investigation' }),
    product('purl:rubbish', { status: 'fixed' }),
  ],
})

function steps(purl: string): string {
  const asked = component(purl)
  const { affected, steps: why } = explain(vex, asked)
  assert.equal(lookUp(buildIndex([vex]), asked)[0]?.match.affected ?? 'no', affected, purl)
  return `${affected}: ${why.map(({ step }) => step).join(' ')}`
}

test('a version of which the record itself says that it is fixed is not affected by it', () => {
  assert.equal(steps('pkg:rpm/redhat/openssl@1.1.1k-9.el8_7?epoch=1&distro=rhel-8'), 'no: same-package in-range vex-fixed')
  assert.equal(steps('pkg:rpm/redhat/openssl@1.1.1k-7.el8_7?epoch=1&distro=rhel-8'), 'yes: same-package in-range')
  assert.equal(steps('pkg:rpm/redhat/openssl@1.1.1k-9.el8_7?distro=rhel-8'), 'yes: same-package in-range')
  assert.equal(steps('pkg:npm/x@2.1.0'), 'no: same-package in-range vex-fixed')
  assert.equal(steps('pkg:npm/x@1.1.0'), 'yes: same-package in-range')
})

test('what a record names as not affected only is not said to be another package', () => {
  assert.equal(steps('pkg:npm/y@1.0.0'), 'no: same-package vex-not-affected')
  assert.equal(steps('pkg:npm/w@1.0.0'), 'no: other-package')
})
