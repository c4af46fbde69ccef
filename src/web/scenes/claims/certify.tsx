import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddCertificate, CertificateOut } from '../../../contract/shapes/scan.ts'
import { SCAN_METHODS } from '../../../core/scans/clean-scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const EMPTY = { target: '', commit: '', path: '', weakness: '', personHours: '', machineHours: '', finished: '' }

/** Says that one looked and found nothing; the server signs it, and it stands in the public feed. */
export function Certify() {
  const [given, setGiven] = useState(EMPTY)
  const [methods, setMethods] = useState<readonly (typeof SCAN_METHODS)[number][]>([])
  const [named, setNamed] = useState(true)
  const said = (text: string) => text.trim() || null
  const hours = (text: string) => (text.trim() === '' ? null : Number(text))
  const make = useMutation({
    mutationFn: () => {
      const { target, commit, path, weakness, personHours, machineHours, finished } = given
      const certificate: AddCertificate = {
        signed: 'here',
        ...{ target: target.trim(), commit: commit.trim(), path: said(path), weakness: said(weakness) },
        ...{ methods: [...methods], tools: [], personHours: hours(personHours), machineHours: hours(machineHours) },
        ...{ finishedAt: `${finished}:00.000Z`, named },
      }
      return sendJson<CertificateOut>('POST', '/v1/certificates', certificate)
    },
    onSuccess: () => {
      setGiven(EMPTY)
      setMethods([])
    },
  })
  const text = (name: keyof typeof EMPTY, label: string, hint: string, most: number, more: object = {}) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          value={given[name]}
          maxLength={most}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
          {...more}
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
      <h2>Looked, and found nothing</h2>
      <div className="grid2">
        {text('target', 'Target', 'A purl without version, or the address of a repository', 512, { required: true })}
        {text('commit', 'Commit', '40 or 64 hexadecimal digits', 64, { required: true, pattern: '[0-9a-f]{40}|[0-9a-f]{64}' })}
        {text('path', 'Folder or file', 'Empty: all of it', 1024)}
        {text('weakness', 'Weakness', 'A CWE id, or a family; empty: any', 60)}
        {text('personHours', 'Hours of people', 'Whole hours, or empty', 6, { inputMode: 'numeric', pattern: '[0-9]*' })}
        {text('machineHours', 'Hours of machines', 'Whole hours, or empty', 6, { inputMode: 'numeric', pattern: '[0-9]*' })}
        {text('finished', 'Looked until', 'UTC', 16, { type: 'datetime-local', required: true })}
      </div>
      <fieldset>
        <legend>How</legend>
        <p className="row wrap">
          {SCAN_METHODS.map((method) => (
            <label key={method} className="choice">
              <input
                type="checkbox"
                checked={methods.includes(method)}
                onChange={(event) =>
                  setMethods(event.target.checked ? [...methods, method] : methods.filter((one) => one !== method))
                }
              />{' '}
              {method.replace('-', ' ')}
            </label>
          ))}
        </p>
      </fieldset>
      <label className="choice">
        <input type="checkbox" checked={named} onChange={(event) => setNamed(event.target.checked)} /> It names our organisation
      </label>
      {make.error ? <FailureNote error={make.error} not="Not certified." safe="What you wrote is still here." /> : null}
      {make.data ? (
        <p role="status">
          Certified. SHA-256 of what was signed: <MiddleCut text={make.data.digest} />
        </p>
      ) : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={make.isPending || methods.length === 0}>
          Certify it
        </button>
        <span className="xs i3">Signed by this server, in the public feed at once; the ledger keeps it.</span>
      </p>
    </form>
  )
}
