import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { PARTICIPANT_KINDS } from '../../../core/cases/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { KnownChoices } from './known-choices.tsx'
import { useCaseAct } from './use-case-act.ts'
import { KIND } from './words.ts'

const TIERS = ['0: finder and maintainer', '1: experts', '2: distributors', '3: networks and registries']

/** Invites an organisation or a project; until it accepts the embargo it reads the terms and no content. */
export function InviteForm({ of }: { of: CaseView }) {
  const [who, setWho] = useState('')
  const [kind, setKind] = useState('')
  const [tier, setTier] = useState('')
  const [days, setDays] = useState('7')
  const [flaws, setFlaws] = useState<readonly string[]>([])
  const [shows, setShows] = useState(false)
  const act = useCaseAct(of, () => setWho(''))
  const found = PARTICIPANT_KINDS.find((one) => one === kind)
  const id = who.trim()
  const ready = found !== undefined && tier !== '' && /^(org|prj)_\w{1,36}$/.test(id) && days !== ''
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        act.mutate({
          do: 'invite',
          organisation: id.startsWith('org_') ? id : null,
          project: id.startsWith('prj_') ? id : null,
          kind: found,
          tier: Number(tier),
          flaws: [...flaws],
          respondInDays: Number(days),
          showsProduct: shows,
        })
      }}
    >
      <h2>Invite</h2>
      <div className="grid2">
        <Field label="Organisation or project" hint="Its id: org_… or prj_…">
          {(ids) => (
            <input
              {...ids}
              className="mono"
              list="case-known"
              required
              maxLength={40}
              value={who}
              onChange={(event) => setWho(event.target.value)}
            />
          )}
        </Field>
        <KnownChoices id="case-known" organisations />
        <Field label="As">
          {(ids) => (
            <select {...ids} required value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">Choose</option>
              {PARTICIPANT_KINDS.map((one) => (
                <option key={one} value={one}>
                  {KIND[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Tier">
          {(ids) => (
            <select {...ids} required value={tier} onChange={(event) => setTier(event.target.value)}>
              <option value="">Choose</option>
              {TIERS.map((one, n) => (
                <option key={one} value={n}>
                  {one}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Answer within, days" hint="Less than 3 is raised to 3">
          {(ids) => (
            <input
              {...ids}
              type="number"
              min={0}
              max={90}
              required
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
      </div>
      {of.flaws.length > 1 ? (
        <fieldset className="stack tight">
          <legend>Only these flaws; none chosen means all</legend>
          {of.flaws.map((one) => (
            <label key={one.id} className="choice">
              <input
                type="checkbox"
                checked={flaws.includes(one.id)}
                onChange={(event) => setFlaws(event.target.checked ? [...flaws, one.id] : flaws.filter((id) => id !== one.id))}
              />
              {visibleText(one.title, 100)}
            </label>
          ))}
        </fieldset>
      ) : null}
      <label className="choice">
        <input type="checkbox" checked={shows} onChange={(event) => setShows(event.target.checked)} />
        The invitation names the product
      </label>
      <p className="row wrap">
        <button type="submit" className="btn" disabled={!ready || act.isPending}>
          Invite them
        </button>
        <span className="s i2">
          They read the terms and the dates, and nothing of the content until they accept. A draft of the letter is written; a
          person sends it.
        </span>
      </p>
      {act.error ? <FailureNote error={act.error} not="Not invited." /> : null}
    </form>
  )
}
