import type { CaseRow, CaseView, EmbargoOut, LetterOut, PartyOut } from '../../../contract/shapes/case.ts'
import type { EndReason, Justification, ParticipantKind, Status } from '../../../core/cases/case.ts'
import { EMBARGO_POLICIES } from '../../../core/cases/embargo-policy/registry.ts'
import type { IconName } from '../../parts/marks/icon.tsx'

export const KIND: Readonly<Record<ParticipantKind, string>> = {
  finder: 'Finder',
  maintainer: 'Maintainer',
  vendor: 'Vendor',
  coordinator: 'Coordinator',
  distributor: 'Distributor',
  operator: 'Operator, early read-in',
  observer: 'Observer',
}

export const EMBARGO: Readonly<Record<EmbargoOut['state'], string>> = {
  none: 'No embargo',
  proposed: 'Embargo proposed',
  active: 'Embargo active',
  revise: 'Embargo active, a change is proposed',
  exited: 'Embargo ended',
}

export const MOVE: Readonly<Record<CaseRow['whoseMove'], string>> = {
  yours: 'Your move',
  coordinator: 'The coordinator’s move',
  maintainer: 'The maintainer’s or vendors’ move',
  nobody: 'Nobody’s move: it waits for time',
}

/** The letter of the standard and the word of the report's state at that participant. */
export const REPORT: Readonly<Record<PartyOut['report'], readonly [string, string]>> = {
  start: ['–', 'Not shown'],
  received: ['R', 'Received'],
  invalid: ['I', 'Invalid'],
  valid: ['V', 'Valid'],
  deferred: ['D', 'Deferred'],
  accepted: ['A', 'Accepted'],
  closed: ['C', 'Closed'],
}

export const CONSENT: Readonly<Record<PartyOut['consent'], readonly [IconName, string]>> = {
  'no-embargo': ['dash', 'No embargo'],
  invited: ['envelope', 'Invited'],
  signatory: ['check', 'Accepted'],
  lapsed: ['clock', 'Lapsed'],
  declined: ['cross', 'Declined'],
}

type Step = PartyOut['works'][number]['step']
/** How many of the three cells are filled, and the word. */
export const STEP: Readonly<Record<Step, readonly [number, string]>> = {
  vfd: [0, 'Not aware'],
  Vfd: [1, 'Aware'],
  VFd: [2, 'Fix ready'],
  VFD: [3, 'Deployed'],
}

export const STATUS: Readonly<Record<Status, string>> = {
  affected: 'Affected',
  'not-affected': 'Not affected',
  'under-investigation': 'Looking',
  fixed: 'Fixed',
}

export const JUSTIFICATION: Readonly<Record<Justification, string>> = {
  component_not_present: 'The component is not in the product',
  vulnerable_code_not_present: 'The flawed code is not in the product',
  vulnerable_code_not_in_execute_path: 'The flawed code never runs',
  vulnerable_code_cannot_be_controlled_by_adversary: 'Nobody hostile can reach it',
  inline_mitigations_already_exist: 'The product stops it already',
}

export const LETTER: Readonly<Record<LetterOut['state'], string>> = {
  draft: 'Draft',
  queued: 'Queued',
  sending: 'On its way',
  sent: 'Sent',
  unsure: 'Not known whether it went',
  bounced: 'Came back',
  refused: 'Refused',
  dropped: 'Dropped',
}

const TEMPLATES: Readonly<Record<string, string>> = {
  'first-report': 'First report',
  emergency: 'Emergency, without details',
  reminder: 'Reminder',
  'other-contact': 'To another contact',
  'needs-info': 'Question',
  invitation: 'Invitation',
  'embargo-proposed': 'Embargo proposed',
  'embargo-changed': 'Embargo changed',
  'embargo-ended': 'Embargo ended',
  'patch-offer': 'Patch offered',
  'finder-status': 'Status to the finder',
  'advisory-draft': 'Draft of the advisory',
  publication: 'Publication',
}

/** A letter's template in words; the template's own name where it is not known here. */
export const templateWords = (template: string): string => TEMPLATES[template] ?? template

/** Templates that a coordinator may ask for, with their words. */
export const TEMPLATE_CHOICES: readonly (readonly [string, string])[] = Object.entries(TEMPLATES)

/** The participant's words for itself where its name is hidden. */
export const HIDES = 'Hides its participation'
/** The same, where it stands as somebody's name. */
export const HIDDEN_PARTY = 'A party that hides its participation'

export const WHAT: Readonly<Record<'public' | 'exploit' | 'attacks', string>> = {
  public: 'The flaw is public',
  exploit: 'An exploit is public',
  attacks: 'Attacks are seen',
}

const ENDED: Readonly<Record<EndReason, string>> = {
  end: 'its end was reached',
  public: 'the flaw is public',
  exploit: 'an exploit is public',
  attacks: 'attacks were seen',
  'adversary-knows': 'adversaries know of it',
  'fixes-ready': 'most fixes are ready',
  'all-agreed': 'all agreed to publish',
  'carried-over': 'another case that it belongs to ended it',
}

/** Why the embargo ended, in words; what the server said where it is not known here. */
export const endedWords = (why: string): string => Object.entries(ENDED).find(([reason]) => reason === why)?.[1] ?? why

/** A policy by its name where it is a published one known here, else as it was written. */
export function policyWords(policy: string): string {
  if (policy === 'agreed/1') return 'Agreement among the parties'
  const found = EMBARGO_POLICIES.find(({ id, version }) => policy === `${id}/${version}`)
  return found ? `${found.name}, ${found.version}` : policy
}

/** Whether the asker may do that now; the server decides in any case. */
export const may = (of: CaseView, act: string): boolean => of.may.includes(act)

/** Versions that stand beside a target: those that its purl does not name already; null where none is left. */
export function versionsBeside(target: string | null, versions: string | null | undefined): string | null {
  const named = /^pkg:[^?#]*@([^@/?#]+)/.exec(target ?? '')?.[1]
  const all = (versions ?? '').split(', ').filter(Boolean)
  const rest = all.filter((one) => one !== named && encodeURIComponent(one) !== named)
  if (rest.length === 0) return null
  return rest.length < all.length ? `also ${rest.join(', ')}` : rest.join(', ')
}
