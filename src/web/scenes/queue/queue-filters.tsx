import { useEffect, useState } from 'react'
import { PRIORITY } from '../../parts/marks/priority-mark.tsx'
import { setPreference, usePreference } from '../../parts/preference.ts'
import { NEED_WORD, NEEDS_ORDER } from './needs.ts'
import type { QueueSearch } from './queue-search.ts'

interface QueueFiltersProps {
  readonly search: QueueSearch
  readonly onChange: (next: Partial<Record<keyof QueueSearch, string | undefined>>) => void
}

/** Words, priority and need; grouping and density. All but density stand in the address. */
export function QueueFilters({ search, onChange }: QueueFiltersProps) {
  const density = usePreference('density')
  const [words, setWords] = useState(search.q ?? '')
  useEffect(() => setWords(search.q ?? ''), [search.q])
  useEffect(() => {
    if (words === (search.q ?? '')) return
    const timer = setTimeout(() => onChange({ q: words === '' ? undefined : words }), 250)
    return () => clearTimeout(timer)
  }, [words, search.q, onChange])
  return (
    <search className="row wrap filters">
      <input
        className="small"
        type="search"
        aria-label="Filter by words"
        placeholder="Filter"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        maxLength={200}
      />
      <select
        className="small"
        aria-label="Priority"
        value={search.priority ?? ''}
        onChange={(event) => onChange({ priority: event.target.value || undefined })}
      >
        <option value="">Every priority</option>
        {Object.entries(PRIORITY).map(([key, { word }]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
      <select
        className="small"
        aria-label="What it needs"
        value={search.need ?? ''}
        onChange={(event) => onChange({ need: event.target.value || undefined })}
      >
        <option value="">Every need</option>
        {NEEDS_ORDER.map((need) => (
          <option key={need} value={need}>
            {NEED_WORD[need]}
          </option>
        ))}
      </select>
      <select
        className="small"
        aria-label="Grouped by"
        value={search.group ?? ''}
        onChange={(event) => onChange({ group: event.target.value || undefined })}
      >
        <option value="">Grouped by need</option>
        <option value="none">Not grouped</option>
      </select>
      <select
        className="small c-density"
        aria-label="Density"
        value={density}
        onChange={(event) => setPreference('density', event.target.value as 'roomy' | 'dense')}
      >
        <option value="roomy">Two lines a row</option>
        <option value="dense">One line a row</option>
      </select>
    </search>
  )
}
