// Decision tables in the sense of SSVC: named, versioned points with a closed list of values, and one outcome per combination.

/** One question of a table, or its outcome. Its id is `namespace:key:version`, for example `ssvc:E:1.1.0`. */
export interface DecisionPoint {
  readonly namespace: string
  readonly key: string
  readonly version: string
  readonly name: string
  /** From the least urgent to the most, where the point has such an order. */
  readonly values: readonly { readonly key: string; readonly name: string }[]
}

export interface DecisionTable {
  readonly namespace: string
  readonly key: string
  readonly version: string
  readonly name: string
  /** Where the rows come from: publisher, file, commit or date. */
  readonly source: string
  readonly inputs: readonly DecisionPoint[]
  readonly outcome: DecisionPoint
  /** Outcome keys, one per combination of the inputs' values in their listed order, the last input changing fastest. */
  readonly cells: readonly string[]
}

export interface Outcome {
  /** Id of the outcome point, for example `ssvc:DSOI:1.0.0`. */
  readonly point: string
  readonly value: string
  readonly name: string
}

export type Evaluated =
  | { readonly ok: true; readonly outcome: Outcome /** 1-based row of the table as Weir lists it. */; readonly row: number }
  | {
      readonly ok: false
      readonly code: 'table.missing-input' | 'table.unknown-value'
      readonly point: string
      readonly say: string
    }

/** `namespace:key:version` of a point or a table. */
export function idOf(of: { readonly namespace: string; readonly key: string; readonly version: string }): string {
  return `${of.namespace}:${of.key}:${of.version}`
}

/** Outcome keys written as text: one letter each, or words separated by spaces where `words` says so. Load-time use only. */
export function cells(text: string, words: 'letters' | 'words' = 'letters'): readonly string[] {
  return words === 'words' ? text.trim().split(/\s+/) : [...text.replace(/\s+/g, '')]
}

/** The value chosen for a point: by its full id, or by its bare key where a caller leaves the version to the table. */
export function selectionFor(selections: Readonly<Record<string, string>>, point: DecisionPoint): string | null {
  for (const name of [idOf(point), point.key]) if (Object.hasOwn(selections, name)) return selections[name]!
  return null
}

/** Looks up one row. Selections are value keys by point id or key; a missing one or one the point lacks is refused, never guessed. */
export function evaluateTable(table: DecisionTable, selections: Readonly<Record<string, string>>): Evaluated {
  let index = 0
  for (const point of table.inputs) {
    const chosen = selectionFor(selections, point)
    const id = idOf(point)
    if (chosen === null) return { ok: false, code: 'table.missing-input', point: id, say: `${point.name} is not stated.` }
    const at = point.values.findIndex((v) => v.key === chosen)
    const known = point.values.map((v) => v.key).join(', ')
    if (at < 0) return { ok: false, code: 'table.unknown-value', point: id, say: `${point.name} takes one of: ${known}.` }
    index = index * point.values.length + at
  }
  const value = table.cells[index]!
  const name = table.outcome.values.find((v) => v.key === value)!.name
  return { ok: true, outcome: { point: idOf(table.outcome), value, name }, row: index + 1 }
}
