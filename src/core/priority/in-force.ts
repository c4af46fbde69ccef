import { idOf } from './decision-table.ts'
import { TABLES } from './tables/registry.ts'

/** The tables that decisions are made with now, for the public page: id with version, title, where they come from. */
export const RULES_IN_FORCE: readonly { readonly id: string; readonly title: string; readonly source: string }[] = TABLES.map(
  (table) => ({
    id: idOf(table),
    title: table.name,
    source: table.source,
  }),
)
