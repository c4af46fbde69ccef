import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const BLANK = { id: '', what: '', who: '', source: '', from: '', on: '' }

/** Sets a duty for one's own organisation. Without a last day it is a standing one. */
export function OwnDutyForm() {
  const client = useQueryClient()
  const [given, setGiven] = useState(BLANK)
  const add = useMutation({
    mutationFn: () => {
      const { on, ...rest } = given
      return sendJson('POST', '/v1/own-duties', { duty: { ...trimmed(rest), due: on === '' ? 'standing' : { on } } })
    },
    onSuccess: async () => {
      setGiven(BLANK)
      await client.invalidateQueries({ queryKey: ['own-duties'] })
    },
  })
  const field = (name: keyof typeof BLANK, label: string, hint: string, most: number) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          required
          maxLength={most}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const date = (name: 'from' | 'on', label: string, hint: string) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="date"
          required={name === 'from'}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <details className="fold">
      <summary>Set a duty</summary>
      <form
        className="stack measure"
        aria-label="Set a duty"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <div className="grid2">
          {field('id', 'Short name', 'Lower-case letters, digits and hyphens: patch-report', 64)}
          {field('who', 'Who', 'The team or person that leads', 200)}
          {field('what', 'What', 'One line', 1000)}
          {field('source', 'Which rule says so', 'For example a decision, a contract, a law', 500)}
          {date('from', 'In force from', 'The day of that rule')}
          {date('on', 'Last day', 'Empty: without an end')}
        </div>
        {add.error ? <FailureNote error={add.error} not="Not set." safe="What you wrote is still here." /> : null}
        <p className="row wrap">
          <button type="submit" className="btn small" disabled={add.isPending}>
            Set it
          </button>
          <span className="xs i3">Operators and coordinators of your organisation read it, and nobody else.</span>
        </p>
      </form>
    </details>
  )
}

function trimmed(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.trim()]))
}
