import type { FakeAsked, FakeReply } from './fake-relay.ts'

// Transcribed from `CaseRequestForm` (CERTCC/VINCE, vinny/forms.py) and the report view: greatest lengths, required, answers.
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['contact_name', 100],
  ['contact_org', 100],
  ['contact_email', 254],
  ['contact_phone', 20],
  ['reporter_pgp', 100_000_000],
  ['please_explain', 20_000],
  ['vendor_name', 100],
  ['other_vendors', 1000],
  ['first_contact', 10],
  ['vendor_communication', 20_000],
  ['product_name', 200],
  ['product_version', 100],
  ['vul_description', 20_000],
  ['vul_exploit', 20_000],
  ['vul_impact', 20_000],
  ['vul_discovery', 20_000],
  ['public_references', 1000],
  ['exploit_references', 1000],
  ['disclosure_plans', 1000],
  ['tracking', 100],
  ['comments', 1000],
])
const REQUIRED = ['product_name', 'product_version', 'vul_description', 'vul_exploit', 'vul_impact', 'vul_discovery']
const ANSWERS = [
  'share_release',
  'credit_release',
  'comm_attempt',
  'multiplevendors',
  'ics_impact',
  'ai_ml_system',
  'vul_public',
  'vul_exploited',
  'vul_disclose',
  'cisa_please',
]
const CHOICES = ['coord_status', 'why_no_attempt']
const CALLS_AN_HOUR = 100
const MOST_FILE = 10 * 1024 * 1024

export interface VinceReport {
  readonly id: string
  readonly fields: ReadonlyMap<string, string>
  readonly file: { readonly name: string; readonly bytes: Buffer } | null
}

/** VINCE's report API for one user: stricter than the real one, which ignores fields it does not know. */
export interface FakeVince {
  readonly answer: (asked: FakeAsked) => FakeReply
  readonly stored: readonly VinceReport[]
}

export function fakeVince(token: string, now: () => number): FakeVince {
  const stored: VinceReport[] = []
  const calls: number[] = []
  const answer = ({ method, path, headers, body }: FakeAsked): FakeReply => {
    if (path !== '/vince/comm/api/vulreport/') return { status: 404, body: { detail: 'Not found.' } }
    if (headers.authorization !== `Token ${token}`) return { status: 401, body: { detail: 'Invalid token.' } }
    if (method !== 'POST') return { status: 405, body: { detail: 'Method not allowed.' } }
    const at = now()
    while (calls.length > 0 && calls[0]! <= at - 3_600_000) calls.shift()
    if (calls.length >= CALLS_AN_HOUR) {
      const wait = Math.ceil((calls[0]! + 3_600_000 - at) / 1000)
      return { status: 429, body: { detail: 'Request was throttled.' }, headers: { 'retry-after': String(wait) } }
    }
    calls.push(at)
    const parts = readForm(headers['content-type'] ?? '', body)
    if (parts === null) return { status: 415, body: { detail: 'Unsupported media type.' } }
    const fields = new Map(
      parts.filter(({ filename }) => filename === null).map(({ name, bytes }) => [name, bytes.toString('utf8')]),
    )
    const files = parts.filter(({ filename }) => filename !== null)
    const errors = faultsOf(fields)
    if (files.some(({ name }) => name !== 'user_file') || files.length > 1) errors['user_file'] = ['One file at most.']
    if (files.some(({ bytes }) => bytes.length > MOST_FILE)) errors['user_file'] = ['File is too large.']
    if (Object.keys(errors).length > 0) return { status: 400, body: { status: 'error', errors } }
    const id = `VRF#26-11-${String(stored.length + 1).padStart(5, 'A')}`
    const [file] = files
    stored.push({ id, fields, file: file === undefined ? null : { name: file.filename ?? '', bytes: file.bytes } })
    return { status: 201, body: { status: 'success', vrf_id: id } }
  }
  return { answer, stored }
}

function faultsOf(fields: ReadonlyMap<string, string>): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const [name, value] of fields) {
    const most = LENGTHS.get(name)
    if (ANSWERS.includes(name)) {
      if (value !== 'True' && value !== 'False') errors[name] = ['Select a valid choice.']
    } else if (CHOICES.includes(name)) {
      if (!/^[1-5]?$/.test(value)) errors[name] = ['Select a valid choice.']
    } else if (most === undefined) {
      errors[name] = ['Unknown field.']
    } else if ([...value].length > most) {
      errors[name] = [`Ensure this value has at most ${most} characters.`]
    }
  }
  for (const name of [...REQUIRED, ...ANSWERS]) if (!fields.get(name)?.trim()) errors[name] = ['This field is required.']
  const mail = fields.get('contact_email')
  if (mail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)) errors['contact_email'] = ['Enter a valid email address.']
  const first = fields.get('first_contact')
  if (first && !/^\d{4}-\d{2}-\d{2}$/.test(first)) errors['first_contact'] = ['Enter a valid date.']
  return errors
}

interface Part {
  readonly name: string
  readonly filename: string | null
  readonly bytes: Buffer
}

/** The parts of a multipart/form-data body, or null where it is none. */
export function readForm(contentType: string, body: Buffer): Part[] | null {
  const [, boundary] = /^multipart\/form-data; boundary=([A-Za-z0-9]{1,70})$/.exec(contentType) ?? []
  if (boundary === undefined) return null
  const parts: Part[] = []
  const mark = Buffer.from(`\r\n--${boundary}`)
  const whole = Buffer.concat([Buffer.from('\r\n'), body])
  let from = whole.indexOf(mark)
  if (from !== 0) return null
  while (true) {
    from += mark.length
    if (whole.subarray(from, from + 4).toString('latin1') === '--\r\n') return from + 4 === whole.length ? parts : null
    const next = whole.indexOf(mark, from)
    const head = whole.indexOf('\r\n\r\n', from)
    if (next < 0 || head < 0 || head > next) return null
    const headers = whole.subarray(from, head).toString('utf8')
    const [, name, filename] =
      /\r\nContent-Disposition: form-data; name="([^"\r\n]+)"(?:; filename="([^"\r\n]+)")?/.exec(headers) ?? []
    if (name === undefined) return null
    parts.push({ name, filename: filename ?? null, bytes: whole.subarray(head + 4, next) })
    from = next
  }
}
