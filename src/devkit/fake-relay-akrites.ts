import { parsePurl } from '../core/kernel/purl.ts'
import type { FakeAsked, FakeReply } from './fake-relay.ts'
import { repeatedKeys } from './fake-relay-json.ts'

/** The Akrites intake by docs/TAP-API-Spec.md: strict JSON, every violation named, 503 stores nothing. */
export interface FakeAkrites {
  readonly answer: (asked: FakeAsked) => FakeReply
  readonly stored: readonly { readonly receipt: string; readonly report: Record<string, unknown> }[]
  /** Set: saturated, with so many seconds to wait; the report is not stored. */
  busy: number | null
}

interface Fault {
  readonly code: string
  readonly field: string
}

const MOST_BODY = 3 * 1024 * 1024
const MIB = 1024 * 1024
const BINARY = ['application/pdf', 'application/zip', 'application/gzip', 'application/x-bzip2', 'application/octet-stream']
const TYPES = ['text/plain', 'text/markdown', 'application/json', ...BINARY]
const ATTACHMENT_TYPES = ['patch', 'exploit-proof-of-concept', 'reproducer', 'threat-model', 'other']
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
const TEXTS: ReadonlyMap<string, number> = new Map([
  ['purl', 512],
  ['software', 256],
  ['ecosystem', 128],
  ['code_path', 1024],
  ['introduced_commit', 64],
  ['fixed_commit', 64],
  ['package_repo_url', 512],
  ['discovery_method', 32],
  ['discovery_tooling', 128],
  ['email', 256],
  ['notify', 16],
])
const LISTS: ReadonlyMap<
  string,
  { readonly entries: number; readonly bytes: number; readonly code: string; readonly form: RegExp }
> = new Map([
  ['versions', { entries: 64, bytes: 64, code: 'degenerate_value', form: /\S/ }],
  ['references', { entries: 16, bytes: 512, code: 'invalid_reference', form: /^https?:\/\/\S+$/ }],
  [
    'upstream_ids',
    {
      entries: 16,
      bytes: 128,
      code: 'invalid_upstream_id',
      form: /^(CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3}|(OSV|GO|RUSTSEC|PYSEC)-\S+)$/,
    },
  ],
])
const SIZES = ['field_too_large', 'too_many_items', 'structure_too_deep']

export function fakeAkrites(token: string): FakeAkrites {
  const stored: { receipt: string; report: Record<string, unknown> }[] = []
  const akrites: FakeAkrites = { answer, stored, busy: null }
  function answer({ method, path, headers, body }: FakeAsked): FakeReply {
    if (path !== '/v1/reports') return problem(404, 'about:blank')
    if (method !== 'POST') return problem(405, 'about:blank')
    if (headers.authorization !== `Bearer ${token}`) return problem(401, 'about:blank')
    if (headers['content-type'] !== 'application/json') return problem(415, 'about:blank')
    if (body.length > MOST_BODY) return problem(413, 'about:blank')
    if (akrites.busy !== null) return { ...problem(503, 'about:blank'), headers: { 'retry-after': String(akrites.busy) } }
    const report = readReport(body)
    if (report === null) return problem(400, 'tag:akrites.dev,2026-07:problem/malformed-json')
    const faults = faultsOf(report)
    if (faults.length > 0) {
      const status = faults.some(({ code }) => SIZES.includes(code)) ? 413 : 400
      return problem(status, 'tag:akrites.dev,2026-07:problem/validation', faults)
    }
    const receipt = `SUB-${String(stored.length + 1).padStart(18, 'a')}`
    stored.push({ receipt, report })
    const link = `</v1/submissions/${receipt}>; rel="monitor"`
    return { status: 202, body: { receipt, message: 'accepted; poll /v1/submissions/{receipt} for status' }, headers: { link } }
  }
  return akrites
}

/** One JSON object without a key that stands twice at its top or in an attachment, in UTF-8; null where it is not that. */
function readReport(body: Buffer): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    const watched = /^\/[^/]+$|^\/attachments\/[^/]+$/
    return repeatedKeys(text).some((path) => watched.test(path)) ? null : (read as Record<string, unknown>)
  } catch {
    return null
  }
}

function faultsOf(report: Record<string, unknown>): Fault[] {
  const faults: Fault[] = []
  for (const [field, value] of Object.entries(report)) {
    if (TEXTS.has(field)) faults.push(...textFaults(field, value, TEXTS.get(field)!))
    else if (LISTS.has(field)) faults.push(...listFaults(field, value))
    else if (field === 'attachments') faults.push(...attachmentFaults(value))
    else if (field === 'affected_symbol') faults.push(...symbolFaults(value))
    else if (field === 'enrichment') faults.push(...enrichmentFaults(value))
    else faults.push({ code: 'field_not_allowed', field })
  }
  const { purl, notify, email } = report
  if (purl === undefined && (report['software'] === undefined || report['ecosystem'] === undefined))
    faults.push({ code: 'missing_field', field: 'purl' })
  if (typeof purl === 'string' && !parsePurl(purl).ok) faults.push({ code: 'invalid_purl', field: 'purl' })
  for (const field of ['introduced_commit', 'fixed_commit']) {
    if (report[field] !== undefined && !/^[0-9a-fA-F]{7,64}$/.test(String(report[field])))
      faults.push({ code: 'invalid_commit', field })
  }
  if (notify !== undefined && !['off', 'final', 'milestones', 'all'].includes(String(notify)))
    faults.push({ code: 'invalid_notify', field: 'notify' })
  if (notify !== undefined && notify !== 'off' && email === undefined) faults.push({ code: 'missing_field', field: 'email' })
  return faults
}

