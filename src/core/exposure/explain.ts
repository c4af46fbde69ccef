import type { AdvisoryRecord } from './advisory-record.ts'
import type { Component } from './component.ts'
import { judgePackage } from './judge-package.ts'
import { judgeProducts } from './judge-products.ts'
import type { Match, MatchStep } from './match.ts'
import { type MatchSubject, productKeys, subjectOf, versionOf } from './match-subject.ts'
import { packageEntries } from './package-entry.ts'
import { productEntries } from './product-entry.ts'
import { settledPackages } from './settled-package.ts'
import { better } from './weigh-matches.ts'

/** Steps of one explanation; more packages than that are counted by their number. */
const MOST_STEPS = 40
const MOST_NAMES = 10

/** What one advisory means for one component, step by step, for yes, no and unknown alike: the same answer as `lookUp` gives. */
export function explain(record: AdvisoryRecord, component: Component): Match {
  const subject = subjectOf(component)
  const found = explainSubject(record, subject)
  if (record.withdrawn === null || found === null) return found ?? somethingElse(record, subject)
  const withdrawn: MatchStep = { step: 'withdrawn', rule: record.source, with: [record.id] }
  return { ...found, affected: 'no', fixed: null, steps: [...found.steps, withdrawn] }
}

function explainSubject(record: AdvisoryRecord, subject: MatchSubject): Match | null {
  const judged: Match[] = []
  const named = [
    { identity: subject.package, version: subject.version },
    { identity: subject.source, version: subject.source === null ? null : versionOf(subject.source) },
  ]
  for (const entry of packageEntries(record)) {
    for (const { identity, version } of named) {
      if (entry.affected.key === identity?.key) judged.push(judgePackage(entry, identity, version, true))
    }
  }
  const keys = new Set(productKeys(subject))
  const products = productEntries(record).filter((entry) => keys.has(entry.key))
  const ofProducts = judgeProducts(products, subject).get(record)
  if (ofProducts !== undefined) judged.push(ofProducts)
  const best = judged.reduce<Match | undefined>((held, match) => better(held, match), undefined)
  if (best === undefined) return null
  return best.affected === 'no' ? { ...best, steps: judged.flatMap(({ steps }) => steps).slice(0, MOST_STEPS) } : best
}

function somethingElse(record: AdvisoryRecord, subject: MatchSubject): Match {
  const names = [...record.affected.map(({ key }) => key), ...record.products.map(({ identity }) => identity)]
  const said = settledPackages(record).find(({ key }) => key === subject.package?.key || key === subject.source?.key)
  if (said !== undefined) {
    const step = said.status === 'fixed' ? 'vex-fixed' : 'vex-not-affected'
    const same: MatchStep = { step: 'same-package', rule: 'purl', with: [said.key, said.name] }
    return { affected: 'no', by: 'purl', fixed: null, steps: [same, { step, rule: record.id, with: [record.source] }] }
  }
  const own = subject.package?.key ?? subject.marks[0] ?? ''
  const step: MatchStep = { step: 'other-package', rule: 'purl', with: [own, ...[...new Set(names)].slice(0, MOST_NAMES)] }
  return { affected: 'no', by: 'purl', fixed: null, steps: [step] }
}
