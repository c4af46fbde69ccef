import type { Case, ParticipantKind } from './case.ts'
import type { Asker, CaseCommand, CaseCommandName } from './case-command.ts'
import type { CaseRefusal } from './case-refusal.ts'
import { isReader, participantOf, speaksFor } from './roster.ts'

interface Rule {
  /** `chair`: coordinators of the case. `self`: whoever speaks for the participant that acts. `clock`: Weir itself. */
  readonly by: 'chair' | 'self' | 'clock'
  /** Null: any kind. */
  readonly kinds: readonly ParticipantKind[] | null
  /** Must the acting participant read the case now? */
  readonly reader: boolean
}

const CHAIR: Rule = { by: 'chair', kinds: null, reader: false }
const SELF: Rule = { by: 'self', kinds: null, reader: false }
const READER: Rule = { by: 'self', kinds: null, reader: true }
const CLOCK: Rule = { by: 'clock', kinds: null, reader: false }
const MAKERS: readonly ParticipantKind[] = ['maintainer', 'vendor', 'distributor']
const PARTIES: readonly ParticipantKind[] = ['finder', 'maintainer', 'vendor', 'coordinator', 'distributor']

/** Who may give each command. What is not here nobody may. */
const COMMAND_ASKERS: Readonly<Record<CaseCommandName, Rule>> = {
  invite: { by: 'self', kinds: ['coordinator', 'maintainer', 'vendor'], reader: true },
  'invite-again': CHAIR,
  widen: CHAIR,
  'accept-invitation': SELF,
  'decline-invitation': SELF,
  leave: SELF,
  remove: CHAIR,
  hide: SELF,
  'judge-report': READER,
  'send-report': { by: 'self', kinds: PARTIES, reader: false },
  'fix-ready': { by: 'self', kinds: MAKERS, reader: true },
  'tell-deployed': { by: 'self', kinds: [...MAKERS, 'operator'], reader: true },
  'state-status': { by: 'self', kinds: MAKERS, reader: true },
  'approve-status': { by: 'self', kinds: MAKERS, reader: true },
  'add-flaw': CHAIR,
  'set-cve': CHAIR,
  'note-publicity': READER,
  'propose-embargo': { by: 'self', kinds: PARTIES, reader: false },
  'answer-embargo': SELF,
  'withdraw-proposal': SELF,
  'apply-default': CHAIR,
  'end-embargo': CHAIR,
  'legal-disclosure': READER,
  'agree-to-publish': READER,
  'merge-in': CHAIR,
  'hand-over': CHAIR,
  'hear-of-kin': CLOCK,
  'close-case': CHAIR,
  clock: CLOCK,
}

/** Why this asker may not give this command; null: may. Nobody learns of a participant they do not speak for. */
export function askerProblem(of: Case, asker: Asker, command: CaseCommand): CaseRefusal | null {
  const { by, kinds, reader } = COMMAND_ASKERS[command.do]
  if (by === 'clock') return asker.kind === 'clock' ? null : 'asker.not-weir'
  if (by === 'chair') return asker.kind === 'person' && asker.coordinator ? null : 'asker.not-coordinator'
  const id = command.do === 'invite' ? command.inviter : 'participant' in command ? command.participant : of.chair
  const acting = speaksFor(of, asker, id) ? participantOf(of, id) : null
  if (acting === null) return 'asker.not-yours'
  if (acting.leftAt !== null) return 'participant.left'
  if (kinds !== null && !kinds.includes(acting.kind)) return 'asker.wrong-kind'
  return reader && !isReader(of, acting) ? 'asker.not-reader' : null
}
