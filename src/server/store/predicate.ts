import { type Expression, type SqlBool, sql } from 'kysely'
import { scopeOfList } from '../../core/access/permits.ts'
import type { Action, NounKind } from '../../core/access/policy-table.ts'
import type { Principal } from '../../core/access/principal.ts'
import type { Scope } from './connection.ts'

/** Which columns of a list stand for the relations of the policy. */
export interface PolicyColumns {
  readonly organisation?: string
  readonly person?: string
  readonly stage?: string
  /** The column with the docket's id. */
  readonly docket?: string
  /** The column with the case's id. */
  readonly case?: string
}

/**
 * The policy as a condition of a list: exactly the rows for which `permits` would say yes. No rule gives `false`, so a list
 * nobody may see is empty.
 */
export function mayList(who: Principal, action: Action, noun: NounKind, columns: PolicyColumns): Expression<SqlBool> {
  const rules = scopeOfList(who, action, noun)
  const parts = rules.map(({ relation, stage }) => {
    const where =
      columns.stage === undefined ? sql<SqlBool>`true` : sql<SqlBool>`${sql.ref(columns.stage)} = any(${[...stage]}::text[])`
    if (relation === 'any') return where
    if (relation === 'own' && columns.organisation !== undefined && who.organisation !== null) {
      return sql<SqlBool>`(${where} and ${sql.ref(columns.organisation)} = ${who.organisation})`
    }
    if (relation === 'self' && columns.person !== undefined && who.person !== null) {
      return sql<SqlBool>`(${where} and ${sql.ref(columns.person)} = ${who.person})`
    }
    if (relation === 'seated' && columns.docket !== undefined && who.person !== null) {
      return sql<SqlBool>`(${where} and exists (select from docket_seat held where held.docket_id = ${sql.ref(columns.docket)}
        and held.person_id = ${who.person} and held.ended_at is null))`
    }
    if (relation === 'party' && columns.case !== undefined && who.organisation !== null) {
      return sql<SqlBool>`(${where} and exists (select from case_party part where part.case_id = ${sql.ref(columns.case)}
        and part.organisation_id = ${who.organisation} and part.left_at is null and part.reads <> 'nothing'))`
    }
    return sql<SqlBool>`false`
  })
  return parts.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/** The net below: the widest scope the caller's rules for that noun can need. */
export function scopeFor(who: Principal, action: Action, noun: NounKind): Scope {
  const rules = scopeOfList(who, action, noun)
  if (
    rules.some(
      (rule) =>
        rule.relation === 'any' || rule.relation === 'holder' || rule.relation === 'seated' || rule.relation === 'party',
    )
  )
    return 'all'
  return who.organisation === null || rules.length === 0 ? 'none' : { organisation: who.organisation }
}
