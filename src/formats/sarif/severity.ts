import type { SeverityClaim } from '../../core/findings/finding.ts'
import { type JsonObject, objectIn, own, textIn } from '../json/loose.ts'
import { distinctClaims, severityOf } from '../severity.ts'
import type { RunFrame } from './frame.ts'
import type { ResolvedRule } from './rule.ts'

const SCORES = ['security-severity', 'cvss', 'cvssV4', 'cvssV3', 'cvssv3_vector', 'cvss_vector', 'cvss-vector']
const WORDS = ['severity', 'problem.severity', 'issue_severity', 'securityRisk']

/** Severities a result or its rule states; the standard's default level (`warning`) is nobody's statement and is left out. */
export function severitiesOf(result: JsonObject, resolved: ResolvedRule, frame: RunFrame): SeverityClaim[] {
  const by = frame.driver.name
  const holders = [objectIn(result, 'properties'), objectIn(resolved.rule, 'properties')]
  const read = (holder: JsonObject, name: string): SeverityClaim | null => {
    const value = own(holder, name)
    return typeof value === 'number' || (typeof value === 'string' && value.length <= 300) ? severityOf(value, by) : null
  }
  const level = textIn(result, 'level') ?? textIn(objectIn(resolved.rule, 'defaultConfiguration'), 'level')
  return distinctClaims([
    ...holders.flatMap((holder) => SCORES.map((name) => read(holder, name))),
    ...holders.flatMap((holder) => WORDS.map((name) => read(holder, name))),
    level === null ? null : severityOf(level.slice(0, 300), by),
  ])
}
