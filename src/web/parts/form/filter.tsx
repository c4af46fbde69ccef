import { type ReactNode, useState } from 'react'
import { visibleText } from '../inert/visible-text.ts'

/** A field that narrows a list at once, and whether a row's text fits what stands in it. */
export function useFilter(label = 'Filter'): { readonly field: ReactNode; readonly fits: (text: string) => boolean } {
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
  return { field, fits: (text) => wanted === '' || visibleText(text).toLowerCase().includes(wanted) }
}
