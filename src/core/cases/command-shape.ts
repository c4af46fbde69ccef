import type { Instant } from '../kernel/instant.ts'
import { END_REASONS, JUSTIFICATIONS, PARTICIPANT_KINDS, STATUSES, TIERS } from './case.ts'
import type { CaseCommand, CaseCommandName, Offer } from './case-command.ts'
import { EMBARGO_STATES } from './embargo-state.ts'
import { PUBLICITY_MOVES } from './publicity.ts'
import { REPORT_MOVES } from './report-state.ts'

// What people send is hostile until it has passed here: types are not believed, lengths are bounded.

type Check = (value: unknown) => boolean

const LAST = 8_640_000_000_000_000
const DIGEST = /^[0-9a-f]{64}$/
const ID = /^[a-z]{3}_[A-Za-z0-9_-]{1,60}$/

const isInstant: Check = (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LAST
const isDigest: Check = (value) => typeof value === 'string' && DIGEST.test(value)
const isId: Check = (value) => typeof value === 'string' && ID.test(value)
const isFlag: Check = (value) => typeof value === 'boolean'
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const text =
  (max: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= max && value.trim() !== ''
const listOf =
  (max: number, check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= max && value.every(check)
const oneOf =
  (all: readonly unknown[]): Check =>
  (value) =>
    all.includes(value)
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const flaws: Check = (value) => value === 'all' || listOf(50, isId)(value)
const isObject: Check = (value) => typeof value === 'object' && value !== null

const OFFER = { endsAt: orNull(isInstant), policy: text(120), why: listOf(24, text(400)) }
const isOffer: Check = (value) => isObject(value) && fits(OFFER, value as Offer)
const ACT = { participant: isId }
const WORK = { ...ACT, flaw: isId }
const ASKED = { respondBy: orNull(isInstant) }

const SHAPES: Readonly<Record<CaseCommandName, Readonly<Record<string, Check>>>> = {
  invite: {
    ...ACT,
    ...ASKED,
    organisation: orNull(isId),
    kind: oneOf(PARTICIPANT_KINDS),
    tier: oneOf(TIERS),
    flaws,
    inviter: isId,
    showsProduct: isFlag,
  },
  'invite-again': { ...ACT, ...ASKED },
  widen: { ...ACT, ...ASKED, flaws },
  'accept-invitation': { ...ACT, terms: orNull(isCount) },
  'decline-invitation': ACT,
  leave: ACT,
  remove: { ...ACT, reason: isDigest },
  hide: { ...ACT, hidden: isFlag },
  'judge-report': { ...ACT, move: oneOf(REPORT_MOVES), reason: orNull(isDigest) },
  'send-report': { ...WORK, digest: isDigest },
  'fix-ready': WORK,
  'tell-deployed': { ...WORK, share: (value) => typeof value === 'number' && value >= 0 && value <= 1 },
  'state-status': {
    ...WORK,
    status: oneOf(STATUSES),
    justification: orNull(oneOf(JUSTIFICATIONS)),
    digest: orNull(isDigest),
  },
  'approve-status': { ...WORK, number: isCount },
  'add-flaw': { flaw: isId, cve: orNull(text(20)) },
  'set-cve': { flaw: isId, cve: orNull(text(20)) },
  'note-publicity': { ...WORK, what: oneOf(PUBLICITY_MOVES), at: isInstant, evidence: text(300) },
  'propose-embargo': { ...ACT, ...ASKED, ...OFFER, silence: oneOf(['no', 'lapse']), weighing: orNull(isDigest) },
  'answer-embargo': { ...ACT, proposal: isCount, answer: oneOf(['accept', 'decline']) },
  'withdraw-proposal': { ...ACT, proposal: isCount },
  'apply-default': { ...OFFER, receiver: isId },
  'end-embargo': { why: oneOf(END_REASONS.filter((why) => /^(adversary|fixes|all)-/.test(why))), reason: isDigest },
  'legal-disclosure': { ...ACT, duty: text(120), source: text(300), dueAt: isInstant },
  'agree-to-publish': { ...ACT, agree: isFlag },
  'merge-in': { other: isObject, flaws, propose: orNull(isOffer) },
  'hand-over': { to: isId, flaws, as: oneOf(['merge', 'split']) },
  'hear-of-kin': { kin: isId, embargo: oneOf(EMBARGO_STATES), endsAt: orNull(isInstant), born: oneOf([null, 'sibling']) },
  'close-case': {},
  clock: {},
}

function fits(shape: Readonly<Record<string, Check>>, value: object): boolean {
  const fields = value as Readonly<Record<string, unknown>>
  return Object.entries(shape).every(([field, check]) => check(fields[field]))
}

/** Whether a command has every field it needs, each of its kind and within its bounds. */
export function isWellFormed(command: CaseCommand): boolean {
  return isObject(command) && Object.hasOwn(SHAPES, command.do) && fits(SHAPES[command.do], command)
}

/** Whether an offer has every field, each within its bounds. */
export function isInstantOrNull(value: unknown): value is Instant | null {
  return value === null || isInstant(value)
}

/** Whether that is SHA-256 in lower-case hexadecimal, or null. */
export function isDigestOrNull(value: unknown): boolean {
  return value === null || isDigest(value)
}
