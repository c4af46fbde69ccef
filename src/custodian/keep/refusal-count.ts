const MINUTE_MS = 60_000
const MOST = 256

interface Row {
  readonly purpose: string | null
  readonly code: string
  readonly from: number
  more: number
}

/** Keeps a flood of refusals from flooding the log: the first of a kind is told at once, the rest of its minute as a number. */
export class RefusalCount {
  readonly #rows = new Map<string, Row>()

  /** Whether this refusal is to be told by itself; `mono` in milliseconds of the steady clock. */
  isFirst(purpose: string | null, code: string, mono: number): boolean {
    const name = JSON.stringify([code, this.#rows.size < MOST ? purpose : null])
    const row = this.#rows.get(name)
    if (row === undefined) {
      this.#rows.set(name, { purpose, code, from: mono, more: 0 })
      return true
    }
    row.more++
    return false
  }

  /** What is to be told of minutes that are over. */
  due(mono: number): { readonly purpose: string | null; readonly note: string }[] {
    const told: { purpose: string | null; note: string }[] = []
    for (const [name, row] of this.#rows) {
      if (mono - row.from < MINUTE_MS) continue
      this.#rows.delete(name)
      if (row.more > 0) told.push({ purpose: row.purpose, note: `${row.code}, ${row.more} more in a minute` })
    }
    return told
  }
}
