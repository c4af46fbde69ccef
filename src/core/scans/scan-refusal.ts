import { type Refused, refuse } from '../kernel/decision.ts'

/** Why something of the scans desk was not done; a sentence for whoever asked. None tells whether anybody else holds a claim. */
export const SCAN_REFUSALS = {
  'target.malformed': 'Name a package by its purl, or a repository by its address.',
  'target.too-wide': 'Name one package or repository: a host, an owner or a whole registry is not a target.',
  'target.whole-too-wide': 'This target is too large to be claimed whole: give a path or a weakness class.',
  'target.path-malformed': 'A path prefix is at most 64 names between slashes, without . and .. and control characters.',
  'target.weakness-unknown': 'A weakness class is a CWE id such as CWE-416, or a family such as use-after-free.',
  'target.range-malformed': 'A range has versions of the package, the older first, or commit ids of the repository; not both.',
  'target.opted-out': 'The project does not want to be scanned; see the opt-outs.',
  'target.needs-consent': 'The project wants to be asked first: say who consented.',
  'claim.days': 'A lease lasts whole days, from 1 to 14.',
  'claim.not-active': 'The claim has ended; make a new one.',
  'claim.renewals': 'The claim was renewed as often as it can be; release it, and let others have the target.',
  'claim.rest': 'You held this target as long as one can; it rests for seven days before you can claim it again.',
  'quota.open': 'Your organisation holds as many claims as it can; release one first.',
  'quota.whole': 'Your organisation holds as many claims on whole targets as it can; give a path or a weakness class.',
  'quota.day': 'Your organisation made as many claims today as it can; the count begins anew at midnight UTC.',
  'quota.overlaps': 'Too many of today’s claims overlapped others; the count begins anew at midnight UTC.',
  'claim.text': 'What you say beside a claim is at most 200 plain characters.',
  'claim.key-used': 'That key was used for another claim; use a key once for one target.',
  'notice.source':
    'Say where the project states this, and on which day: at most 500 plain characters, and no later day than today.',
  'notice.text': 'A text is missing, too long, or not plain.',
  'notice.times': 'Times are days of the week and a span of the day in UTC that is not empty.',
  'notice.ended': 'That was withdrawn already.',
  'certificate.malformed': 'The statement is not a clean-scan statement of this form: no other field is taken.',
  'certificate.future': 'A scan that is certified has ended.',
  'certificate.not-signed': 'The envelope is not signed by the key that came with it.',
  'certificate.other-target': 'The statement’s subject and its target differ.',
  'request.criticality': 'Criticality is a whole number from 1 to 100.',
  'request.closed': 'The request is closed.',
  'request.exists': 'There is an open request for this target already.',
} as const
export type ScanRefusal = keyof typeof SCAN_REFUSALS

/** The refusal of that code with its sentence. */
export function no(code: ScanRefusal): Refused<ScanRefusal> {
  return refuse(code, SCAN_REFUSALS[code])
}
