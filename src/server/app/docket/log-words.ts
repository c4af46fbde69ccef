import type { DocketEvent } from '../../../core/docket/docket-event.ts'
import type { AccessRecord } from '../../store/docket-access.ts'

const OBJECT_WORDS: Readonly<Record<string, string>> = {
  head: 'the docket',
  terms: 'the terms',
  message: 'messages',
  log: 'the log',
  receipt: 'the receipt',
  report: 'the report',
  'joint-document': 'a joint document',
  endpoint: 'the endpoint',
  'developer-document': 'a document of the developer',
  reasoning: 'reasoning text',
  suite: 'a sealed suite',
  criterion: 'the sealed plan',
  'benchmark-document': 'a sealed document',
  progress: 'progress of measurements',
  'run-set': 'results of measurements',
  transcript: 'a transcript',
  analysis: 'the analysis',
  reason: 'the reason of the determination',
  'result-document': 'a document about results',
  partner: 'partners',
  grant: 'a grant',
}

const CUSTODY_WORDS: Readonly<Record<string, string>> = {
  registered: 'The custodian took the key.',
  rotated: 'The custodian took another key for the same endpoint.',
  window: 'The custodian was told the window.',
  call: 'Calls passed to the endpoint.',
  refused: 'Calls were refused; the endpoint was not asked.',
  cut: 'Calls were cut off when the window ended.',
  probe: 'The custodian asked the endpoint its fixed questions.',
  'endpoint-down': 'The endpoint did not answer.',
  'endpoint-up': 'The endpoint answers again.',
  'build-changed': 'The endpoint answers as another build.',
  latched: 'The window is shut for ever.',
  erased: 'The key is destroyed.',
}

/** Deeds that are no events of the docket. */
type Deed =
  | 'dry-run'
  | 'probe'
  | 'rotate-key'
  | 'endpoint-given'
  | 'run-set-started'
  | 'run-set-stopped'
  | 'attempt-marked'
  | 'logs-taken'
  | 'figures-computed'

/** What somebody, or Weir, did; `…` stands for the person that it was done to. */
const DEED_WORDS: Readonly<Record<DocketEvent['type'] | Deed, string>> = {
  'docket-opened': 'Opened the docket.',
  'inquiry-answered': 'Answered the inquiry.',
  'terms-offered': 'Offered terms.',
  'terms-signed': 'Signed the terms.',
  'release-planned': 'Gave the instant of the planned release.',
  'access-readied': 'Everything for access is there.',
  'endpoint-given': 'Gave the endpoint; its key went sealed to the custodian.',
  'endpoint-registered': 'Registered the endpoint.',
  'baseline-taken': 'Took the endpoint’s fingerprint.',
  'build-changed': 'Noticed another build behind the endpoint.',
  'dry-run-passed': 'The dry run came through.',
  'downtime-began': 'The endpoint’s down time began.',
  'downtime-ended': 'The endpoint’s down time ended.',
  'downtime-granted': 'Lengthened the window for down time.',
  'opening-proposed': 'Proposed when the window opens.',
  'opening-agreed': 'Agreed on when the window opens.',
  'window-opened': 'The access window opened.',
  'window-end-moved': 'The end of the access window moved.',
  'window-closed': 'The access window closed.',
  'person-seated': 'Gave … a seat.',
  'person-unseated': 'Ended a seat of ….',
  'read-in-proposed': 'Proposed to read … in.',
  'read-in-seconded': 'Seconded that … is read in.',
  'read-in-ended': 'Ended a read-in of ….',
  'plan-laid': 'Laid the plan of the determination.',
  'names-unblinded': 'Results could be seen from here on.',
  'outcome-computed': 'Computed the outcome.',
  'determination-recorded': 'Recorded the determination.',
  'report-made': 'Made the report.',
  'report-signed': 'Signed the report.',
  'model-remeasured': 'Took in a measurement after the release.',
  'intake-consented': 'Consented that a vulnerability goes to intake.',
  'sent-to-intake': 'Sent a vulnerability to intake.',
  'partner-proposed': 'Proposed a partner.',
  'partner-signed': 'Signed for a partner.',
  'partner-selected': 'A partner is selected by both sides.',
  'partner-declined': 'Declined a partner.',
  'partner-admitted': 'Admitted a partner outside the joint list.',
  'grant-given': 'Let a person of a partner in.',
  'partner-revoked': 'Ended a partner’s access.',
  'docket-withdrawn': 'Withdrew.',
  'closing-begun': 'Closing began.',
  'docket-purged': 'The keys of all compartments are destroyed.',
  'receipt-signed': 'Signed the receipt.',
  'docket-closed': 'The docket is closed.',
  'dry-run': 'Tried the endpoint with a dummy call.',
  probe: 'Had the endpoint’s fingerprint compared.',
  'rotate-key': 'Gave another key for the same endpoint.',
  'run-set-started': 'Started a measurement.',
  'run-set-stopped': 'Stopped a measurement.',
  'attempt-marked': 'Marked an attempt.',
  'logs-taken': 'Took in logs of another tool.',
  'figures-computed': 'Had the figures computed.',
}

/** One entry of the log in a sentence; `about` is the name of the person that it is about. Beside that name nothing in it comes from people. */
export function sayOf(
  { what, object, refused, person_id, thing }: Pick<AccessRecord, 'what' | 'object' | 'refused' | 'person_id' | 'thing'>,
  about: string | null,
): string {
  const of = OBJECT_WORDS[object] ?? 'something'
  if (what === 'person-seated' && thing === person_id) return 'Took a seat.'
  if (what.startsWith('custody-')) return CUSTODY_WORDS[what.slice('custody-'.length)] ?? 'The custodian did something.'
  if (what === 'read') return refused ? `Asked for ${of}; nothing was shown.` : `Read ${of}.`
  if (what === 'added') return `Added ${of}.`
  if (what === 'saved') return `Took ${of} as a file.`
  const words = Object.hasOwn(DEED_WORDS, what) ? DEED_WORDS[what as keyof typeof DEED_WORDS] : null
  if (words !== null) return words.replace('…', () => about ?? 'a person whose name is withheld')
  const deed = what.replaceAll('-', ' ')
  return `${deed[0]?.toUpperCase() ?? ''}${deed.slice(1)}.`
}
