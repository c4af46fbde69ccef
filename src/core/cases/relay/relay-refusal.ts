import type { Refused } from '../../kernel/decision.ts'

/** Why a relay draft, a sending or a reservation is refused: a closed list, each with a sentence for people. */
export const RELAY_REFUSALS = {
  'draft.field-missing': 'The other side asks for a field that the case does not hold yet.',
  'draft.field-too-long': 'A field is longer than the other side accepts; shorten it, nothing is cut silently.',
  'draft.field-malformed': 'A field is not in the form that the other side accepts.',
  'draft.too-large': 'The report is larger than the other side accepts, even without its files.',
  'draft.personal-data': 'A field that is sent as it is holds personal data of a reporter; mend it first.',
  'draft.file-digest': 'The bytes of a file are not those that the case keeps under its digest.',
  'embargo.changed': 'The embargo terms are not those that were agreed; a relay passes them on unchanged.',
  'provenance.malformed': 'The provenance is missing a credit, a hop or a date, or holds more than a relay carries.',
  'provenance.not-appended': 'A provenance may only grow at its end.',
  'alias.malformed': 'This is not an identifier that a coordinator gives.',
  'alias.full': 'The case keeps as many handling identifiers as it can.',
  'sending.exists': 'This draft has been sent, or its sending has begun.',
  'sending.unsettled': 'Nobody knows whether this draft arrived; find out and say so before it is sent again.',
  'sending.under-way': 'This draft is being sent at this moment; wait a minute for its answer.',
  'sending.dropped': 'This draft was dropped; draft the report anew.',
  'sending.wrong-state': 'This is not possible in the state the sending is in.',
  'cve.malformed': 'This is not a CVE id.',
  'cve.bound': 'This CVE id belongs to another flaw.',
  'cve.reserved-already': 'A CVE id is reserved for this flaw of the case.',
  'cve.unsettled': 'Nobody knows whether a CVE id was reserved; look through the list of reserved ids first.',
  'cve.under-way': 'A CVE id is being asked for at this moment; wait a minute for its answer.',
  'cve.wrong-state': 'This is not possible in the state the reservation is in.',
} as const

export type RelayRefusal = keyof typeof RELAY_REFUSALS

/** The refusal of that code with its sentence, and which field where there is one to name; never its value. */
export function refuseRelay(code: RelayRefusal, field?: string): Refused<RelayRefusal> {
  return { ok: false, code, say: field === undefined ? RELAY_REFUSALS[code] : `${RELAY_REFUSALS[code]} (${field})` }
}
