// Fields of VINCE's report form with their greatest lengths in characters: `CaseRequestForm` of CERTCC/VINCE (vinny/forms.py,
// 3.0.43), narrowed for phone and exploit references to what its database holds; the endpoint takes it as multipart form data.

export interface VinceField {
  /** Characters; 0: no text of any length. */
  readonly most: number
  readonly required: boolean
  /** `True` or `False`, one of numbered choices, or any text. */
  readonly form: 'text' | 'answer' | 'choice' | 'date'
}

function text(most: number, required = false): VinceField {
  return { most, required, form: 'text' }
}

const ANSWER: VinceField = { most: 5, required: true, form: 'answer' }
const CHOICE: VinceField = { most: 1, required: false, form: 'choice' }

export const VINCE_FIELDS: ReadonlyMap<string, VinceField> = new Map([
  ['contact_name', text(100)],
  ['contact_org', text(100)],
  ['contact_email', text(254)],
  ['contact_phone', text(20)],
  ['share_release', ANSWER],
  ['credit_release', ANSWER],
  ['coord_status', CHOICE],
  ['comm_attempt', ANSWER],
  ['why_no_attempt', CHOICE],
  ['please_explain', text(20_000)],
  ['vendor_name', text(100)],
  ['multiplevendors', ANSWER],
  ['other_vendors', text(1000)],
  ['first_contact', { most: 10, required: false, form: 'date' }],
  ['vendor_communication', text(20_000)],
  ['product_name', text(200, true)],
  ['product_version', text(100, true)],
  ['ics_impact', ANSWER],
  ['ai_ml_system', ANSWER],
  ['vul_description', text(20_000, true)],
  ['vul_exploit', text(20_000, true)],
  ['vul_impact', text(20_000, true)],
  ['vul_discovery', text(20_000, true)],
  ['vul_public', ANSWER],
  ['public_references', text(1000)],
  ['vul_exploited', ANSWER],
  ['exploit_references', text(1000)],
  ['vul_disclose', ANSWER],
  ['disclosure_plans', text(1000)],
  ['tracking', text(100)],
  ['comments', text(1000)],
  ['cisa_please', ANSWER],
])

/** Most bytes of the one file that goes with a report. */
export const VINCE_FILE_BYTES = 10 * 1024 * 1024
