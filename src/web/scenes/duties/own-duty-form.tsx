import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DutyOut } from '../../../contract/shapes/duty.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

interface Written {
  readonly id: string
  readonly what: string
  readonly who: string
  readonly source: string
  readonly from: string
  /** Empty: without an end. */
  readonly on: string
}

const BLANK: Written = { id: '', what: '', who: '', source: '', from: '', on: '' }

/** Sets a duty for one's own organisation, or writes `duty` anew; what was said of it stays. Without a last day it is a standing one. */
export function OwnDutyForm({ duty = null }: { duty?: DutyOut | null }) {
  const client = useQueryClient()
  const [changed, setChanged] = useState<Partial<Written>>({})
  const given = { ...(duty === null ? BLANK : writtenOf(duty)), ...changed }
  const add = useMutation({
    mutationFn: () => {
      const { on, ...rest } = given
      const lists = duty === null ? {} : { with: duty.with, unknown: duty.unknown }
      const written = { ...trimmed(rest), ...lists, due: on === '' ? 'standing' : { on } }
      return duty?.key
        ? sendJson('PUT', `/v1/own-duties/${encodeURIComponent(duty.key)}`, { version: duty.version, duty: written })
        : sendJson('POST', '/v1/own-duties', { duty: written })
    },
    onSuccess: () => setChanged({}),
    onSettled: () => client.invalidateQueries({ queryKey: ['own-duties'] }),
  })
  const field = (name: keyof Written, label: string, hint: string, most: number) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          required
          maxLength={most}
          value={given[name]}
          onChange={(event) => setChanged({ ...changed, [name]: event.target.value })}
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
          onChange={(event) => setChanged({ ...changed, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <details className="fold">
      <summary>{duty === null ? 'Set a duty' : 'Write it anew'}</summary>
      <form
        className="stack measure"
        aria-label={duty === null ? 'Set a duty' : `Write ${duty.id} anew`}
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
            {duty === null ? 'Set it' : 'Write it anew'}
          </button>
          <span className="xs i3">
            {duty === null
              ? 'Operators and coordinators of your organisation read it, and nobody else.'
              : 'What was said of it stays.'}
          </span>
        </p>
      </form>
    </details>
  )
}

function writtenOf({ id, what, who, instrument, due }: DutyOut): Written {
  return { id: id.replace(/^own\//, ''), what, who, source: instrument.source, from: instrument.from, on: due.on ?? '' }
}

function trimmed(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value.trim()]))
}
