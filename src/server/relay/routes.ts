import { binaryType } from '../../core/cases/relay/akrites-limits.ts'
import { schemeOf } from '../../core/cases/relay/alias.ts'
import type { AkritesBody, DraftFile, GithubBody, RelayDraft, VinceBody } from '../../core/cases/relay/relay-draft.ts'
import type { Outgoing } from './exchange.ts'
import { type FormPart, formData } from './form-data.ts'
import { type AnswerRules, fieldOf, listOf } from './read-answer.ts'
import type { RelayHost } from './settings.ts'

/** The project on GitHub whose maintainers are told; the other routes have one address for all. */
export interface RelayPlace {
  readonly owner: string
  readonly repository: string
}

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$/
const REPOSITORY = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/
const AGENT = 'weir-relay'

/** The request that carries a draft to a configured host, or null where the place is none. */
export function requestFor(draft: RelayDraft, host: RelayHost, place: RelayPlace | null, boundary: string): Outgoing | null {
  switch (draft.route) {
    case 'github':
      return place !== null && OWNER.test(place.owner) && REPOSITORY.test(place.repository)
        ? toGithub(draft.body, host, place)
        : null
    case 'vince':
      return toVince(draft.body, host, boundary)
    case 'akrites':
      return toAkrites(draft.body, host)
  }
}

function toGithub(body: GithubBody, host: RelayHost, { owner, repository }: RelayPlace): Outgoing {
  const headers = { ...json(host, 'Bearer'), accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }
  return {
    method: 'POST',
    url: under(host, `/repos/${owner}/${repository}/security-advisories/reports`),
    headers,
    body: bytes(body),
  }
}

function toVince({ fields, file }: VinceBody, host: RelayHost, boundary: string): Outgoing {
  const parts: FormPart[] = Object.entries(fields).flatMap(([name, values]) =>
    values.map((value) => ({ name, value, file: null })),
  )
  if (file !== null) parts.push({ name: 'user_file', value: file.bytes, file })
  const form = formData(parts, boundary)
  const headers = { ...common(host, 'Token'), 'content-type': form.contentType }
  return { method: 'POST', url: under(host, '/vince/comm/api/vulreport/'), headers, body: form.body }
}

function toAkrites({ report, files }: AkritesBody, host: RelayHost): Outgoing {
  const attachments = files.map((file) => ({
    filename: file.filename,
    content_type: file.contentType,
    type: ATTACHMENT_TYPE[file.kind],
    data: Buffer.from(file.bytes).toString(binaryType(file) ? 'base64' : 'utf8'),
  }))
  return {
    method: 'POST',
    url: under(host, '/v1/reports'),
    headers: json(host, 'Bearer'),
    body: bytes({ ...report, attachments }),
  }
}

const ATTACHMENT_TYPE: Readonly<Record<DraftFile['kind'], string>> = {
  report: 'other',
  reproducer: 'reproducer',
  patch: 'patch',
  test: 'other',
}

/** How each side says that a report was stored (201 or 202 with its identifier), and what was wrong with it. */
export const ANSWERS: Readonly<Record<RelayDraft['route'], AnswerRules>> = {
  github: {
    stored: 201,
    handle: (body) => identifier(fieldOf(body, 'ghsa_id')),
    faults: (body) => [
      fieldOf(body, 'message'),
      ...listOf(body, 'errors').map((fault) => (typeof fault === 'string' ? fault : fieldOf(fault, 'message'))),
    ],
    notStored: [],
  },
  vince: {
    stored: 201,
    handle: (body) => identifier(fieldOf(body, 'vrf_id')),
    faults: (body) => Object.entries(objectOf(fieldOf(body, 'errors'))).map(([field, why]) => `${field}: ${wordsOf(why)}`),
    notStored: [],
  },
  akrites: {
    stored: 202,
    handle: (body) => identifier(fieldOf(body, 'receipt')),
    faults: (body) => [
      fieldOf(body, 'detail'),
      ...listOf(body, 'errors').map((fault) => `${wordsOf(fieldOf(fault, 'field'))}: ${wordsOf(fieldOf(fault, 'code'))}`),
    ],
    // "Your report was not stored" and "Nothing was stored", in its own words.
    notStored: [408, 503],
  },
}

function identifier(value: unknown): string | null {
  return typeof value === 'string' && value.length <= 128 && schemeOf(value.trim()) !== null ? value.trim() : null
}

/** Text, or the texts of a list; anything else that a hostile answer holds has no words. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value)
    ? value
        .filter((word) => typeof word === 'string')
        .slice(0, 10)
        .join(' ')
    : ''
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

/** A path of ours below the configured base, which may have a path of its own. */
export function under({ base }: RelayHost, path: string): URL {
  return new URL(`${base.pathname.replace(/\/$/, '')}${path}`, base)
}

function json(host: RelayHost, scheme: string): Record<string, string> {
  return { ...common(host, scheme), 'content-type': 'application/json' }
}

function common({ token }: RelayHost, scheme: string): Record<string, string> {
  return { authorization: `${scheme} ${token()}`, accept: 'application/json', 'user-agent': AGENT }
}

function bytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8')
}
