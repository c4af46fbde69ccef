import { type ReactNode, useState } from 'react'
import { visibleText } from '../inert/visible-text.ts'

interface Filter {
  readonly field: ReactNode
  readonly active: boolean
  readonly fits: (text: string) => boolean
}

/** A field that narrows a list at once, whether anything stands in it, and whether a row's text fits that. */
export function useFilter(label = 'Filter'): Filter {
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const field = (
    <input
      className="small filter"
      type="search"
      aria-label={label}
      placeholder="Filter"
      value={words}
      onChange={(event) => setWords(event.target.value)}
    />
  )
  return { field, active: wanted !== '', fits: (text) => wanted === '' || visibleText(text).toLowerCase().includes(wanted) }
}
