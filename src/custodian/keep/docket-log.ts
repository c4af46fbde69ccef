import type { CustodyEntry } from '../../contract/custody.ts'
import type { Ground } from './ground.ts'
import { isUse, LogFile } from './log-file.ts'

export type Facts = Partial<Omit<CustodyEntry, 'entry' | 'hash' | 'at' | 'what'>>

/** A docket's log as the docket writes it: entries are told to the server once they are on disk; a log that fails stays shut. */
export class DocketLog {
  readonly file: LogFile
  readonly #ground: Ground
  readonly #docket: string
  #gathering: Promise<void> | null = null
  #calls: number
  /** Null, or why nothing of this docket may pass any more. */
  damage: string | null

  constructor(ground: Ground, docket: string) {
    this.#ground = ground
    this.#docket = docket
    this.file = new LogFile(ground.disk, docket, `${docket}.log`)
    this.damage = this.file.damage
    this.#calls = this.file.loaded.calls
  }

  get calls(): number {
    return this.#calls
  }

  /** Adds an entry; it is durable after `flush` or `settled`. A damaged log is left as it is, for whoever looks into it. */
  add(at: number, what: CustodyEntry['what'], facts: Facts = {}): void {
    if (this.damage !== null) return
    if (isUse({ what })) this.#calls++
    const none = { purpose: null, status: null, bytesOut: 0, bytesIn: 0, tokensIn: null, tokensOut: null, ms: null, note: null }
    this.file.add({ at, what, ...none, ...facts })
  }

  /** Makes durable what was added; false where it could not be, and then the docket is damaged. */
  flush(): boolean {
    if (this.damage !== null) return false
    try {
      for (const entry of this.file.flush()) this.#ground.tell({ event: 'entry', docket: this.#docket, entry })
      return true
    } catch (error) {
      this.broke(`The log could not be written (${(error as NodeJS.ErrnoException).code ?? 'failed'}).`)
      return false
    }
  }

  /** Resolves once what was added is durable, together with what others add at the same time. */
  async settled(): Promise<boolean> {
    await (this.#gathering ?? this.#gather())
    return this.damage === null
  }

  #gather(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    // Set before the work is handed over: it may be done at once.
    this.#gathering = promise
    this.#ground.gather(() => {
      this.#gathering = null
      this.flush()
      resolve()
    })
    return promise
  }

  /** From now on calls of this docket are refused. */
  broke(say: string): void {
    if (this.damage !== null) return
    this.damage = say
    this.tellDamage()
  }

  tellDamage(): void {
    const mend = 'Keep the folder as it is, and have somebody look into it; end the docket or begin another one.'
    this.#ground.tell({ event: 'failed', say: `Docket ${this.#docket}: ${this.damage} Its calls are refused.`, mend })
  }
}
