import { identityOf } from '../../core/exposure/identity.ts'
import type { Justification } from '../../core/exposure/vex/justification.ts'
import { formatInstant } from '../../core/kernel/instant.ts'
import type { OwnDocument, OwnStatement } from './own-statement.ts'

/** `impactAnalysisJustification` of CycloneDX; it has no word for what cannot be controlled by an attacker, so the property says it. */
const WORDS: Readonly<Record<Justification, string | null>> = {
  component_not_present: 'code_not_present',
  vulnerable_code_not_present: 'code_not_present',
  vulnerable_code_not_in_execute_path: 'code_not_reachable',
  vulnerable_code_cannot_be_controlled_by_adversary: null,
  inline_mitigations_already_exist: 'protected_by_mitigating_control',
}

/** What an organisation states, as a CycloneDX 1.6 VEX document in the shape of `weir exposure --vex-out`. */
export function ownCycloneDx(statements: readonly OwnStatement[], made: OwnDocument): object {
  const components = new Map(statements.map(({ component }) => [identityOf(component), component]))
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${made.uuid}`,
    version: made.edition,
    metadata: {
      timestamp: formatInstant(made.at),
      tools: { components: [{ type: 'application', name: 'weir' }] },
      supplier: { name: made.author },
      properties: [{ name: 'weir:stated-of-some-assets-only', value: String(made.leftOut) }],
    },
    components: [...components].map(([ref, { purl, group, name, version, cpes }]) => ({
      type: 'library',
      'bom-ref': ref,
      ...(group === null ? {} : { group }),
      name,
      ...(version === null ? {} : { version }),
      ...(purl === null ? {} : { purl }),
      ...(purl === null && cpes[0] !== undefined ? { cpe: cpes[0] } : {}),
    })),
    vulnerabilities: statements.map((one) => vulnerabilityOf(one)),
  }
}

function vulnerabilityOf({ flaw, ids, summary, component, justification, detail, at }: OwnStatement): object {
  const names = ids.filter((id) => id !== flaw)
  const word = WORDS[justification]
  return {
    id: flaw,
    ...(names.length === 0 ? {} : { references: names.map((id) => ({ id, source: { name: sourceOf(id) } })) }),
    ...(summary === '' ? {} : { description: summary }),
    analysis: {
      state: 'not_affected',
      ...(word === null ? {} : { justification: word }),
      detail,
      firstIssued: formatInstant(at),
      lastUpdated: formatInstant(at),
    },
    affects: [{ ref: identityOf(component) }],
    properties: [{ name: 'weir:justification', value: justification }],
  }
}

function sourceOf(id: string): string {
  return id.slice(0, Math.max(1, id.indexOf('-')))
}
