import type { CaseEvent } from '../../../core/cases/case-event.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import type { Tx } from '../../store/connection.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { readsOf } from '../cases/reads-of.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { makeLetter } from './make-letter.ts'
import { publishedAs } from './published-as.ts'

interface Wanted {
  readonly kind: LetterKind
  readonly participant: string
}

/**
 * Makes the drafts that something which happened in a case asks for, to contacts that live in mail; a person sends them or drops
 * them. A letter whose facts are not there is not drafted.
 */
export async function draftsAfter(desk: ProjectDesk, tx: Tx, loaded: LoadedCase, event: CaseEvent): Promise<void> {
  for (const { kind, participant } of wantedAfter(loaded, event))
    await makeLetter(desk, tx, loaded, { kind, participant, words: null, person: null, step: null, next: null })
}

function wantedAfter(loaded: LoadedCase, event: CaseEvent): Wanted[] {
  const { case: of, now, projects } = loaded
  const byMail = of.participants.filter(({ id, leftAt }) => leftAt === null && projects[id] !== undefined)
  const one = (id: string, kind: LetterKind) => (byMail.some((other) => other.id === id) ? [{ kind, participant: id }] : [])
  const readers = (kind: LetterKind) =>
    byMail.filter((other) => readsOf(of, other, now) === 'content').map(({ id }) => ({ kind, participant: id }))
  switch (event.type) {
    case 'participant-invited': {
      const attacked = of.flaws.some(({ attacks }) => attacks !== null)
      return one(event.invited.id, attacked ? 'emergency' : 'invitation')
    }
    case 'invitation-renewed':
      return one(event.participant, 'invitation')
    case 'invitation-accepted': {
      const who = of.participants.find(({ id }) => id === event.participant)
      return who !== undefined && isMaker(who.kind) ? one(who.id, 'first-report') : []
    }
    case 'embargo-proposed':
      return readers('embargo-proposed')
    case 'embargo-revised':
      return readers('embargo-changed')
    case 'embargo-ended':
      return readers('embargo-ended')
    case 'publicity-noted':
      // Once for the case, also where its advisory is about several flaws.
      return publishedAs(of) !== null && event.flaw === of.flaws[0]?.flaw ? readers('publication') : []
    default:
      return []
  }
}
