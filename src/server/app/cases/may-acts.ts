import type { CaseAct } from '../../../contract/shapes/case.ts'
import type { Participant } from '../../../core/cases/case.ts'
import type { CaseCommand } from '../../../core/cases/case-command.ts'
import { askerProblem } from '../../../core/cases/command-askers.ts'
import { isBinding } from '../../../core/cases/embargo-state.ts'
import { isMaker } from '../../../core/cases/roster.ts'
import type { Id } from '../../../core/kernel/id.ts'
import type { SeenCase } from './load-case.ts'
import { readsOf } from './reads-of.ts'

type Name = CaseAct['do']

/** Acts for the coordinator alone. */
const CHAIR: readonly Name[] = ['confirm', 'end-embargo', 'add-flaw', 'set-cve', 'remove', 'merge', 'split', 'close']

/** The acts that the asker may do now, by their `do`; core asks again when one is done. */
export function mayActs(seen: SeenCase): string[] {
  const { case: of, person, coordinator, parties } = seen
  if (of.state === 'closed' || person === null) return []
  const may = new Set<string>(coordinator ? CHAIR.filter((name) => chairMay(seen, name)) : [])
  for (const one of parties) for (const name of partyMay(seen, one)) may.add(name)
  return [...may]
}

function chairMay({ case: of }: SeenCase, name: Name): boolean {
  if (name === 'confirm') return of.claims.length > 0
  if (name === 'end-embargo') return isBinding(of.embargo.state)
  if (name === 'split') return of.flaws.length > 1
  return name !== 'close' || !isBinding(of.embargo.state)
}

function partyMay(seen: SeenCase, one: Participant): Name[] {
  const { case: of, now, coordinator, person, parties } = seen
  const reads = readsOf(of, one, now)
  const flaw = (one.flaws[0] ?? of.flaws[0]?.flaw) as Id<'flaw'>
  const asker = { kind: 'person' as const, person: person!, participants: parties.map(({ id }) => id), coordinator }
  const can = (name: CaseCommand['do']) => {
    const command = { do: name, participant: one.id, inviter: one.id, flaw } as unknown as CaseCommand
    return askerProblem(of, asker, command) === null
  }
  const open = of.embargo.open.some(({ answers, proposedBy }) => {
    return proposedBy !== one.id && !answers.some(({ participant }) => participant === one.id)
  })
  const isChair = one.id === of.chair
  const all: readonly (readonly [Name, boolean])[] = [
    ['invite', can('invite')],
    ['accept', one.offered.length > 0 && reads !== 'nothing'],
    ['decline', one.respondBy !== null],
    ['leave', !isChair],
    ['hide', !isChair],
    ['propose', reads !== 'nothing' && of.embargo.state !== 'exited' && can('propose-embargo')],
    ['answer', reads === 'content' && open],
    ['note', can('note-publicity')],
    ['report', can('judge-report') && !isChair],
    ['step', can('fix-ready') || can('tell-deployed')],
    ['state', can('state-status')],
    ['approve-status', can('approve-status') && one.works.some(({ stated }) => stated !== null && stated.statedBy !== person)],
    ['judge-severity', reads === 'content' && (isChair || isMaker(one.kind))],
    ['agree-to-publish', can('agree-to-publish')],
    ['legal-duty', can('legal-disclosure')],
  ]
  return all.flatMap(([name, may]) => (may ? [name] : []))
}
