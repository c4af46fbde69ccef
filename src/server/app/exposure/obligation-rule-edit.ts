import type { RuleOut, SetRule } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { readPolicy } from '../../../core/exposure/directives/policy/parse-policy.ts'
import { inTransaction } from '../../store/connection.ts'
import { putRuleRow } from '../../store/exposure-rule.ts'
import { holdObligations } from '../../store/obligation.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { loadRule, ruleOut, sealRule } from './obligation-rule.ts'

/** The rule that the caller's organisation goes by; who set none goes by BOD 26-04 as an analogy. */
export async function readRule(desk: ExposureDesk, who: Principal): Promise<Answer<Presented<RuleOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { rule } = await inTransaction(desk.store, { organisation }, async (tx) => await loadRule(desk, tx, organisation))
  const shown = presentExposure(who, organisation, { action: 'read', noun: 'obligation' }, ruleOut(rule))
  return shown === null ? NOT_FOUND : done(shown)
}

/** Chooses the rule; every obligation is dated anew under it, with the old dates kept. */
export async function setRule(desk: ExposureDesk, who: Principal, given: SetRule): Promise<Answer<Presented<RuleOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { directive, binds, reading, version, believeInventories } = given
  const believe = [...new Set(given.believe.map((author) => author.trim()).filter((author) => author !== ''))]
  const read = directive === 'own' ? readPolicy(given.own) : null
  if (read !== null && !read.ok) {
    const says = read.problems.slice(0, 20).map(({ at, says: what }) => `${at || 'It'} ${what}`)
    return denied(
      'request.invalid',
      `${says.join('; ')}.`,
      `/own${read.problems[0]!.at === '' ? '' : `/${read.problems[0]!.at}`}`,
    )
  }
  const own = directive === 'own' ? given.own : null
  const [key] = await desk.keys.allocate(1)
  const { slot, key: fresh } = key!
  let kept = false
  try {
    const set = await inTransaction(desk.store, { organisation }, async (tx) => {
      kept = false
      await holdObligations(tx, organisation)
      const { rule: before, row } = await loadRule(desk, tx, organisation)
      if (before.version !== version) return denied('rule.changed')
      const same = JSON.stringify(before.own) === JSON.stringify(own)
      if (read !== null && before.directive.id === 'own' && before.directive.version === read.directive.version && !same)
        return denied(
          'request.invalid',
          'Another policy needs another version, so that dates say which one gave them.',
          '/own/version',
        )
      const held = row === null ? null : (desk.keys.get([row.key_slot])[0] ?? null)
      const body = sealRule(desk, held ?? fresh, organisation, { directive, binds, reading, own, believe, believeInventories })
      const key_slot = row !== null && held !== null ? row.key_slot : slot
      await putRuleRow(tx, { organisation_id: organisation, version: version + 1, key_slot, body })
      kept = key_slot === slot
      return done(ruleOut((await loadRule(desk, tx, organisation)).rule))
    })
    if (!set.ok) return set
    await desk.renew(organisation)
    const shown = presentExposure(who, organisation, { action: 'write', noun: 'obligation' }, set.value)
    return shown === null ? NOT_FOUND : done(shown)
  } finally {
    if (!kept) await desk.keys.erase([slot])
  }
}
