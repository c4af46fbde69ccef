import type { ActClaim, ClaimOut, CoverageOut, MakeClaim, OptOutOut, ScanRequestOut } from '../contract/shapes/scan.ts'
import { at } from './fake-case-cast.ts'
import type { FakeAnswer } from './fake-project.ts'
import { HOSTILE, idOf } from './fake-world.ts'

const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })

/** Claims, requests, opt-outs and coverage, invented; acts change them as a server would. */
export class FakeScans {
  private claims: ClaimOut[] = claimRows()
  private requests: ScanRequestOut[] = requestRows()

  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    if (!roles.includes('finder') && !roles.includes('coordinator')) return null
    if (path === 'GET /v1/claims' && roles.includes('finder')) return ok({ rows: this.claims, next: null })
    if (path === 'POST /v1/claims') return ok(this.make(body as MakeClaim), 201)
    const acted = /^POST \/v1\/claims\/(\w+)\/acts$/.exec(path)?.[1]
    if (acted) return ok(this.act(acted, body as ActClaim))
    if (path.startsWith('GET /v1/scan-contacts/') && roles.includes('coordinator'))
      return ok({ contact: 'cnt_1', organisation: idOf('org', 3), name: `Tern Security ${HOSTILE}` })
    if (path === 'GET /v1/scan-requests')
      return ok({ rule: 'Criticality first, then how long nobody has looked.', rows: this.requests })
    const taken = /^POST \/v1\/scan-requests\/(\w+)\/take$/.exec(path)?.[1]
    const request = this.requests.find(({ id }) => id === taken)
    if (request) {
      this.requests = this.requests.map((one) => (one.id === taken ? { ...one, taken: true } : one))
      return ok(this.make({ ...EMPTY, target: request.target, days: 14 }, request.id), 201)
    }
    if (path === 'GET /v1/opt-outs') return ok({ rows: optOutRows() })
    if (path === 'GET /v1/scan-routes') return ok({ rows: [] })
    if (path === 'POST /v1/opt-outs' || path === 'POST /v1/scan-routes') return ok({}, 201)
    if (path === 'POST /v1/certificates') return ok({ digest: 'c'.repeat(64) }, 201)
    if (path === 'GET /v1/coverage') return ok({ rows: coverageRows() })
    return null
  }

  private make({ target, from, to, path, weakness, days }: MakeClaim, request: string | null = null): ClaimOut {
    const made = { ...claimRows()[2]!, id: idOf('clm', 10 + this.claims.length), target, from, to, path, weakness }
    const claim: ClaimOut = { ...made, state: 'active', endsAt: at(days * 24), endedAt: null, renewalsLeft: 3, request }
    this.claims = [claim, ...this.claims]
    return claim
  }

  private act(id: string, act: ActClaim): ClaimOut | undefined {
    this.claims = this.claims.map((one) => {
      if (one.id !== id) return one
      if (act.do === 'release') return { ...one, state: 'released', endedAt: at(0) }
      return { ...one, endsAt: at(act.days * 24), renewalsLeft: one.renewalsLeft - 1 }
    })
    return this.claims.find((one) => one.id === id)
  }
}

const EMPTY = { from: null, to: null, path: null, weakness: null, reach: null, consent: null, key: null }

function claimRows(): ClaimOut[] {
  const first: ClaimOut = {
    id: idOf('clm', 1),
    version: 1,
    state: 'active',
    target: 'pkg:generic/libquarry',
    from: '3.2.0',
    to: null,
    path: 'src/',
    weakness: 'CWE-787',
    madeAt: at(-100),
    endsAt: at(17),
    endedAt: null,
    renewalsLeft: 2,
    request: null,
    conditions: [{ kind: 'only-at-times', times: { days: [6, 7], fromMinute: 1320, toMinute: 360 } }],
    overlaps: [
      { contact: 'cnt_1', reach: null, at: at(-60) },
      { contact: 'cnt_2', reach: `scans@lund.example ${HOSTILE}`, at: at(-20) },
    ],
  }
  return [
    first,
    {
      ...first,
      id: idOf('clm', 2),
      target: 'pkg:maven/org.opensluice.gateway.transport.internal/opensluice-transport-quic-native-linux-x86_64',
      from: null,
      path: null,
      weakness: null,
      endsAt: at(150),
      conditions: [],
      overlaps: [],
      renewalsLeft: 0,
    },
    {
      ...first,
      id: idOf('clm', 3),
      state: 'lapsed',
      target: 'https://git.example/gannet/httpd',
      endedAt: at(-200),
      conditions: [],
      overlaps: [],
    },
  ]
}

function requestRows(): ScanRequestOut[] {
  const first: ScanRequestOut = {
    id: idOf('srq', 1),
    target: 'pkg:cargo/marram-stream',
    from: null,
    to: null,
    path: null,
    weakness: null,
    criticality: 92,
    source: 'Census of what hospitals run, 2026',
    score: 96,
    lastLook: null,
    taken: false,
    conditions: [],
  }
  return [
    first,
    {
      ...first,
      id: idOf('srq', 2),
      target: 'pkg:generic/libquarry',
      criticality: 88,
      score: 71,
      lastLook: at(-900),
      source: HOSTILE,
    },
    { ...first, id: idOf('srq', 3), target: 'pkg:npm/tidepool-archive', score: 55, conditions: [{ kind: 'with-consent' }] },
    { ...first, id: idOf('srq', 4), target: 'pkg:pypi/kittiwake', score: null, conditions: [{ kind: 'no-scans' }] },
  ]
}

const optOut = (n: number, target: string, says: OptOutOut['says']): OptOutOut => ({
  id: idOf('opt', n),
  version: 1,
  target,
  source: n === 1 ? `https://git.example/kittiwake/SECURITY.md ${HOSTILE}` : 'https://quarry.example/.well-known/security.txt',
  on: at(-400),
  enteredBy: n === 1 ? 'coordinator' : 'proved-maintainer',
  enteredAt: at(-399),
  endedAt: null,
  says,
})

const optOutRows = (): OptOutOut[] => [
  optOut(1, 'pkg:pypi/kittiwake', { kind: 'no-scans' }),
  optOut(2, 'pkg:npm/tidepool-archive', { kind: 'with-consent' }),
  optOut(3, 'pkg:generic/libquarry', { kind: 'only-at-times', times: { days: [6, 7], fromMinute: 1320, toMinute: 360 } }),
]

const coverageRows = (): CoverageOut['rows'] => [
  { target: 'pkg:generic/openssl', lastWeek: at(-240), organisations: '10+', classes: ['memory', 'crypto', 'parsing'] },
  { target: 'pkg:generic/libquarry', lastWeek: at(-500), organisations: '5-9', classes: ['memory', HOSTILE.slice(0, 60)] },
  { target: 'pkg:npm/tidepool-archive', lastWeek: at(-1900), organisations: '3-4', classes: ['paths'] },
  { target: 'pkg:cargo/marram-stream', lastWeek: null, organisations: null, classes: [] },
]
