import type { CaseAct } from '../../../contract/shapes/case.ts'
import type { Asker } from '../../../core/cases/case-command.ts'
import { replayCase } from '../../../core/cases/evolve.ts'
import { openSplit } from '../../../core/cases/open-split.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import { pinPapers } from './carry-papers.ts'
import type { CaseBody } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { carryOut, tellIn } from './command-case.ts'
import { inheritReached } from './held-parties.ts'
import type { SeenCase } from './load-case.ts'
import { storeCase } from './store-case.ts'

/** Takes flaws out into a case of their own, with a key of its own and the end that was agreed on; its siblings hear of it. */
export async function splitCase(
  desk: CaseDesk,
  tx: Tx,
  seen: SeenCase,
  asker: Asker,
  act: Extract<CaseAct, { do: 'split' }>,
): Promise<Answer<null>> {
  const { case: parent, now } = seen
  const flaws = act.flaws.flatMap((text) => parseId('flaw', text) ?? [])
  if (flaws.length < act.flaws.length) return denied('request.invalid', 'There is no flaw of that id here.', 'act/flaws')
  const id = newId('case', desk.random)
  const opening = openSplit(parent, { case: id, flaws, end: 'inherit' }, asker, now)
  if (!opening.ok) return denied('case.refused', opening.say, opening.code)
  await pinPapers(desk, tx, seen, flaws)
  const given = await carryOut(desk, tx, seen, asker, { command: { do: 'hand-over', to: id, flaws, as: 'split' } })
  if (!given.ok) return given
  const [key] = await desk.keys.allocate(1)
  if (key === undefined) throw new Error('the key store gave no key')
  const child = replayCase(opening.events)!
  const body = childBody(seen, child)
  await inheritReached(tx, parent.id, body)
  await storeCase(desk, tx, { body, key, now, version: 0, events: opening.events })
  const { state: embargo, terms } = child.embargo
  for (const kin of child.siblings)
    await tellIn(desk, tx, kin, { do: 'hear-of-kin', kin: id, embargo, endsAt: terms?.endsAt ?? null, born: 'sibling' })
  return done(null)
}

/** What goes along: the texts that the child speaks of, and nothing else. */
function childBody(seen: SeenCase, child: CaseBody['case']): CaseBody {
  const said = JSON.stringify(child)
  const texts = Object.fromEntries(Object.entries(seen.texts).filter(([digest]) => said.includes(digest)))
  const people = new Set<string>(child.participants.map(({ id }) => id))
  const held = new Set<string>(child.flaws.map(({ flaw }) => flaw))
  const projects = Object.fromEntries(Object.entries(seen.projects).filter(([id]) => people.has(id)))
  const severities = seen.severities.filter(({ flaw }) => held.has(flaw))
  return { case: child, texts, projects, project: seen.project, dates: seen.dates, severities, purge: null }
}
