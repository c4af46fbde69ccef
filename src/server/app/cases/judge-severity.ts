import type { CaseAct } from '../../../contract/shapes/case.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { JudgedSeverity } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import type { SeenCase } from './load-case.ts'
import { type SeverityJudged, storeCase } from './store-case.ts'

/** A vendor's, a maintainer's or the coordinator's own severity of a flaw: it stands beside the finders', and replaces only its own. */
export async function judgeSeverity(
  desk: CaseDesk,
  tx: Tx,
  seen: SeenCase,
  act: Extract<CaseAct, { do: 'judge-severity' }>,
): Promise<Answer<null>> {
  const one = seen.parties.find(({ id }) => id === parseId('participant', act.party))
  const flaw = parseId('flaw', act.flaw)
  if (one === undefined)
    return denied('request.invalid', 'There is no participant of that id for which you speak.', 'act/party')
  if (flaw === null || !seen.flaws.includes(flaw) || !one.flaws.includes(flaw))
    return denied('request.invalid', 'There is no flaw of that id here.', 'act/flaw')
  if (!isMaker(one.kind) && one.id !== seen.case.chair)
    return denied('case.refused', 'Who makes, ships or coordinates judges here; a finder’s severity stands in its report.')
  const scored = scoreVector(act.vector)
  if (!scored.ok) return denied('request.invalid', 'A CVSS vector, for example CVSS:4.0/AV:N/….', 'act/vector')
  const { now, row, key, case: of, texts, projects, project, dates, purge } = seen
  const own = (other: JudgedSeverity) => other.participant === one.id && other.flaw === flaw
  const judged: JudgedSeverity = { participant: one.id, flaw, vector: act.vector, at: now }
  const severities = [...seen.severities.filter((other) => !own(other)), judged]
  const event: SeverityJudged = { type: 'severity-judged', case: of.id, at: now, by: seen.person, participant: one.id, flaw }
  const after = { ...of, version: of.version + 1 }
  const body = { case: after, texts, projects, project, dates, severities, purge }
  await storeCase(desk, tx, { body, key, now, version: row.version, events: [event] })
  return done(null)
}
