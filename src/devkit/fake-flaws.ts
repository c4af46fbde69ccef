import type { FlawPage, FlawRow } from '../contract/shapes/flaw.ts'
import { idOf, NOW, world } from './fake-world.ts'

const TABS: Record<string, readonly string[]> = {
  'needs-me': ['decide', 'triage'],
  waiting: ['target'],
  everything: ['decide', 'triage', 'target', 'nothing'],
}
const RANK = { immediate: 4, 'out-of-cycle': 3, scheduled: 2, defer: 1 }

/** The invented flaws with just enough behaviour that merge, split, decide and undo can be tried. */
export class FakeFlaws {
  readonly pages: Map<string, FlawPage>
  readonly #before: Map<string, FlawPage>[] = []

  constructor(size: number) {
    this.pages = world(size)
  }

  list(query: URLSearchParams): {
    rows: FlawRow[]
    next: string | null
    tabs: { needsMe: number; waiting: number; everything: number }
  } {
    const open = [...this.pages.values()].map((page) => page.row).filter((row) => row.state === 'open')
    const words = (query.get('q') ?? '').toLowerCase()
    const within = (tab: string) => open.filter((row) => TABS[tab]!.includes(row.need))
    const need = query.get('need')
    const found = (need ? open.filter((row) => row.need === need) : within(query.get('tab') ?? 'needs-me'))
      .filter((row) => words === '' || `${row.title} ${row.target} ${row.id}`.toLowerCase().includes(words))
      .filter((row) => !query.get('priority') || row.priority?.outcome === query.get('priority'))
    const key = (row: FlawRow) => {
      const sort = query.get('sort')
      if (sort === 'last') return Date.parse(row.lastAt)
      if (sort === 'first') return Date.parse(row.firstAt)
      if (sort === 'findings') return row.findings
      if (sort === 'finders') return row.finders
      return sort === 'severity' ? (row.severity?.score ?? -1) : row.priority ? RANK[row.priority.outcome] : 0
    }
    found.sort((a, b) => (query.get('order') === 'asc' ? key(a) - key(b) : key(b) - key(a)))
    const from = Number(query.get('cursor') ?? 0)
    const limit = Number(query.get('limit') ?? 100)
    const next = from + limit < found.length ? String(from + limit) : null
    return {
      rows: found.slice(from, from + limit),
      next,
      tabs: { needsMe: within('needs-me').length, waiting: within('waiting').length, everything: open.length },
    }
  }

  merge(into: string, from: string): FlawPage {
    this.#remember()
    const a = this.pages.get(into)!
    const b = this.pages.get(from)!
    const moved = b.findings.map((finding, n) => ({ ...finding, letter: String.fromCharCode(65 + a.findings.length + n) }))
    this.#put(b, { row: { ...b.row, state: 'merged', need: 'nothing' }, mergedInto: into, suggestions: [] })
    const suggestions = a.suggestions.filter((one) => one.other.id !== from)
    return this.#put(
      a,
      {
        row: { ...a.row, findings: a.row.findings + b.row.findings, need: 'triage' },
        findings: [...a.findings, ...moved],
        suggestions,
      },
      'Another flaw was merged in',
    )
  }

  keepApart(id: string): FlawPage {
    this.#remember()
    const touched = [...this.pages.values()].filter((page) => page.suggestions.some((one) => one.id === id))
    return touched.map((page) =>
      this.#put(page, { row: { ...page.row, need: 'triage' }, suggestions: [] }, 'Kept apart from another flaw'),
    )[0]!
  }

  split(id: string, findings: readonly string[]): FlawPage {
    this.#remember()
    const page = this.pages.get(id)!
    const out = page.findings.filter((finding) => findings.includes(finding.id))
    const own = idOf('flw', 900 + this.pages.size)
    this.pages.set(own, {
      ...page,
      row: { ...page.row, id: own, version: 1, findings: out.length },
      findings: out,
      suggestions: [],
      history: [],
    })
    const rest = page.findings.filter((finding) => !findings.includes(finding.id))
    return this.#put(
      page,
      { row: { ...page.row, findings: page.row.findings - out.length }, findings: rest },
      `${out.length} taken out into a flaw of their own`,
    )
  }

  undo(id: string): FlawPage | null {
    const before = this.#before.pop()
    if (!before) return null
    this.pages.clear()
    for (const [key, page] of before) this.pages.set(key, page)
    return this.pages.get(id) ?? null
  }

  /** The flaw in which an open question stands. */
  asked(suggestion: string): FlawPage | undefined {
    return [...this.pages.values()].find((page) => page.suggestions.some((one) => one.id === suggestion))
  }

  #remember(): void {
    this.#before.push(new Map(this.pages))
  }

  #put(page: FlawPage, change: Partial<FlawPage>, say?: string): FlawPage {
    const version = page.row.version + 1
    const line =
      say === undefined ? [] : [{ version, at: new Date(NOW).toISOString(), who: 'Ines Marrow', say, undoable: true }]
    const history = [...line, ...page.history.map((one) => ({ ...one, undoable: say === undefined && one.undoable }))]
    const next = { ...page, ...change, row: { ...(change.row ?? page.row), version }, history }
    this.pages.set(page.row.id, next)
    return next
  }
}
