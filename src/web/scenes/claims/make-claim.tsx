import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ClaimOut, MakeClaim } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const EMPTY = { target: '', from: '', to: '', path: '', weakness: '', reach: '', consent: '', days: '7' }

/** Says what is scanned, from when to when, and how others who scan there reach one. */
export function MakeClaimForm({ done }: { done: () => void }) {
  const client = useQueryClient()
  const [given, setGiven] = useState(EMPTY)
  // The same key for the same form: a second press after a lost answer makes no second claim.
  const [key] = useState(() => crypto.randomUUID())
  const said = (text: string) => text.trim() || null
  const make = useMutation({
    mutationFn: () => {
      const { target, from, to, path, weakness, reach, consent, days } = given
      const claim: MakeClaim = {
        target: target.trim(),
        ...{ from: said(from), to: said(to), path: said(path), weakness: said(weakness) },
        ...{ days: Number(days), reach: said(reach), consent: said(consent), key },
      }
      return sendJson<ClaimOut>('POST', '/v1/claims', claim)
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['claims'] })
      done()
    },
  })
  const text = (name: keyof typeof EMPTY, label: string, hint: string, most: number, needed = false) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          value={given[name]}
          maxLength={most}
          required={needed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <form
      className="stack opens measure panel"
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate()
      }}
    >
      {text('target', 'What you scan', 'A purl, or the address of a repository', 512, true)}
      <div className="grid2">
        {text('from', 'From', 'Oldest version or commit; empty: the first', 128)}
        {text('to', 'To', 'Newest version or commit; empty: the newest', 128)}
        {text('path', 'Below', 'A path; empty: everywhere', 1024)}
        {text('weakness', 'Weakness', 'A CWE id or a family; empty: any', 60)}
        {text('reach', 'How others reach you', 'Told, in clear, to who scans there too', 200)}
        {text('consent', 'Who consented', 'Where the project wants to be asked', 200)}
        <Field label="For" hint="Whole days; it lapses by itself">
          {(ids) => (
            <select {...ids} value={given.days} onChange={(event) => setGiven({ ...given, days: event.target.value })}>
              {['1', '3', '7', '14'].map((days) => (
                <option key={days} value={days}>
                  {days === '1' ? '1 day' : `${days} days`}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {make.error ? <FailureNote error={make.error} not="Not claimed." safe="What you wrote is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={make.isPending || given.target.trim() === ''}>
          Claim it
        </button>
        <span className="s i2">Nobody sees your claim but those whose own overlaps it, and they see that it does.</span>
      </p>
    </form>
  )
}
