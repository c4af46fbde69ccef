import type { Tx } from '../../store/connection.ts'
import { noteSending } from '../../store/letter-counts.ts'
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

/** After a merge: whoever saw one of the two cases sees the one that they became, by whichever way it had come to them. */
export async function keepReached(tx: Tx, body: CaseBody, saw: ReadonlySet<string>, now: number): Promise<void> {
  for (const id of await heldParties(tx, body)) if (saw.has(id)) await noteSending(tx, body.projects[id]!, body.case.id, now)
}

/** Before a split is stored: to whom the parent had come, its child has come, since the same day. */
export async function inheritReached(tx: Tx, parent: string, { case: child, projects }: CaseBody): Promise<void> {
  const here = [...new Set(Object.values(projects))]
  if (here.length === 0) return
  const rows = await tx.db
    .selectFrom('project_sending')
    .select(['project_id', 'sent_at'])
    .where('case_id', '=', parent)
    .where('project_id', 'in', here)
    .execute()
  for (const { project_id, sent_at } of rows) await noteSending(tx, project_id, child.id, sent_at)
}
