import type { Tx } from '../../store/connection.ts'
import type { CaseBody } from './case-body.ts'

/**
 * Participants, by id, to whom their project's pace has not let the case come yet: a maintainer with an account whose first letter
 * has not gone. To them it is as if there were no case. Whoever was let in before is not kept out again.
 */
export async function heldParties(tx: Tx, body: CaseBody): Promise<ReadonlySet<string>> {
  return (await heldInCases(tx, [body]))(body)
}

/** The same of many cases with one question; answers it of each. */
export async function heldInCases(tx: Tx, bodies: readonly CaseBody[]): Promise<(body: CaseBody) => ReadonlySet<string>> {
  const waiting = bodies.filter((body) => askedOf(body).length > 0).map((body) => body.case.id)
  if (waiting.length === 0) return () => new Set()
  const rows = await tx.db
    .selectFrom('project_sending')
    .select(['case_id', 'project_id'])
    .where('case_id', 'in', waiting)
    .execute()
  const reached = new Set(rows.map(({ case_id, project_id }) => `${case_id} ${project_id}`))
  return (body) =>
    new Set(askedOf(body).flatMap(({ id }) => (reached.has(`${body.case.id} ${body.projects[id]}`) ? [] : [id as string])))
}

/** Those with an account of a project who were asked and not let in yet. */
function askedOf({ case: of, projects }: CaseBody): CaseBody['case']['participants'] {
  return of.participants.filter(
    ({ id, organisation, admittedAt, leftAt }) =>
      organisation !== null && admittedAt === null && leftAt === null && projects[id] !== undefined,
  )
}
