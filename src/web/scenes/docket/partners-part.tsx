import { useState } from 'react'
import type { DocketAct, DocketView } from '../../../contract/shapes/docket.ts'
import { VETTING_REASONS } from '../../../core/docket/docket.ts'
import { Field } from '../../parts/form/field.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { PartnerGrants } from './partner-grants.tsx'
import { ProposePartner } from './propose-partner.tsx'
import { useAct } from './use-act.ts'
import { VETTING } from './words.ts'

type Partner = DocketView['partners'][number]

const STANDING = {
  proposed: 'Proposed',
  selected: 'Selected by both sides',
  declined: 'Declined',
  outside: 'Outside the joint list',
  ended: 'Ended',
} as const

/** Trusted partners: chosen by both signatures against a versioned list; people are let in one by one, and only until a date. */
export function PartnersPart({ docket }: { docket: DocketView }) {
  const act = useAct(docket)
  return (
    <div className="stack wide">
      {docket.partners.length === 0 ? (
        <p className="i2">
          {mayKnow(docket)
            ? 'No partner is proposed. A partner is selected once both sides have signed; neither can do it alone.'
            : 'Candidates are in compartment P: a partner steward sees them once two officers have read that person into it.'}
        </p>
      ) : null}
      {docket.partners.map((partner) => (
        <OnePartner key={partner.partner} docket={docket} partner={partner} busy={act.isPending} send={act.mutate} />
      ))}
      {docket.may.includes('propose-partner') ? <ProposePartner busy={act.isPending} send={act.mutate} /> : null}
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </div>
  )
}

/** Whether candidates would be shown: to the lead always, to a steward that was read into P. */
function mayKnow({ seats, seated, readIns }: DocketView): boolean {
  if (seats.includes('developer-lead')) return true
  const me = seated.find(({ mine }) => mine)?.person.id
  return readIns.some((one) => one.person.id === me && one.compartment === 'P' && one.secondedBy !== null && !one.ended)
}

interface Shown {
  readonly docket: DocketView
  readonly partner: Partner
  readonly busy: boolean
  readonly send: (act: DocketAct) => void
}

function OnePartner({ docket, partner, busy, send }: Shown) {
  const may = (name: DocketAct['do']) => docket.may.includes(name)
  const open = partner.standing === 'proposed'
  return (
    <section className="stack tight">
      <div className="sh">
        <h2>
          <Inert text={partner.name} />
        </h2>
        <span className="s i3">{STANDING[partner.standing]}</span>
      </div>
      {partner.standing === 'outside' ? (
        <p className="s i2">The developer admits it alone. That is the developer’s to decide, and no breach of anything.</p>
      ) : docket.seats.every((seat) => seat === 'partner-person') ? null : (
        <p className="s">
          Developer: {partner.signed.developer ? <Signature one={partner.signed.developer} /> : 'not signed'} · Office:{' '}
          {partner.signed.office ? <Signature one={partner.signed.office} /> : 'not signed'}
        </p>
      )}
      {partner.vetting ? (
        <details className="fold">
          <summary>
            Vetting list {partner.vetting.list}: {partner.vetting.lines.filter((line) => line.open).length} of{' '}
            {partner.vetting.lines.length} lines open
          </summary>
          <dl className="kv">
            {partner.vetting.lines.map((line) => (
              <div key={line.line} className="kvrow">
                <dt>{line.says}</dt>
                <dd>{line.answer ? <Inert text={line.answer} /> : <span className="tag assumed">open</span>}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
      {partner.declined ? (
        <p className="s">
          Declined by the {partner.declined.by}:{' '}
          {partner.declined.reasons.map((reason) => VETTING[reason] ?? reason).join('; ')}.{' '}
          {partner.declined.again ? (
            <>
              May be asked again from <When at={partner.declined.again} full />.
            </>
          ) : (
            'May be asked again at any time.'
          )}
        </p>
      ) : null}
      {open && may('sign-partner') ? (
        <p className="row wrap">
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => send({ do: 'sign-partner', partner: partner.partner })}
          >
            <span>
              Sign for <Inert text={partner.name} />
            </span>
          </button>
          <span className="s i2">Selected once both sides have signed.</span>
        </p>
      ) : null}
      {open && may('admit-outside') ? (
        <p className="row wrap">
          <button
            type="button"
            className="btn"
            disabled={busy}
            onClick={() => send({ do: 'admit-outside', partner: partner.partner })}
          >
            Admit alone
          </button>
          <span className="s i2">Outside the joint list; the office is told, and signs nothing.</span>
        </p>
      ) : null}
      {open && may('decline-partner') ? <Decline partner={partner} busy={busy} send={send} /> : null}
      <PartnerGrants
        partner={partner}
        busy={busy}
        send={send}
        mayGrant={may('grant-partner')}
        mayRevoke={may('revoke-partner')}
      />
    </section>
  )
}

function Signature({ one }: { one: NonNullable<Partner['signed']['developer']> }) {
  return (
    <>
      signed by <Inert text={one.by.name ?? 'a person whose name is withheld'} />, <When at={one.at} full />
    </>
  )
}

function Decline({ partner, busy, send }: Omit<Shown, 'docket'>) {
  const [open, setOpen] = useState(false)
  const [reasons, setReasons] = useState<readonly (typeof VETTING_REASONS)[number][]>([])
  const [again, setAgain] = useState('')
  return (
    <div className="stack tight">
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          Decline
        </button>
      </p>
      {open ? (
        <form
          className="stack tight opens measure"
          onSubmit={(event) => {
            event.preventDefault()
            send({
              do: 'decline-partner',
              partner: partner.partner,
              reasons: [...reasons],
              again: again === '' ? null : `${again}T00:00:00Z`,
            })
          }}
        >
          <fieldset className="stack tight">
            <legend>Why, by the list; the partner is told</legend>
            {VETTING_REASONS.map((reason) => (
              <label key={reason} className="choice">
                <input
                  type="checkbox"
                  checked={reasons.includes(reason)}
                  onChange={(event) =>
                    setReasons(event.target.checked ? [...reasons, reason] : reasons.filter((one) => one !== reason))
                  }
                />
                {VETTING[reason]}
              </label>
            ))}
          </fieldset>
          <Field label="May be asked again from" hint="Empty: at any time">
            {(ids) => <input {...ids} type="date" value={again} onChange={(event) => setAgain(event.target.value)} />}
          </Field>
          <p className="row wrap">
            <button type="submit" className="btn" disabled={busy || reasons.length === 0}>
              Decline with these reasons
            </button>
            <span className="s i2">Its name is not shown to the other candidates.</span>
          </p>
        </form>
      ) : null}
    </div>
  )
}
