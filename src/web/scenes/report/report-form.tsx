import { type ReactNode, useState } from 'react'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { Attachments } from './attachments.tsx'
import { type Draft, faults, toWeirJson } from './draft.ts'
import type { Parcel } from './sending.ts'

interface ReportFormProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly busy: boolean
  readonly signedIn: boolean
  readonly onSend: (parcel: Parcel) => void
  readonly children: ReactNode
}

const FOUND = [
  ['person', 'A person'],
  ['assisted', 'A person with AI'],
  ['machine', 'AI or a tool, nobody has checked it'],
] as const

/** A report by hand. Two fields are needed; the rest helps and may stay empty. */
export function ReportForm({ draft, onChange, busy, signedIn, onSend, children }: ReportFormProps) {
  const [tried, setTried] = useState(false)
  const wrong = tried ? faults(draft) : {}
  const set = (field: keyof Draft) => (event: { target: { value: string } }) =>
    onChange({ ...draft, [field]: event.target.value })
  const submit = () => {
    setTried(true)
    if (Object.keys(faults(draft)).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    onSend({
      name: draft.title.trim(),
      path: '/v1/reports?format=weir',
      body: JSON.stringify(toWeirJson(draft)),
      mediaType: 'application/json',
    })
  }
  return (
    <form
      className="stack wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <section className="stack">
        <Field
          label="In one line"
          wrong={wrong.title ?? null}
          hint="For example: heap overflow when a sparse header is followed by a long link name"
        >
          {(ids) => <input {...ids} value={draft.title} onChange={set('title')} maxLength={300} required />}
        </Field>
        <Field
          label="What happens"
          wrong={wrong.text ?? null}
          hint="How it is reached, what it lets someone do, how often you saw it."
        >
          {(ids) => <textarea {...ids} rows={8} value={draft.text} onChange={set('text')} maxLength={1_000_000} required />}
        </Field>
      </section>
      <section className="stack">
        <h2>What it is in</h2>
        <div className="grid2">
          <Field
            label="Package or repository"
            hint="A purl (pkg:npm/name) or the address of the repository. Without it nobody can be told."
          >
            {(ids) => (
              <input
                {...ids}
                className="mono"
                value={draft.target}
                onChange={set('target')}
                maxLength={2000}
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label="Version or commit" hint="As far as you know.">
            {(ids) => (
              <input
                {...ids}
                className="mono"
                value={draft.version}
                onChange={set('version')}
                maxLength={200}
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label="File">
            {(ids) => (
              <input
                {...ids}
                className="mono"
                value={draft.path}
                onChange={set('path')}
                maxLength={1000}
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
          <div className="pair">
            <Field label="Function">
              {(ids) => (
                <input
                  {...ids}
                  className="mono"
                  value={draft.symbol}
                  onChange={set('symbol')}
                  maxLength={500}
                  spellCheck={false}
                  autoComplete="off"
                />
              )}
            </Field>
            <Field label="Line" wrong={wrong.line ?? null}>
              {(ids) => (
                <input
                  {...ids}
                  inputMode="numeric"
                  value={draft.line}
                  onChange={set('line')}
                  maxLength={9}
                  autoComplete="off"
                />
              )}
            </Field>
          </div>
          <Field label="Weakness" hint="A CWE id, if you know it." wrong={wrong.weakness ?? null}>
            {(ids) => (
              <input
                {...ids}
                className="mono"
                value={draft.weakness}
                onChange={set('weakness')}
                maxLength={12}
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label="Severity, in your opinion" hint="The vendor’s and the clearinghouse’s stand beside it.">
            {(ids) => (
              <select {...ids} value={draft.severity} onChange={set('severity')}>
                <option value="">Not stated</option>
                <option value="low">Low</option>
                <option value="medium">Medium</option>
                <option value="high">High</option>
                <option value="critical">Critical</option>
              </select>
            )}
          </Field>
        </div>
      </section>
      <section className="stack">
        <h2>How to see it</h2>
        <Field label="Reproducer" hint="Steps, input or program. Stored as evidence, never run outside a sandbox.">
          {(ids) => (
            <textarea
              {...ids}
              className="mono"
              rows={5}
              value={draft.reproducer}
              onChange={set('reproducer')}
              maxLength={1_000_000}
              spellCheck={false}
            />
          )}
        </Field>
        <Attachments draft={draft} onChange={onChange} />
      </section>
      <section className="stack">
        <h2>Who found it, and with what</h2>
        <RadioChoice
          legend="Found by"
          name="found"
          value={draft.found}
          options={FOUND}
          onChange={(found) => onChange({ ...draft, found })}
        />
        <div className="grid2">
          <Field label="Tool">
            {(ids) => <input {...ids} value={draft.tool} onChange={set('tool')} maxLength={200} autoComplete="off" />}
          </Field>
          <Field label="Model">
            {(ids) => <input {...ids} value={draft.model} onChange={set('model')} maxLength={200} autoComplete="off" />}
          </Field>
        </div>
        {signedIn ? null : (
          <Field
            label="Where to reach you"
            hint="May stay empty: the receipt alone shows the status. An address is sealed with the report."
          >
            {(ids) => (
              <input
                {...ids}
                type="email"
                value={draft.contact}
                onChange={set('contact')}
                maxLength={254}
                autoComplete="email"
              />
            )}
          </Field>
        )}
      </section>
      <div className="stack">
        {children}
        <p>
          <button className="btn primary" type="submit" disabled={busy}>
            Send the report
          </button>
        </p>
      </div>
    </form>
  )
}
