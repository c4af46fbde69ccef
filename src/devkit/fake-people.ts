import type { InviteRow, PersonRow } from '../contract/shapes/account.ts'
import { people } from './fake-lists.ts'
import type { FakeAnswer } from './fake-project.ts'
import { idOf, NOW } from './fake-world.ts'

const OWN = 'Fennmark Devices'
const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })

/** One vendor's people as its group-admin keeps them, invented; commands change them as a server would. */
export class FakePeople {
  private people: PersonRow[] = [
    ...people().filter(({ organisation }) => organisation === OWN),
    person(20, 'Ola Brekke', ['maintainer', 'inspector']),
  ]
  private invites: InviteRow[] = [invite(1, 'lars@fennmark.example', ['maintainer']), invite(2, null, ['inspector'])]

  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    if (!roles.includes('group-admin')) return null
    const sent = body as { email: string | null; roles: string[]; cases: boolean }
    if (path === 'GET /v1/people') return ok({ rows: this.people })
    if (path === 'GET /v1/organisations') return ok({ rows: [] })
    if (path === 'GET /v1/invites') return ok({ rows: this.invites })
    if (path === 'POST /v1/invites') {
      const made = invite(3 + this.invites.length, sent.email, sent.roles)
      this.invites = [made, ...this.invites]
      return ok({ ...made, link: 'http://localhost:4180/join#fake-secret' }, 201)
    }
    const [, act, what, id] = /^(PUT|DELETE) \/v1\/(people|invites)\/(\w+)/.exec(path) ?? []
    if (id === undefined) return null
    if (what === 'invites') this.invites = this.invites.filter((one) => one.id !== id)
    else {
      const change: Partial<PersonRow> = act === 'PUT' ? { roles: sent.roles, cases: sent.cases } : { state: 'left' }
      this.people = this.people.map((one) => (one.id === id ? { ...one, ...change } : one))
    }
    return ok({ id })
  }
}

function person(n: number, name: string, roles: string[]): PersonRow {
  return { id: idOf('per', n), name, email: null, organisation: OWN, roles, cases: true, state: 'active', lastSeen: null }
}

function invite(n: number, email: string | null, roles: string[]): InviteRow {
  return { id: idOf('inv', n), email, organisation: OWN, roles, expiresAt: new Date(NOW + 6e8).toISOString(), link: null }
}
