import { useState } from 'react'
import type { AdvisoryAct, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import { FORMATS } from '../../../core/advisories/completeness.ts'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { ZonedInstant } from '../../parts/time/zoned-instant.tsx'
import { FORMAT } from './words.ts'

/** Now or at an instant; formats that are not complete are named before they are left out. */
export function PublishForm(props: { view: AdvisoryView; busy: boolean; send: (act: AdvisoryAct) => void }) {
  const { view, busy, send } = props
  const [when, setWhen] = useState<'now' | 'at' | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const lacking = FORMATS.filter((format) => view.missing[format].length > 0)
  const [without, setWithout] = useState<readonly (typeof FORMATS)[number][]>([])
  const settled = lacking.every((format) => without.includes(format))
  return (
    <form
      className="note stack tight opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        send({ do: 'publish', at: when === 'at' ? at : null, without: [...without] })
      }}
    >
      <p>
        Everyone can read it from then on, in every format, and the ledger keeps its digest. A correction or a withdrawal is
        public too; the first words cannot be taken back.
      </p>
      <RadioChoice
        legend="When"
        name="when"
        value={when}
        options={[
          ['now', 'Now'],
          ['at', 'At an instant'],
        ]}
        onChange={setWhen}
      />
      {when === 'at' ? <ZonedInstant zone="UTC" onChange={(value) => setAt(value?.at ?? null)} /> : null}
      {lacking.length > 0 ? (
        <fieldset className="stack tight">
          <legend>Not complete; leave out</legend>
          {lacking.map((format) => (
            <label key={format} className="choice">
              <input
                type="checkbox"
                checked={without.includes(format)}
                onChange={() =>
                  setWithout(without.includes(format) ? without.filter((one) => one !== format) : [...without, format])
                }
              />
              {FORMAT[format]}, which lacks {view.missing[format].length}
            </label>
          ))}
        </fieldset>
      ) : null}
      <p>
        <button
          type="submit"
          className="btn small"
          disabled={busy || !settled || when === null || (when === 'at' && at === null)}
        >
          {when === 'at' ? 'Plan the release' : 'Publish the advisory'}
        </button>
      </p>
    </form>
  )
}
