import { accept, type Decision } from '../../kernel/decision.ts'
import { areApart } from './apart.ts'
import { keepApart, undoApart } from './decide-apart.ts'
import { mergeFlaws, undoMerge } from './decide-merge.ts'
import { splitFlaw, undoSplit } from './decide-split.ts'
import type { FlawCommand } from './flaw-command.ts'
import type { FlawEvent } from './flaw-event.ts'
import { isVerdict } from './flaw-judgement.ts'
import { type Flaws, isRefused, no, openFlaw } from './flaw-lookup.ts'
import type { FlawRefusal } from './flaw-refusal.ts'

const TITLE_MAX = 300

/**
 * What a command does to the flaws it names. Events of several flaws come out together and are stored together; a refusal
 * changes nothing. Who may command is decided before, by policy.
 */
export function decide(command: FlawCommand, flaws: Flaws): Decision<FlawEvent, FlawRefusal> {
  switch (command.type) {
    case 'open-flaw':
      return openNew(command, flaws)
    case 'join-finding':
      return joinFinding(command, flaws)
    case 'raise-suggestion':
      return raiseSuggestion(command, flaws)
    case 'merge-flaws':
      return mergeFlaws(command, flaws)
    case 'undo-merge':
      return undoMerge(command, flaws)
    case 'split-flaw':
      return splitFlaw(command, flaws)
    case 'undo-split':
      return undoSplit(command, flaws)
    case 'keep-apart':
      return keepApart(command, flaws)
    case 'undo-apart':
      return undoApart(command, flaws)
    case 'judge-flaw':
      return judgeFlaw(command, flaws)
    case 'set-title':
      return setTitle(command, flaws)
  }
}

export type CommandOf<Type extends FlawCommand['type']> = Extract<FlawCommand, { type: Type }>
export type FlawDecision = Decision<FlawEvent, FlawRefusal>

function openNew({ flaw, title, first, at, by }: CommandOf<'open-flaw'>, flaws: Flaws): FlawDecision {
  if (flaws.has(flaw)) return no('flaw.exists')
  return accept<FlawEvent>({
    type: 'flaw-opened',
    flaw,
    at,
    title: title.slice(0, TITLE_MAX),
    first: { ...first, joinedAt: at, because: null, by },
  })
}

function joinFinding({ flaw: id, arrival, because, at, by }: CommandOf<'join-finding'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  if (flaw.members.some(({ finding }) => finding === arrival.finding)) return no('finding.already-joined')
  return accept<FlawEvent>({ type: 'finding-joined', flaw: id, at, member: { ...arrival, joinedAt: at, because, by } })
}

function raiseSuggestion({ flaw: id, suggestion, at }: CommandOf<'raise-suggestion'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  const other = openFlaw(flaws, suggestion.other)
  if (isRefused(other)) return other
  if (other.id === id) return no('merge.same-flaw')
  if (areApart(flaw, other)) return no('suggestion.decided')
  const stands = flaw.suggestions.some((one) => one.other === other.id) || other.suggestions.some((one) => one.other === id)
  return stands ? no('suggestion.repeated') : accept<FlawEvent>({ type: 'suggestion-raised', flaw: id, at, suggestion })
}

function judgeFlaw({ flaw: id, judgement, at }: CommandOf<'judge-flaw'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  if (flaw.judgements.some((one) => one.id === judgement.id)) return no('judgement.repeated')
  if (judgement.value.trim() === '') return no('judgement.empty')
  if (judgement.on === 'verdict' && !isVerdict(judgement.value)) return no('judgement.not-a-verdict')
  return accept<FlawEvent>({ type: 'flaw-judged', flaw: id, at, judgement })
}

function setTitle({ flaw: id, title, at, by }: CommandOf<'set-title'>, flaws: Flaws): FlawDecision {
  const flaw = openFlaw(flaws, id)
  if (isRefused(flaw)) return flaw
  const next = title.trim().slice(0, TITLE_MAX)
  if (next === '') return no('title.empty')
  return next === flaw.title ? no('title.unchanged') : accept<FlawEvent>({ type: 'title-set', flaw: id, at, title: next, by })
}
