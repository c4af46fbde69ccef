import type { Principal } from '../../../core/access/principal.ts'
import type { Asker } from '../../../core/cases/case-command.ts'
import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { decideCase } from '../../../core/cases/decide.ts'
import { evolveCase } from '../../../core/cases/evolve.ts'
import { instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { moveLetters } from '../letters/move-letters.ts'
import { movePapers } from './carry-papers.ts'
import type { CaseBody, JudgedSeverity } from './case-body.ts'
import type { CaseDesk } from './case-desk.ts'
import { lettersUnderWay } from './close-case.ts'
import { carryOut, tellKin } from './command-case.ts'
import { keepReached } from './held-parties.ts'
import { loadCase, type SeenCase, seeCase } from './load-case.ts'
import { moveReads } from './read-reads.ts'
import { storeCase, storeParties } from './store-case.ts'

/** Takes all flaws, people and papers of another case into this one, in one transaction; the other one ends. */
export async function mergeCases(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  seen: SeenCase,
  asker: Asker,
  from: string,
): Promise<Answer<null>> {
  const other = await seeCase(desk, tx, who, 'decide', from, true)
  if (other === null || !other.coordinator)
    return denied('request.invalid', 'There is no case of that id that you coordinate.', 'act/from')
  if (await lettersUnderWay(tx, other.case.id)) return denied('case.refused', 'A letter of that case is on its way.')
  const now = instant(Math.min(seen.now, other.now))
  // What time has brought about in the other one comes first, or terms that have ended would be carried over.
  const due = decideCase(other.case, { do: 'clock' }, { kind: 'clock' }, now)
  const ripe = due.ok ? due.events.reduce(evolveCase, other.case) : other.case
  const command = { do: 'merge-in', other: ripe, flaws: 'all', propose: null } as const
  const first = decideCase(seen.case, command, asker, now)
  if (!first.ok) return denied('case.refused', first.say, first.code)
  // The other gives first: a flaw is in one open case at most.
  const given = await carryOut(desk, tx, { ...other, now }, asker, {
    command: { do: 'hand-over', to: seen.case.id, flaws: 'all', as: 'merge' },
  })
  if (!given.ok) return given
  // One of the same family has heard of that by now: it takes what is given as it stands after.
  const heard = await loadCase(desk, tx, seen.case.id, true)
  if (heard === null) return NOT_FOUND
  const into = { ...seen, ...heard }
  const merge = decideCase(into.case, command, asker, now)
  if (!merge.ok) return denied('case.refused', merge.say, merge.code)
  const body = mergedBody(into, other, merge.events)
  await storeCase(desk, tx, { body, key: into.key, now, version: into.row.version, events: merge.events })
  const papers = await movePapers(desk, tx, other, { ...into, ...body }, idsAfter(merge.events))
  await moveReads(tx, other.case.id, into.case.id, { parties: idsAfter(merge.events), papers })
  await moveLetters(desk, tx, other.case.id, { id: into.case.id, slot: into.key.slot }, idsAfter(merge.events))
  // Whom a letter of the other one reached, or who saw one of the two in another way, the case has come to.
  await keepReached(tx, { ...into, ...body }, sawOneOf(into, other, idsAfter(merge.events)), now)
  await storeParties(tx, { ...into, ...body }, now)
  await tellKin(desk, tx, merge.events)
  return done(null)
}

function sawOneOf(into: SeenCase, other: SeenCase, ids: ReadonlyMap<string, string>): ReadonlySet<string> {
  const saw = ({ case: of, held }: SeenCase) =>
    of.participants.flatMap(({ id, leftAt }) => (leftAt === null && !held.has(id) ? [id as string] : []))
  return new Set([...saw(into), ...saw(other).map((id) => ids.get(id) ?? id)])
}

function mergedBody(into: SeenCase, other: SeenCase, events: readonly CaseEvent[]): CaseBody {
  const after = events.reduce(evolveCase, into.case)
  const ids = idsAfter(events)
  const idOf = (id: string) => ids.get(id) ?? id
  const projects = Object.fromEntries(Object.entries(other.projects).map(([id, project]) => [idOf(id), project]))
  const key = ({ participant, flaw }: JudgedSeverity) => `${participant} ${flaw}`
  const mine = new Set(into.severities.map(key))
  const theirs = other.severities
    .map((one) => ({ ...one, participant: idOf(one.participant) }))
    .filter((one) => !mine.has(key(one)))
  return {
    case: after,
    texts: { ...other.texts, ...into.texts },
    projects: { ...projects, ...into.projects },
    project: into.project ?? other.project,
    dates: into.dates,
    severities: [...into.severities, ...theirs],
    purge: null,
  }
}

/** Participants of the other case by the id that they have here; whoever is new here keeps their id. */
function idsAfter(events: readonly CaseEvent[]): ReadonlyMap<string, string> {
  const joined = events.flatMap((event) => (event.type === 'flaws-taken' ? event.joined : []))
  return new Map(joined.map(({ from, into }) => [from, into]))
}
