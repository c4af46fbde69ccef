import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { meQuery } from '../api/queries.ts'
import { Cap } from '../parts/keys/cap.tsx'
import { useKeys } from '../parts/keys/keys.ts'
import { Icon } from '../parts/marks/icon.tsx'

/** Finds flaws among those one may see. `/` goes there. */
export function Find({ onGo, narrow = false }: { onGo?: () => void; narrow?: boolean }) {
  const { data: me } = useQuery(meQuery)
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const may = me?.roles.includes('coordinator') ?? false
  useKeys(may && !narrow ? [{ keys: '/', say: 'Find', run: () => input.current?.focus() }] : [])
  if (!may) return null
  return (
    <search className={narrow ? '' : 'find'}>
      <form
        className={narrow ? 'stack tight' : 'find'}
        onSubmit={(event) => {
          event.preventDefault()
          const q = input.current?.value.trim() ?? ''
          if (q === '') return
          input.current?.blur()
          onGo?.()
          void navigate({ to: '/search', search: { q } })
        }}
      >
        {narrow ? null : <Icon name="find" />}
        <input
          ref={input}
          className="small"
          type="search"
          name="q"
          aria-label="Find a flaw, package or CVE"
          placeholder="Flaw, package, CVE"
          maxLength={300}
        />
        {narrow ? (
          <button className="btn" type="submit">
            Find
          </button>
        ) : (
          <Cap>/</Cap>
        )}
      </form>
    </search>
  )
}
