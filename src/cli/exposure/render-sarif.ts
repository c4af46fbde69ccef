import { createHash } from 'node:crypto'
import { dueState } from '../../core/exposure/finding-object.ts'
import { sayStep } from '../../core/exposure/say-step.ts'
import { formatInstant } from '../../core/kernel/instant.ts'
import { scoreVector } from '../../core/priority/cvss/score.ts'
import type { OwedHere } from './owed-flaws.ts'

const LEVELS = { late: 'error', soon: 'error', later: 'warning', 'no-date': 'note' } as const

/** Findings as a SARIF 2.1.0 log: a rule a flaw, a result a component and inventory; levels go by the due date, not by severity. */
export function renderSarif(owed: readonly OwedHere[], version: string, now: number): object {
  const rules = new Map<string, { readonly index: number; readonly rule: object }>()
  for (const one of owed) if (!rules.has(one.primary)) rules.set(one.primary, { index: rules.size, rule: ruleOf(one) })
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'weir exposure', semanticVersion: version, rules: [...rules.values()].map(({ rule }) => rule) },
        },
        columnKind: 'utf16CodeUnits',
        results: owed.flatMap((one) =>
          one.on.map((asset) => {
            const { component, primary, match, obligation } = one
            const due = obligation.due === null ? '' : ` Due ${formatInstant(obligation.due)} by ${obligation.directive}.`
            const fixed = match.fixed === null ? ' No fixed version is named.' : ` Fixed in ${match.fixed}.`
            const what = component.purl ?? `${component.name} ${component.version ?? ''}`.trim()
            return {
              ruleId: primary,
              ruleIndex: rules.get(primary)!.index,
              level: LEVELS[dueState(obligation.due, now)],
              message: { text: `${what} is affected by ${primary}.${fixed}${due} ${match.steps.map(sayStep).join(' ')}` },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: {
                      uri: encodeURI(asset.file.replaceAll('\\', '/'))
                        .replaceAll('#', '%23')
                        .replaceAll(':', '%3A')
                        .replaceAll('?', '%3F'),
                    },
                    // Those who show logs beside files ask for a line; an inventory is meant as a whole.
                    region: { startLine: 1 },
                  },
                  logicalLocations: [{ fullyQualifiedName: what, kind: 'package' }],
                },
              ],
              partialFingerprints: {
                primaryLocationLineHash: `${digestOf(`${asset.name} ${what} ${primary}`)}:1`,
                'weirExposure/v1': `${asset.name} ${what} ${primary}`,
              },
              properties: {
                asset: asset.name,
                due: obligation.due === null ? null : formatInstant(obligation.due),
                fixed: match.fixed,
              },
            }
          }),
        ),
      },
    ],
  }
}

/** The same flaw of the same component in the same inventory keeps it, whatever else changes. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function ruleOf({ primary, records, signals }: OwedHere): object {
  const scored = signals.severity === null ? null : scoreVector(signals.severity.source)
  const summary = records.find(({ record }) => record.summary !== '')?.record.summary ?? primary
  return {
    id: primary,
    shortDescription: { text: summary },
    properties: {
      aliases: [...new Set(records.map(({ record }) => record.id))].filter((id) => id !== primary),
      severity: signals.severity?.value ?? null,
      // A score as text, by which code hosts sort; left out where nobody stated a vector.
      ...(scored?.ok ? { 'security-severity': scored.score.toFixed(1) } : {}),
      exploited: signals.kev === null ? null : signals.kev.value !== null,
      tags: ['security'],
    },
  }
}
