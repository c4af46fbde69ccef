import type { TargetOut } from '../../../contract/shapes/validation.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Recipe } from '../../../core/validation/recipe.ts'
import type { KeyStore } from '../../store/keys/key-store.ts'
import { openJson } from '../../store/keys/seal.ts'
import type { TargetTable } from '../../store/tables.ts'
import type { TargetAbout } from './stored-proof.ts'

export const TARGET_COLUMNS = [
  'target.id',
  'target.organisation_id',
  'target.kind',
  'target.key_slot',
  'target.about',
  'target.recipe',
  'target.blob',
  'target.bytes',
  'target.created_at',
] as const

export type StoredTarget = Pick<
  TargetTable,
  'id' | 'organisation_id' | 'kind' | 'key_slot' | 'about' | 'recipe' | 'blob' | 'bytes' | 'created_at'
>

/** A target opened; null once its key was erased. */
export interface OpenTarget {
  readonly about: TargetAbout
  readonly recipe: Recipe | null
}

export function openTargets(keys: KeyStore, rows: readonly StoredTarget[]): (OpenTarget | null)[] {
  const opened = keys.get(rows.map((row) => row.key_slot))
  return rows.map((row, n) => {
    const key = opened[n]
    if (!key) return null
    return {
      about: openJson<TargetAbout>(key, row.about, `target/${row.id}/about`),
      recipe: row.recipe === null ? null : openJson<Recipe>(key, row.recipe, `target/${row.id}/recipe`),
    }
  })
}

/** Targets as people see them; `by` is the name of the organisation that brought each. */
export function targetViews(keys: KeyStore, rows: readonly (StoredTarget & { readonly by: string })[]): TargetOut[] {
  const opened = openTargets(keys, rows)
  return rows.map((row, n) => ({
    id: row.id,
    name: opened[n]?.about.name ?? 'Erased under its terms',
    kind: row.kind,
    digest: opened[n]?.about.digest ?? null,
    revision: opened[n]?.about.revision ?? null,
    bytes: row.bytes,
    recipe: recipeSummary(opened[n]?.recipe ?? null),
    by: row.by,
    at: formatInstant(instant(row.created_at)),
  }))
}

function recipeSummary(recipe: Recipe | null): TargetOut['recipe'] {
  if (recipe === null) return null
  const { language, sanitizer, harnesses, tests, image } = recipe
  return {
    language,
    sanitizer,
    harnesses: harnesses.map(({ name, kind }) => ({ name, kind })),
    tests: tests.map(({ name }) => name),
    image,
  }
}
