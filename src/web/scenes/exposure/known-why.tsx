import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ExposureWhy } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { count } from '../../parts/time/format.ts'
import { whyQuery } from './queries.ts'
import { StatementList } from './statement-list.tsx'
import { listed } from './words.ts'

const SAYS: Readonly<Record<ExposureWhy['affected'], string>> = {
  yes: 'The flaw is in it.',
  no: 'The flaw is not in it.',
  unknown: 'Nobody can tell from these records.',
}

/** Asks whether a public flaw is in one component, and why or why not, record by record. */
export function KnownWhy({ flaw }: { flaw: string }) {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const { data, error } = useQuery({ ...whyQuery(asked, flaw), enabled: asked !== '' })
  return (
    <section className="stack tight measure" aria-labelledby="known-why">
      <h2 id="known-why">Is it in something you run?</h2>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(text.trim())
        }}
      >
        <Field
          label="Component, with its version"
          hint="A purl as inventories write it: pkg:npm/lodash@4.17.20. Or a CPE 2.3 name."
        >
          {(ids) => (
            <input
              {...ids}
              className="mono"
              required
              maxLength={4096}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <p>
          <button type="submit" className="btn small" disabled={text.trim() === ''}>
            Say why, or why not
          </button>
        </p>
      </form>
      {error ? <FailureNote error={error} not="Not answered." /> : null}
      <div role="status">{data ? <Answer of={data} /> : null}</div>
    </section>
  )
}

function Answer({ of }: { of: ExposureWhy }) {
  const assets = of.assets.map(({ asset }) => asset)
  return (
    <div className="stack tight">
      <p>
        <b>{SAYS[of.affected]}</b>{' '}
        {assets.length === 0 ? (
          'None of your inventories names exactly this.'
        ) : (
          <>
            {count(assets.length)} of your assets {assets.length === 1 ? 'has' : 'have'} it: <Inert text={listed(assets, 10)} />
            .
          </>
        )}
      </p>
      <ul className="s dots">
        {of.records.map((record) => (
          <li key={`${record.source} ${record.id}`}>
            <b>
              <Inert text={record.id} />
            </b>{' '}
            says {record.affected === 'unknown' ? 'nothing of it' : record.affected}
            {record.fixed === null ? '' : ', fixed in '}
            {record.fixed === null ? null : <Inert text={record.fixed} />}: <Inert text={record.why.join(' ')} />
          </li>
        ))}
      </ul>
      {of.stated === 0 ? null : (
        <>
          <p className="s">
            {count(of.stated)} {of.stated === 1 ? 'statement is' : 'statements are'} made about it in VEX documents.
          </p>
          <StatementList of={of.statements} />
        </>
      )}
    </div>
  )
}
