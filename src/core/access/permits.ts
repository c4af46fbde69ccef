import type { Id } from '../kernel/id.ts'
import { type Action, type NounKind, POLICY, type Relation, type Rule, type Stage } from './policy-table.ts'
import type { Principal } from './principal.ts'

/** What the policy needs to know of one thing to judge it. */
export interface Subject {
  readonly noun: NounKind
  readonly stage: Stage
  readonly organisation: Id<'organisation'> | null
  readonly person: Id<'person'> | null
  /** True when the asker showed the unguessable id of the thing itself. */
  readonly held: boolean
  /** True when the asker holds a seat in the docket that the thing belongs to. */
  readonly seated?: boolean
  /** True when the asker's organisation takes part in the case, or is invited to, and has not left. */
  readonly party?: boolean
}

/** May `who` do `action` to this one thing? Default deny. */
export function permits(who: Principal, action: Action, subject: Subject): boolean {
  return rulesFor(who, action, subject.noun).some(
    (rule) => rule.stage.includes(subject.stage) && stands(who, rule.relation, subject),
  )
}

/** The rows of the policy that speak for `who`, this action and this noun; none means: not at all. */
export function rulesFor(who: Principal, action: Action, noun: NounKind): readonly Rule[] {
  return POLICY.filter((rule) => rule.noun === noun && rule.may.includes(action) && speaksFor(rule, who))
}

/** What an organisation is told and does as a party of cases. Its project's terms stay readable: they are plain to all finders too. */
const OF_CASES: ReadonlySet<NounKind> = new Set(['case', 'advisory-draft', 'inbox', 'notice', 'webhook'])

/** The rows that somebody kept out of cases does not have: their organisation's part in them, and never coordination's own. */
function isOfCases({ who, noun, may, relation }: Rule): boolean {
  return (
    (who !== 'coordinator' || relation === 'party') && (OF_CASES.has(noun) || (noun === 'project' && may.includes('decide')))
  )
}

function speaksFor(rule: Rule, who: Principal): boolean {
  if (who.outOfCases === true && isOfCases(rule)) return false
  if (rule.scope !== null && who.kind !== 'person' && !who.scopes.includes(rule.scope)) return false
  if (rule.who === 'anyone') return true
  if (who.kind === 'stranger') return false
  if (rule.who === 'in-person') return who.kind === 'person'
  return rule.who === 'signed-in' || who.roles.includes(rule.who)
}

function stands(who: Principal, relation: Relation, subject: Subject): boolean {
  switch (relation) {
    case 'any':
      return true
    case 'own':
      return who.organisation !== null && who.organisation === subject.organisation
    case 'self':
      return who.person !== null && who.person === subject.person
    case 'holder':
      return subject.held
    case 'seated':
      return subject.seated === true
    case 'party':
      return subject.party === true
  }
}

/** The relations under which `who` may list that noun, by stage: what a database predicate is made from. */
export function scopeOfList(
  who: Principal,
  action: Action,
  noun: NounKind,
): readonly { relation: Relation; stage: readonly Stage[] }[] {
  return rulesFor(who, action, noun).map(({ relation, stage }) => ({ relation, stage }))
}
