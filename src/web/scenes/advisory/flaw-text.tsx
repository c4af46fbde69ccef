import type { AdvisoryFlaw } from '../../../core/advisories/content.ts'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { day } from '../../parts/time/format.ts'
import { AffectedTable } from './affected-table.tsx'
import { REMEDY, SCORER } from './words.ts'

/** One flaw of an advisory. Addresses stay text: nobody's link is ours to recommend. */
export function FlawText({ flaw, alone }: { flaw: AdvisoryFlaw; alone: boolean }) {
  return (
    <section className="flawtext">
      {alone ? <h2 className="vh">The flaw</h2> : null}
      {alone ? null : (
        <h2 className="serif">
          <Inert text={flaw.title} />
        </h2>
      )}
      <p className="mono s i2">
        <Inert text={[...flaw.aliases, ...flaw.weaknesses].join('  ')} />
      </p>
      <p className="said">
        <Inert text={flaw.description} />
      </p>
      {flaw.scores.length > 0 ? (
        <>
          <h3>Severity, as each says</h3>
          <dl className="kv">
            {flaw.scores.map((score) => {
              const scored = scoreVector(score.vector)
              return (
                <div key={`${score.by} ${score.vector}`} className="kvrow">
                  <dt>{SCORER[score.by]}</dt>
                  <dd>
                    {scored.ok ? (
                      <b className={score.by === 'vendor' ? 'vendorsays' : ''}>
                        {scored.score.toFixed(1)} {scored.severity}
                      </b>
                    ) : null}{' '}
                    <Inert className="mono i3" text={score.vector} />
                  </dd>
                </div>
              )
            })}
          </dl>
        </>
      ) : null}
      <AffectedTable affected={flaw.affected} />
      {flaw.remedies.length > 0 ? (
        <>
          <h3>What to do</h3>
          <ul className="dots">
            {flaw.remedies.map((remedy) => (
              <li key={`${remedy.kind} ${remedy.text}`}>
                <b>{REMEDY[remedy.kind]}.</b> <Inert text={remedy.text} />{' '}
                {remedy.url ? <Inert className="mono s" text={remedy.url} breaks /> : null}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {flaw.references.length > 0 ? (
        <>
          <h3>See also</h3>
          <ul className="dots s">
            {flaw.references.map((one) => (
              <li key={one.url}>
                {one.title ? <Inert text={one.title} /> : null} <Inert className="mono" text={one.url} breaks />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {flaw.credits.length > 0 ? (
        <p className="s">
          <b>Thanks to</b>{' '}
          <Inert
            text={flaw.credits
              .map(({ name, organisation, kind }) => `${name}${organisation ? `, ${organisation}` : ''} (${kind})`)
              .join('; ')}
          />
        </p>
      ) : null}
      {flaw.timeline.length > 0 ? (
        <dl className="kv">
          {flaw.timeline.map((one) => (
            <div key={`${one.at} ${one.what}`} className="kvrow">
              <dt>{day(one.at)}</dt>
              <dd>
                <Inert text={one.what} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  )
}
