import type { AdvisoryView } from '../../../contract/shapes/advisory.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { InertBlock } from '../../parts/inert/inert-block.tsx'
import { fullInstant } from '../../parts/time/format.ts'
import { FlawText } from './flaw-text.tsx'
import { contentOf } from './queries.ts'
import { STATE } from './words.ts'

/** An advisory in words: what it is about, what to do, who says what, and how it changed. */
export function AdvisoryText({ view, level = 1 }: { view: AdvisoryView; level?: 1 | 2 }) {
  const Head = level === 1 ? 'h1' : 'h2'
  const { row, history, withdrawn, files } = view
  const content = contentOf(view)
  return (
    <article className="advisorypage public">
      <Head className="big">
        <Inert text={row.title} />
      </Head>
      <p className="i2">
        {STATE[row.state]}
        {row.publishedAt ? <> · first published {fullInstant(Date.parse(row.publishedAt))}</> : null}
        {row.revision > 1 ? (
          <>
            {' '}
            · revision {row.revision}, {fullInstant(Date.parse(row.updatedAt))}
          </>
        ) : null}{' '}
        · <span className="mono">{row.id}</span>
      </p>
      {withdrawn ? (
        <p className="note alarm">
          <b>Withdrawn on {fullInstant(Date.parse(withdrawn.at))}.</b> <Inert text={withdrawn.reason} />
        </p>
      ) : null}
      {content ? (
        <>
          <p className="said">
            <Inert text={content.summary} />
          </p>
          {content.flaws.map((flaw) => (
            <FlawText key={flaw.id} flaw={flaw} alone={content.flaws.length === 1} />
          ))}
          <p className="xs i3">
            Published by <Inert text={content.publisher.name} />
            {content.distribution.tlp === 'CLEAR' ? '; may be passed on to anyone' : `; TLP:${content.distribution.tlp}`}.
          </p>
        </>
      ) : (
        <InertBlock text={JSON.stringify(view.content, null, 2)} from="the advisory" mono />
      )}
      {history.length > 1 ? (
        <section>
          <h2 className="serif">Revisions</h2>
          <dl className="kv">
            {history.map((one) => (
              <div key={one.number} className="kvrow">
                <dt>{one.number}</dt>
                <dd>
                  {fullInstant(Date.parse(one.at))}: <Inert text={one.what} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {files.length > 0 ? (
        <section>
          <h2 className="serif">For machines</h2>
          <ul className="s stack tight takes">
            {files.filter(isOwnPath).map((path) => (
              <li key={path}>
                <a className="mono break" href={`/${path}`}>
                  {path}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </article>
  )
}

/** A path below the public tree and nothing else: no scheme, no host, no way up. */
const isOwnPath = (path: string): boolean => /^[a-z0-9][a-z0-9._/-]{0,300}$/i.test(path) && !path.includes('..')
