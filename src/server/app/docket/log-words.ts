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

/** One entry of the log in a sentence. Nothing in it comes from what people wrote. */
export function sayOf({ what, object, refused, thing }: Pick<AccessRecord, 'what' | 'object' | 'refused' | 'thing'>): string {
  const of = OBJECT_WORDS[object] ?? 'something'
  if (what.startsWith('custody-')) return CUSTODY_WORDS[what.slice('custody-'.length)] ?? 'The custodian did something.'
  if (what === 'read') return refused ? `Asked for ${of}; nothing was shown.` : `Read ${of}.`
  if (what === 'added') return `Added ${of}.`
  if (what === 'saved') return `Took ${of} as a file.`
  const deed = what.replaceAll('-', ' ')
  return `${deed[0]?.toUpperCase() ?? ''}${deed.slice(1)}${thing === null ? '' : ` (${thing})`}.`
}
