export type TableCode =
  | 'table.neither'
  | 'table.empty'
  | 'table.too-large'
  | 'table.quote'
  | 'table.cells'
  | 'table.cell-too-long'
  | 'column.twice'
  | 'column.missing'
  | 'cell.not-understood'
  | 'cell.out-of-range'
  | 'task.two-times'
  | 'model.unnamed'
  | 'key.found'
  | 'findings.more'

/** What the reading of a table has to say; rows with a fault that matters are left out or count as missing, as `say` tells. */
export interface TableFinding {
  readonly code: TableCode
  /** `line 12, column score`; empty for the whole table. */
  readonly where: string
  readonly say: string
}

const LONGEST = 300

/** Gathers findings in bounded memory; what exceeds `most` is counted in one last finding. */
export class TableFindings {
  private readonly told: TableFinding[] = []
  private more = 0
  private readonly most: number
  constructor(most: number) {
    this.most = most
  }

  tell(code: TableCode, where: string, say: string): void {
    if (this.told.length >= this.most) this.more++
    else this.told.push({ code, where: inertCell(where), say: inertCell(say) })
  }

  list(): readonly TableFinding[] {
    if (this.more === 0) return this.told
    return [
      ...this.told,
      { code: 'findings.more', where: '', say: `Findings of this table that are not listed: ${this.more}.` },
    ]
  }
}

/** Hostile text on one line, without control or direction-changing characters, at most 300 characters. */
export function inertCell(text: string): string {
  const line = text.slice(0, LONGEST).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd')
  return text.length > LONGEST ? `${line}…` : line
}
