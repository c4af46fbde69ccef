import assert from 'node:assert/strict'
import { test } from 'node:test'
import { component } from '../../core/exposure/advisory-samples.ts'
import { JUSTIFICATIONS } from '../../core/exposure/vex/justification.ts'
import { instant } from '../../core/kernel/instant.ts'
import { readCycloneDxVex } from '../known/cyclonedx-vex.ts'
import { readOpenVex } from '../known/openvex.ts'
import { ownCycloneDx } from './own-cyclonedx.ts'
import { ownOpenVex } from './own-openvex.ts'
import type { OwnStatement } from './own-statement.ts'

const AT = instant(Date.UTC(2026, 10, 21))
const MADE = {
  author: 'Fjordlight',
  uuid: '00000000-0000-4000-8000-000000000000',
  edition: 7,
  at: AT,
  leftOut: 2,
} as const
const STATEMENTS: readonly OwnStatement[] = JUSTIFICATIONS.map((justification, n) => ({
  flaw: `CVE-2026-000${n}`,
  ids: [`CVE-2026-000${n}`, `GHSA-${n}`],
  summary: 'A length is believed.',
  component: component(`pkg:npm/part${n}@1.0.0`, { version: '1.0.0' }),
  justification,
  detail: 'The module is not loaded.',
  at: AT,
}))

test('what is written out is read back as the same statements, in both formats', () => {
  for (const known of [readCycloneDxVex(ownCycloneDx(STATEMENTS, MADE)), readOpenVex(ownOpenVex(STATEMENTS, MADE))]) {
    assert.ok(known.ok)
    assert.deepEqual(
      known.value.map(({ author, document, ids, status, products, at, detail }) => [
        author,
        document,
        ids,
        status,
        products.map(({ identity }) => identity),
        at,
        detail,
      ]),
      STATEMENTS.map(({ ids, component: own, at, detail }) => [
        'Fjordlight',
        'urn:uuid:00000000-0000-4000-8000-000000000000',
        ids,
        'not-affected',
        [`purl:${own.purl}`],
        at,
        detail,
      ]),
    )
  }
})

test('the justification is never lost, also where a format has no word for it', () => {
  const { vulnerabilities, metadata } = ownCycloneDx(STATEMENTS, MADE) as {
    vulnerabilities: { analysis: { justification?: string }; properties: { value: string }[] }[]
    metadata: { properties: { value: string }[] }
  }
  assert.deepEqual(
    vulnerabilities.map(({ properties }) => properties[0]?.value),
    [...JUSTIFICATIONS],
  )
  assert.equal(vulnerabilities.filter(({ analysis }) => analysis.justification === undefined).length, 1)
  assert.equal(metadata.properties[0]?.value, '2')
})

test('a component without purl and CPE name cannot stand in OpenVEX', () => {
  const nameless = { ...STATEMENTS[0]!, component: { ...STATEMENTS[0]!.component, purl: null } }
  const { statements } = ownOpenVex([nameless], MADE) as { statements: object[] }
  assert.equal(statements.length, 0)
})
