import { escapeMarkup } from '../curve/markup.ts'
import type { Ranges, RowsRef } from '../figures/rows.ts'

/** Makes numbers clickable: each leads to the list of the rows it came from, at the end of the same page. */
export interface RowLinks {
  readonly link: (markup: string, rows: RowsRef) => string
  /** The list of all sets that were linked to. */
  readonly annex: () => string
}

export function rowLinks(sets: Readonly<Record<string, Ranges>>): RowLinks {
  const used = new Map<string, { readonly id: string; readonly rows: RowsRef }>()
  return {
    link: (markup, rows) => {
      const key = `${rows.of}\n${rows.without ?? ''}`
      const known = used.get(key) ?? { id: `rows-${used.size + 1}`, rows }
      used.set(key, known)
      return `<a href="#${known.id}">${markup}</a>`
    },
    annex: () => {
      const items = [...used.values()].map(({ id, rows }) => {
        const without = rows.without === null ? '' : ` without ${say(rows.without, sets)}`
        return `<li id="${id}">${say(rows.of, sets)}${without}</li>`
      })
      return `<section class="annex"><h2>Rows behind the numbers</h2><p class="small">By their number in <code>rows.csv</code> of the bundle.</p><ol class="small">${items.join('\n')}</ol></section>`
    },
  }
}

function say(name: string, sets: Readonly<Record<string, Ranges>>): string {
  const ranges = Object.hasOwn(sets, name) ? (sets[name] ?? []) : []
  const text =
    ranges.length === 0 ? 'no row' : ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
  return `${escapeMarkup(name)}: <code>${text}</code>`
}
