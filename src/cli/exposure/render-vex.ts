import type { Component } from '../../core/exposure/component.ts'
import { identityOf } from '../../core/exposure/identity.ts'
import { sayStep } from '../../core/exposure/say-step.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import type { HeldFlaw, HeldFlaws } from './held-flaws.ts'

/** `impactAnalysisJustification` of CycloneDX; OpenVEX and CSAF have words of their own, each of which means one of these. */
const JUSTIFICATIONS: ReadonlyMap<string, string> = new Map([
  ['code_not_present', 'code_not_present'],
  ['code_not_reachable', 'code_not_reachable'],
  ['requires_configuration', 'requires_configuration'],
  ['requires_dependency', 'requires_dependency'],
  ['requires_environment', 'requires_environment'],
  ['protected_by_compiler', 'protected_by_compiler'],
  ['protected_at_runtime', 'protected_at_runtime'],
  ['protected_at_perimeter', 'protected_at_perimeter'],
  ['protected_by_mitigating_control', 'protected_by_mitigating_control'],
  ['component_not_present', 'code_not_present'],
  ['vulnerable_code_not_present', 'code_not_present'],
  ['vulnerable_code_not_in_execute_path', 'code_not_reachable'],
  ['inline_mitigations_already_exist', 'protected_by_mitigating_control'],
])

/**
 * What was found as a CycloneDX 1.6 VEX document. A match alone is no analysis: what matched and what nobody can tell is `in_triage`,
 * and only a statement that was applied says more, in the words of who made it.
 */
export function renderVex(
  held: HeldFlaws,
  made: { readonly at: Instant; readonly serial: string; readonly version: string },
): object {
  const components = new Map<string, Component>()
  const flaws = new Map<string, { first: HeldFlaw; all: HeldFlaw[] }>()
  for (const one of [...held.affected, ...held.unknown, ...held.settled]) {
    components.set(identityOf(one.flaw.component), one.flaw.component)
    // Each analysis is an entry of its own: what a statement settles stands beside what is still open.
    const key = JSON.stringify(analysisOf(one))
    const group = flaws.get(`${one.flaw.primary}\n${key}`)
    if (group === undefined) flaws.set(`${one.flaw.primary}\n${key}`, { first: one, all: [one] })
    else group.all.push(one)
  }
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${made.serial}`,
    version: 1,
    metadata: {
      timestamp: formatInstant(made.at),
      tools: { components: [{ type: 'application', name: 'weir exposure', version: made.version }] },
    },
    components: [...components].map(([ref, component]) => componentOf(ref, component)),
    vulnerabilities: [...flaws.values()].map(({ first, all }) => vulnerabilityOf(first, all)),
  }
}

function componentOf(ref: string, { purl, group, name, version, cpes }: Component): object {
  return {
    type: 'library',
    'bom-ref': ref,
    ...(group === null ? {} : { group }),
    name,
    ...(version === null ? {} : { version }),
    ...(purl === null ? {} : { purl }),
    ...(purl === null && cpes[0] !== undefined ? { cpe: cpes[0] } : {}),
  }
}

function vulnerabilityOf(first: HeldFlaw, all: readonly HeldFlaw[]): object {
  const { primary, ids, records, match } = first.flaw
  const names = ids.filter((id) => id !== primary)
  const summary = records.find(({ record }) => record.summary !== '')?.record.summary
  return {
    id: primary,
    ...(names.length === 0 ? {} : { references: names.map((id) => ({ id, source: { name: sourceOf(id, first) } })) }),
    ...(summary === undefined ? {} : { description: summary }),
    ...(match.fixed === null ? {} : { recommendation: `Upgrade to ${match.fixed}.` }),
    analysis: analysisOf(first),
    affects: [...new Set(all.map(({ flaw }) => identityOf(flaw.component)))].map((ref) => ({ ref })),
  }
}

function sourceOf(id: string, { flaw }: HeldFlaw): string {
  return flaw.records.find(({ record }) => record.id === id)?.record.source ?? id.slice(0, Math.max(1, id.indexOf('-')))
}

function analysisOf({ flaw }: HeldFlaw): object {
  const { statement, match } = flaw
  if (statement === null) return { state: 'in_triage', detail: match.steps.map(sayStep).join(' ') }
  const said = `${statement.author || 'Somebody'} states it in ${statement.document || 'a document'}.`
  const detail = statement.detail === null ? said : `${said} ${statement.detail}`
  const justification = JUSTIFICATIONS.get(statement.justification ?? '')
  if (statement.status === 'not-affected')
    return { state: 'not_affected', ...(justification === undefined ? {} : { justification }), detail }
  return { state: { affected: 'exploitable', fixed: 'resolved', 'under-investigation': 'in_triage' }[statement.status], detail }
}
