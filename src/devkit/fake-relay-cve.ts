import type { CveSchema } from '../server/relay/cve/schema.ts'
import type { FakeAsked, FakeReply } from './fake-relay.ts'

export interface FakeCveId {
  readonly id: string
  readonly owner: string
  readonly user: string
  readonly reserved: number
  state: 'RESERVED' | 'PUBLISHED' | 'REJECTED'
}

/** CVE Services as one CNA's users see it: ids are reserved before they are used, owned, and their records valid. */
export interface FakeCve {
  readonly answer: (asked: FakeAsked) => FakeReply
  readonly ids: Map<string, FakeCveId>
  readonly records: Map<string, { readonly kind: 'cna' | 'reject'; readonly container: unknown }>
  /** How many ids the organisation may hold reserved at once. */
  quota: number
}

export interface FakeCna {
  readonly organisation: string
  readonly user: string
  readonly key: string
}

const PAGE = 500
const STAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?$/

export function fakeCve(users: readonly FakeCna[], schema: CveSchema, now: () => number): FakeCve {
  const cve: FakeCve = { answer, ids: new Map(), records: new Map(), quota: 100 }
  let last = 1000
  function answer(asked: FakeAsked): FakeReply {
    const { headers, method, path } = asked
    for (const header of ['cve-api-org', 'cve-api-user', 'cve-api-key']) {
      if (headers[header] === undefined) return no(400, 'BAD_REQUEST', `${header} header field required.`)
    }
    const who = users.find(({ organisation, user, key }) => {
      return organisation === headers['cve-api-org'] && user === headers['cve-api-user'] && key === headers['cve-api-key']
    })
    if (who === undefined) return no(401, 'UNAUTHORIZED', 'Unauthorized')
    const [, id = '', kind = ''] = /^\/api\/cve\/(CVE-\d{4}-\d{4,})\/(cna|reject)$/.exec(path) ?? []
    if (id !== '' && (method === 'POST' || method === 'PUT')) return record(asked, who, id, kind as 'cna' | 'reject')
    if (path !== '/api/cve-id') return no(404, 'NOT_FOUND', 'Not found')
    return method === 'POST' ? reserve(asked, who) : list(asked, who)
  }

  function reserve({ query }: FakeAsked, who: FakeCna): FakeReply {
    const year = query.get('cve_year') ?? ''
    const amount = Number(query.get('amount'))
    for (const name of query.keys()) {
      if (!['amount', 'batch_type', 'cve_year', 'short_name'].includes(name))
        return no(400, 'BAD_INPUT', `${name} is not allowed`)
    }
    if (!/^\d{4}$/.test(year)) return no(400, 'NO_YEAR', 'The cve_year query parameter is required.')
    if (!Number.isInteger(amount) || amount < 1) return no(400, 'NO_AMOUNT', 'The amount query parameter is required.')
    if (query.get('short_name') !== who.organisation)
      return no(403, 'ORG_CANNOT_RESERVE_FOR_OTHER', 'Not for another organisation.')
    if (amount > 1 && query.get('batch_type') === null) return no(400, 'NO_BATCH_TYPE', 'The batch_type must be specified.')
    const held = [...cve.ids.values()].filter(({ owner, state }) => owner === who.organisation && state === 'RESERVED').length
    if (held + amount > cve.quota) return no(403, 'EXCEEDED_ID_QUOTA', "The amount would exceed the organization's ID quota.")
    const made = Array.from({ length: amount }, () => {
      last += 1
      const one: FakeCveId = {
        id: `CVE-${year}-${last}`,
        owner: who.organisation,
        user: who.user,
        reserved: now(),
        state: 'RESERVED',
      }
      cve.ids.set(one.id, one)
      return one
    })
    return { status: 200, body: { cve_ids: made.map(shown), meta: { remaining_quota: cve.quota - held - amount } } }
  }

  function list({ query }: FakeAsked, who: FakeCna): FakeReply {
    const allowed = [
      'state',
      'cve_id_year',
      'time_reserved.lt',
      'time_reserved.gt',
      'time_modified.lt',
      'time_modified.gt',
      'page',
    ]
    for (const [name, value] of query) {
      if (!allowed.includes(name)) return no(400, 'BAD_INPUT', `${name} is not allowed`)
      if (name.startsWith('time_') && !STAMP.test(value)) return no(400, 'BAD_INPUT', 'Bad timestamp')
    }
    const before = Date.parse(query.get('time_reserved.lt') ?? '9999-01-01T00:00:00Z')
    const after = Date.parse(query.get('time_reserved.gt') ?? '1999-01-01T00:00:00Z')
    const all = [...cve.ids.values()].filter(({ owner, state, id, reserved }) => {
      const fits = owner === who.organisation && (query.get('state') ?? state) === state
      return fits && id.startsWith(`CVE-${query.get('cve_id_year') ?? ''}`) && reserved > after && reserved < before
    })
    const page = Number(query.get('page') ?? '1')
    const rest = all.length > page * PAGE ? { nextPage: page + 1 } : {}
    return { status: 200, body: { cve_ids: all.slice((page - 1) * PAGE, page * PAGE).map(shown), currentPage: page, ...rest } }
  }

  function record({ method, body, query }: FakeAsked, who: FakeCna, id: string, kind: 'cna' | 'reject'): FakeReply {
    const one = cve.ids.get(id)
    let container: unknown
    try {
      const { cnaContainer, ...unknown } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
      if (Object.keys(unknown).length > 0 || query.size > 0) return no(400, 'BAD_INPUT', 'Only cnaContainer is allowed')
      container = cnaContainer
    } catch {
      return no(400, 'BAD_INPUT', 'Not JSON')
    }
    const faults = kind === 'cna' ? schema.published(container) : schema.rejected(container)
    if (faults.length > 0 || !oneEnglish(container, kind)) {
      return {
        status: 400,
        body: {
          error: 'INVALID_JSON_SCHEMA',
          message: 'CVE JSON schema validation FAILED.',
          details: { errors: faults.map((message) => ({ message })) },
        },
      }
    }
    if (one === undefined) return no(400, 'CVEID_DNE', 'The cve id does not exist.')
    if (one.owner !== who.organisation)
      return no(403, 'ORG_DOES_NOT_OWN_ID', `It appears that ${who.organisation} does not own ${id}`)
    if (method === 'POST' && cve.records.has(id))
      return no(403, 'CVE_RECORD_EXISTS', 'The cve record for the cve id already exists.')
    if (method === 'PUT' && !cve.records.has(id))
      return no(403, 'CVE_RECORD_DNE', 'The cve record for the cve id does not exist.')
    cve.records.set(id, { kind, container })
    one.state = kind === 'cna' ? 'PUBLISHED' : 'REJECTED'
    const word = method === 'POST' ? 'created' : 'updated'
    return { status: 200, body: { message: `${id} record was successfully ${word}.`, [word]: {} } }
  }
  return cve
}

function shown({ id, owner, user, reserved, state }: FakeCveId): object {
  const at = new Date(reserved).toISOString()
  return { cve_id: id, cve_year: id.slice(4, 8), owning_cna: owner, state, requested_by: { cna: owner, user }, reserved: at }
}

/** The service takes one English text of a kind at most. */
function oneEnglish(container: unknown, kind: 'cna' | 'reject'): boolean {
  const texts = (container as Record<string, unknown>)[kind === 'cna' ? 'descriptions' : 'rejectedReasons']
  return Array.isArray(texts) && texts.filter((text: { lang?: unknown }) => text.lang === 'en').length === 1
}

function no(status: number, error: string, message: string): FakeReply {
  return { status, body: { error, message } }
}
