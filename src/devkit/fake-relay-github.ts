import { Ajv } from 'ajv'
import type { FakeAsked, FakeReply } from './fake-relay.ts'

// `private-vulnerability-report-create`, transcribed from GitHub's published REST description.
const nullable = (type: string) => ({ type: [type, 'null'] })
const SCHEMA = {
  type: 'object',
  required: ['summary', 'description'],
  additionalProperties: false,
  properties: {
    summary: { type: 'string', maxLength: 1024 },
    description: { type: 'string', maxLength: 65535 },
    vulnerabilities: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        required: ['package'],
        additionalProperties: false,
        properties: {
          package: {
            type: 'object',
            required: ['ecosystem'],
            properties: {
              ecosystem: {
                enum: [
                  'rubygems',
                  'npm',
                  'pip',
                  'maven',
                  'nuget',
                  'composer',
                  'go',
                  'rust',
                  'erlang',
                  'actions',
                  'pub',
                  'other',
                  'swift',
                ],
              },
              name: nullable('string'),
            },
          },
          vulnerable_version_range: nullable('string'),
          patched_versions: nullable('string'),
          vulnerable_functions: { type: ['array', 'null'], items: { type: 'string' } },
        },
      },
    },
    cwe_ids: { type: ['array', 'null'], items: { type: 'string', pattern: '^CWE-[0-9]+$' } },
    severity: { enum: ['critical', 'high', 'medium', 'low', null] },
    cvss_vector_string: nullable('string'),
    start_private_fork: { type: 'boolean' },
  },
} as const

/** GitHub's REST API for private reports, as far as a reporter sees it. */
export interface FakeGithub {
  readonly answer: (asked: FakeAsked) => FakeReply
  readonly stored: readonly { readonly id: string; readonly repository: string; readonly report: Record<string, unknown> }[]
  /** Repositories by `owner/name`, and whether private reporting is on. */
  readonly repositories: Map<string, boolean>
  /** Set: the answer is 403 with this many seconds to wait. */
  wait: number | null
}

const ALPHABET = '23456789cfghjmpqrvwx'
const PATH = /^\/repos\/([^/]+\/[^/]+)\/security-advisories\/reports$/

export function fakeGithub(token: string): FakeGithub {
  const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(SCHEMA)
  const stored: { id: string; repository: string; report: Record<string, unknown> }[] = []
  const github: FakeGithub = { answer, stored, repositories: new Map(), wait: null }
  function answer({ method, path, headers, body }: FakeAsked): FakeReply {
    const [, repository = ''] = PATH.exec(path) ?? []
    if (headers['user-agent'] === undefined) return no(403, 'Request forbidden by administrative rules.')
    if (headers.authorization !== `Bearer ${token}`) return no(401, 'Bad credentials')
    if (github.wait !== null) {
      return { ...no(403, 'You have exceeded a secondary rate limit.'), headers: { 'retry-after': String(github.wait) } }
    }
    if (method !== 'POST' || !github.repositories.has(repository)) return no(404, 'Not Found')
    if (!github.repositories.get(repository)) return no(403, 'Repository does not have private vulnerability reporting enabled')
    let report: Record<string, unknown>
    try {
      report = JSON.parse(body.toString('utf8'))
    } catch {
      return no(400, 'Problems parsing JSON')
    }
    if (!valid(report))
      return { status: 422, body: { message: 'Validation Failed', errors: (valid.errors ?? []).map(({ message }) => message) } }
    if (report['severity'] && report['cvss_vector_string'])
      return no(422, 'Only one of severity and cvss_vector_string may be set')
    const id = ghsa(stored.length)
    stored.push({ id, repository, report })
    return { status: 201, body: { ghsa_id: id, state: 'triage', summary: report['summary'] } }
  }
  return github
}

function ghsa(n: number): string {
  let digits = ''
  for (let rest = n; digits.length < 12; rest = Math.floor(rest / ALPHABET.length))
    digits = `${ALPHABET[rest % ALPHABET.length]}${digits}`
  return `GHSA-${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`
}

function no(status: number, message: string): FakeReply {
  return { status, body: { message } }
}
