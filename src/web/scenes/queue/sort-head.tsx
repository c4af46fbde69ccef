import type { ReactNode } from 'react'
import { Icon } from '../../parts/marks/icon.tsx'
import type { Sort } from './queue-search.ts'

interface SortHeadProps {
  readonly by: Sort
  readonly sort: Sort
  readonly order: string
  readonly onSort: (by: Sort) => void
  readonly className?: string
  readonly children: ReactNode
}

/** A column's head that sorts: pressed again it turns round. */
export function SortHead({ by, sort, order, onSort, className, children }: SortHeadProps) {
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