function textFaults(field: string, value: unknown, most: number): Fault[] {
  if (typeof value !== 'string') return [{ code: 'degenerate_value', field }]
  if (Buffer.byteLength(value) > most) return [{ code: 'field_too_large', field }]
  if (CONTROL.test(value)) return [{ code: 'control_characters', field }]
  return value.trim() === '' ? [{ code: 'degenerate_value', field }] : []
}

function listFaults(field: string, value: unknown): Fault[] {
  const rule = LISTS.get(field)!
  if (!Array.isArray(value)) return [{ code: 'degenerate_value', field }]
  if (value.length > rule.entries) return [{ code: 'too_many_items', field }]
  return value.flatMap((entry, n) => {
    const at = `${field}[${n}]`
    const faults = textFaults(at, entry, rule.bytes)
    return faults.length > 0 || rule.form.test(entry) ? faults : [{ code: rule.code, field: at }]
  })
}

function attachmentFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [{ code: 'degenerate_value', field: 'attachments' }]
  if (value.length > 16) return [{ code: 'too_many_items', field: 'attachments' }]
  const names = new Set<string>()
  return value.flatMap((entry: Record<string, unknown>, n) => {
    const at = `attachments[${n}]`
    const { filename, data, content_type, type = 'other', description = '', ...unknown } = entry
    const faults: Fault[] = Object.keys(unknown).map((key) => ({ code: 'field_not_allowed', field: `${at}.${key}` }))
    if (typeof filename !== 'string' || filename === '') return [...faults, { code: 'missing_field', field: `${at}.filename` }]
    if (/[/\\]|^\.{1,2}$|[\u200b-\u200f\u202a-\u202e]/.test(filename) || names.has(filename.toLowerCase())) {
      faults.push({ code: 'invalid_filename', field: `${at}.filename` })
    }
    names.add(filename.toLowerCase())
    if (!TYPES.includes(String(content_type).toLowerCase()))
      faults.push({ code: 'invalid_content_type', field: `${at}.content_type` })
    if (!ATTACHMENT_TYPES.includes(String(type))) faults.push({ code: 'invalid_attachment_type', field: `${at}.type` })
    if (typeof description !== 'string' || CONTROL.test(description))
      faults.push({ code: 'control_characters', field: `${at}.description` })
    if (typeof data !== 'string' || data === '') return [...faults, { code: 'missing_field', field: `${at}.data` }]
    if (Buffer.byteLength(data) > MIB) faults.push({ code: 'field_too_large', field: `${at}.data` })
    if (BINARY.includes(String(content_type)) && !isBase64(data)) faults.push({ code: 'invalid_base64', field: `${at}.data` })
    return faults
  })
}

function isBase64(data: string): boolean {
  const packed = data.replace(/[\r\n]/g, '')
  return packed !== '' && packed.length % 4 === 0 && Buffer.from(packed, 'base64').toString('base64') === packed
}

function symbolFaults(value: unknown): Fault[] {
  const { file, function: name, line, ...unknown } = value as Record<string, unknown>
  return [
    ...Object.keys(unknown).map((key) => ({ code: 'field_not_allowed', field: `affected_symbol.${key}` })),
    ...(file === undefined ? [] : textFaults('affected_symbol.file', file, 512)),
    ...(name === undefined ? [] : textFaults('affected_symbol.function', name, 256)),
    ...(line === undefined || (Number.isInteger(line) && Number(line) >= 0)
      ? []
      : [{ code: 'invalid_symbol_line', field: 'affected_symbol.line' }]),
  ]
}

/** Judged only by size by the real intake; here also by the formats that it says it expects. */
function enrichmentFaults(value: unknown): Fault[] {
  if (Buffer.byteLength(JSON.stringify(value)) > 64 * 1024) return [{ code: 'field_too_large', field: 'enrichment' }]
  const forms: Readonly<Record<string, RegExp>> = {
    cvss_vector: /^CVSS:4\.0\//,
    cwe: /^CWE-\d+/,
    severity: /^(None|Low|Medium|High|Critical)$/,
    verified: /^(unconfirmed|simulated|confirmed)$/,
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([key, entry]) =>
    forms[key]?.test(String(entry)) ? [] : [{ code: 'degenerate_value', field: `enrichment.${key}` }],
  )
}

function problem(status: number, type: string, errors: readonly Fault[] = []): FakeReply {
  const detail = errors.length === 0 ? '' : `${errors.length} violations; see errors`
  return {
    status,
    body: { type, title: 'Refused', status, detail, errors },
    headers: { 'content-type': 'application/problem+json' },
  }
}
