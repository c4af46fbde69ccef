import type { CaseAct, OpenCase } from '../contract/shapes/case.ts'
import { actCase } from '../server/app/cases/act-case.ts'
import type { CaseDesk } from '../server/app/cases/case-desk.ts'
import { type LoadedCase, loadCase } from '../server/app/cases/load-case.ts'
import { openCase } from '../server/app/cases/open-case.ts'
import { inTransaction } from '../server/store/connection.ts'
import type { People } from './case-cast.ts'
import { must } from './docket-cast.ts'
import type { Past } from './past.ts'

/** What people do in cases of the demo, by the commands that people have, at the time that the clock shows. */
export class CaseStage {
  readonly people: People
  readonly past: Past
  readonly #desk: CaseDesk
  readonly #signal: AbortSignal

  /** Every act is refused once `signal` says that the server ends. */
  constructor(desk: CaseDesk, people: People, past: Past, signal: AbortSignal) {
    this.#signal = signal
    this.#desk = desk
    this.people = people
    this.past = past
  }

  get desk(): CaseDesk {
    return this.past.on(this.#desk)
  }

  async open(email: string, asked: Partial<OpenCase> & Pick<OpenCase, 'flaws'>): Promise<string> {
    return must(await openCase(this.desk, this.people(email), { project: null, policy: null, ...asked }), 'a case').id
  }

  async act(email: string, id: string, act: CaseAct): Promise<void> {
    const { version } = (await this.load(id)).case
    must(await actCase(this.desk, this.people(email), id, { version, act }), `${email} ${act.do}`)
  }

  async load(id: string): Promise<LoadedCase> {
    this.#signal.throwIfAborted()
    const loaded = await inTransaction(this.#desk.store, 'all', (tx) => loadCase(this.desk, tx, id))
    if (loaded === null) throw new Error('the case is gone')
    return loaded
  }

  /** The participant that somebody's organisation is in a case. */
  async party(email: string, id: string): Promise<string> {
    const { organisation } = this.people(email)
    const of = (await this.load(id)).case
    const one = of.participants.find((known) => known.organisation === organisation)
    if (one === undefined) throw new Error(`${email} takes no part`)
    return one.id
  }

  async invite(coordinator: string, email: string, id: string, more: Pick<Invite, 'kind' | 'tier'> & Partial<Invite>) {
    const { organisation } = this.people(email)
    const none = { project: null, flaws: [], respondInDays: null, showsProduct: false }
    await this.act(coordinator, id, { do: 'invite', organisation, ...none, ...more })
  }

  /** Accepts the invitation under the terms that are shown with it. */
  async accept(email: string, id: string): Promise<void> {
    const { embargo } = (await this.load(id)).case
    const version = embargo.terms?.version ?? embargo.open[0]?.number ?? null
    await this.act(email, id, { do: 'accept', party: await this.party(email, id), version })
  }
}

type Invite = Extract<CaseAct, { do: 'invite' }>
