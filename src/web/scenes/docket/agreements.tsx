import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ActAgreement, AgreementOut } from '../../../contract/shapes/docket.ts'
import { meQuery } from '../../api/queries.ts'
import { sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert, Stretches } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { OfferAgreement } from './offer-agreement.tsx'
import { agreementsQuery } from './queries.ts'
import { TermsFactsList } from './terms-facts.tsx'

/** Standing agreements between a developer and an office, each over many models. */
export function Agreements() {
  usePageTitle('Standing agreements')
  const me = useQuery(meQuery)
  const list = useQuery(agreementsQuery)
  const [offering, setOffering] = useState(false)
  if (list.error && !list.data) return <NotShown error={list.error} not="The agreements are not shown." />
  const roles = me.data?.roles ?? []
  return (
    <div className="stack wide">
      <div className="row wrap between">
        <div>
          <p className="s">
            <Link to="/dockets">Dockets</Link>
          </p>
          <h1>Standing agreements</h1>
          <p className="i2">
            Terms, contacts and an end for many models: a docket opened under one begins with its terms, signed already. Either
            side ends it at any time and need not say why.
          </p>
        </div>
        {roles.includes('developer') ? (
          <button type="button" className="btn" aria-expanded={offering} onClick={() => setOffering(!offering)}>
            Offer an agreement
          </button>
        ) : null}
      </div>
      {offering ? <OfferAgreement done={() => setOffering(false)} /> : null}
      {list.isPending ? <Waiting rows={4} what="agreements" /> : null}
      {list.data?.rows.length === 0 && !offering ? (
        <Empty fact="There is no standing agreement.">Every docket has terms of its own until there is one.</Empty>
      ) : null}
      {list.data?.rows.map((one) => (
        <OneAgreement key={one.id} agreement={one} />
      ))}
    </div>
  )
}

const STATE = { offered: 'Offered', standing: 'Standing', ended: 'Ended' } as const

function OneAgreement({ agreement }: { agreement: AgreementOut }) {
  const client = useQueryClient()
  const [ending, setEnding] = useState(false)
  const { id, version, digest, state, signed, may, contacts, dockets } = agreement
  const act = useMutation({
    mutationFn: (what: ActAgreement['do']) =>
      sendJson<AgreementOut>('POST', `/v1/agreements/${encodeURIComponent(id)}/acts`, {
        version,
        do: what,
        digest,
      } satisfies ActAgreement),
    onSuccess: async () => await client.invalidateQueries({ queryKey: ['agreements'] }),
  })
  return (
    <section className="stack tight">
      <div className="sh">
        <h2>
          <Inert text={agreement.developer} /> with <Inert text={agreement.office} />
        </h2>
        <span className="s i3">
          {STATE[state]}
          {agreement.endsAt ? (
            <>
              {state === 'ended' ? ' on ' : ', until '}
              <When at={agreement.endsAt} full />
            </>
          ) : state === 'ended' ? null : (
            ', without an end'
          )}
        </span>
      </div>
      <TermsFactsList facts={agreement.facts} />
      <p className="s">
        Dockets under it: <span className="n">{dockets}</span>
        {contacts.length > 0 ? (
          <>
            {' · '}Contacts: <Inert text={contacts.join(', ')} />
          </>
        ) : null}
      </p>
      <details className="fold" open={state === 'offered'}>
        <summary>The text</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
        <div className="termstext inert" tabIndex={0} dir="auto">
          <Stretches text={agreement.text} limit={200_000} />
        </div>
      </details>
      <p className="xs i3">
        SHA-256 <code className="break">{digest}</code>
      </p>
      <p className="s">
        Developer: {signed.developer ? <When at={signed.developer.at} full /> : 'not signed'} · Office:{' '}
        {signed.office ? <When at={signed.office.at} full /> : 'not signed'}
      </p>
      <p className="row wrap">
        {may.includes('sign') ? (
          <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate('sign')}>
            Sign it
          </button>
        ) : null}
        {may.includes('end') && !ending ? (
          <button type="button" className="btn quiet" onClick={() => setEnding(true)}>
            End it
          </button>
        ) : null}
        {ending && may.includes('end') ? (
          <>
            <button type="button" className="btn danger" disabled={act.isPending} onClick={() => act.mutate('end')}>
              End the agreement
            </button>
            <span className="s i2">Dockets under it go on with the terms they have. It cannot be undone.</span>
          </>
        ) : null}
      </p>
      {act.error ? <FailureNote error={act.error} not="Not done." /> : null}
    </section>
  )
}
