import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { Inert, Stretches } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { OfferTerms } from './offer-terms.tsx'
import { TermsDiff } from './terms-diff.tsx'
import { TermsFactsList } from './terms-facts.tsx'
import { useAct } from './use-act.ts'
import { sideOf } from './words.ts'

type Version = DocketView['terms'][number]

/** Versions of the terms, the newest first: text, what changed, who signed. */
export function TermsPart({ docket }: { docket: DocketView }) {
  const newest = docket.terms.at(-1)
  const [offering, setOffering] = useState(false)
  return (
    <div className="stack wide">
      {newest ? null : <p className="i2">No terms are offered yet. Either side may offer the first version.</p>}
      {[...docket.terms].reverse().map((terms) => (
        <OneVersion key={terms.version} docket={docket} terms={terms} newest={terms === newest} />
      ))}
      {docket.may.includes('offer-terms') ? (
        <section className="stack tight">
          <p>
            <button type="button" className="btn" aria-expanded={offering} onClick={() => setOffering(!offering)}>
              {newest ? 'Offer a new version' : 'Offer terms'}
            </button>
          </p>
          {offering ? <OfferTerms docket={docket} done={() => setOffering(false)} /> : null}
        </section>
      ) : null}
    </div>
  )
}

function OneVersion({ docket, terms, newest }: { docket: DocketView; terms: Version; newest: boolean }) {
  const act = useAct(docket)
  const before = docket.terms.find((one) => one.version === terms.version - 1)
  const { facts } = terms
  return (
    <section className="stack tight">
      <div className="sh">
        <h2>Version {terms.version}</h2>
        <span className="s i3">
          offered by <Inert text={terms.by.name ?? 'a person whose name is withheld'} />, <When at={terms.at} full />
        </span>
      </div>
      <TermsFactsList facts={facts} />
      {before?.text && terms.text ? <TermsDiff before={before.text} after={terms.text} /> : null}
      {terms.text ? (
        <details className="fold" open={newest}>
          <summary>The text</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
          <div className="termstext inert" tabIndex={0} dir="auto">
            <Stretches text={terms.text} limit={200_000} />
          </div>
        </details>
      ) : null}
      <p className="xs i3">
        SHA-256 <code className="break">{terms.digest}</code>
      </p>
      <p className="s">
        Developer: <Signed one={terms.signed.developer} /> · Office: <Signed one={terms.signed.office} />
      </p>
      {newest && docket.may.includes('sign-terms') && terms.signed[sideOf(docket.seats)] === null ? (
        <p className="row wrap">
          <button
            type="button"
            className="btn"
            disabled={act.isPending}
            onClick={() => act.mutate({ do: 'sign-terms', version: terms.version, digest: terms.digest })}
          >
            Sign version {terms.version}
          </button>
          <span className="s i2">Your name and the instant are kept with the digest. A later version voids it.</span>
        </p>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not signed." /> : null}
    </section>
  )
}

function Signed({ one }: { one: Version['signed']['developer'] }) {
  if (one === null) return <span className="tag assumed">not signed</span>
  return (
    <span>
      signed by <Inert text={one.by.name ?? 'a person whose name is withheld'} />, <When at={one.at} full />
    </span>
  )
}
