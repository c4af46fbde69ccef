import type { ReactNode } from 'react'
import { Icon } from '../../parts/marks/icon.tsx'
import type { Sort } from './queue-search.ts'

interface SortHeadProps {
  readonly by: Sort
  readonly sort: Sort
  readonly order: string
  /** null where the rows cannot be sorted: the head is a word then. */
  readonly onSort: ((by: Sort) => void) | null
  readonly className?: string
  readonly children: ReactNode
}

/** A column's head that sorts: pressed again it turns round. */
export function SortHead({ by, sort, order, onSort, className, children }: SortHeadProps) {
  if (onSort === null)
    return (
      <th scope="col" className={className}>
        {children}
      </th>
    )
  const state = by !== sort ? 'none' : order === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" className={className} aria-sort={state}>
      <button type="button" onClick={() => onSort(by)}>
        {children}
        {state === 'none' ? null : <Icon name={state === 'ascending' ? 'up' : 'down'} />}
      </button>
    </th>
  )
}
