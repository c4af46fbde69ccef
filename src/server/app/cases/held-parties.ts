import type { Tx } from '../../store/connection.ts'
import type { CaseBody } from './case-body.ts'

/**
 * Participants, by id, to whom their project's pace has not let the case come yet: a maintainer with an account whose first letter
 * has not gone. To them it is as if there were no case. Whoever was let in before is not kept out again.
 */
export async function heldParties(tx: Tx, { case: of, projects }: CaseBody): Promise<ReadonlySet<string>> {
  const asked = of.participants.filter(
    ({ id, organisation, admittedAt, leftAt }) =>
      organisation !== null && admittedAt === null && leftAt === null && projects[id] !== undefined,
  )
  if (asked.length === 0) return new Set()
  const rows = await tx.db.selectFrom('project_sending').select('project_id').where('case_id', '=', of.id).execute()
  const reached = new Set(rows.map(({ project_id }) => project_id))
  return new Set(asked.flatMap(({ id }) => (reached.has(projects[id]!) ? [] : [id as string])))
}
