import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ValidationPage } from '../../../contract/shapes/validation.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { Patches } from '../proof/patches.tsx'
import { validationQuery } from '../proof/queries.ts'
import { Reproducers } from '../proof/reproducers.tsx'
import { ValidationLine } from '../proof/validation-line.tsx'
import { RunLog } from './run-log.tsx'
import { StatementPart } from './statement-part.tsx'

/** One validation: where it stands, everything it came to, its log and its signed statement. */
export function Validation() {
  const { id } = useParams({ from: '/validations/$id' })
  usePageTitle('Validation')
  const page = useQuery(validationQuery(id))
  if (page.data) return <Shown page={page.data} />
  if (page.error) return <NotShown error={page.error} not="The validation is not shown." />
  return <Waiting rows={10} what="the validation" />
}

function Shown({ page: { row, result, log } }: { page: ValidationPage }) {
  return (
    <div className="stack">
      <div className="stack tight">
        <h1>
          Validation of <Inert text={row.target.name} />
        </h1>
        <p className="row wrap xs i3">
          <span className="mono">{row.id}</span>
          <CopyButton text={row.id} label="Copy id" plain />
          <span>
            asked <When at={row.askedAt} full /> by <Inert text={row.by} />
          </span>
          {row.tier ? <span>isolation: {row.tier}</span> : null}
          {row.seconds !== null ? <span>{row.seconds.toFixed(1)} s of sandbox time</span> : null}
          {row.flaw ? (
            <Link to="/flaws/$id" params={{ id: row.flaw }}>
              its flaw
            </Link>
          ) : null}
        </p>
      </div>
      <ul className="plain" aria-live="polite">
        <ValidationLine row={row} />
      </ul>
      {result ? (
        <>
          {result.reproducers.length > 0 ? (
            <section>
              <h2>Reproducers</h2>
              <Reproducers reproducers={result.reproducers} />
            </section>
          ) : null}
          {result.patches.length > 0 ? (
            <section>
              <h2>Patches</h2>
              <Patches patches={result.patches} />
            </section>
          ) : null}
          {result.matrix && result.matrix.relations.length > 0 ? (
            <section>
              <h2>Cross matrix</h2>
              <ul className="s dots">
                {result.matrix.relations.map((one) => (
                  <li key={`${one.a} ${one.b}`}>
                    <Inert text={one.say} />
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {result.minimised.length + result.ranges.length > 0 ? (
            <section>
              <h2>Inputs and range</h2>
              <ul className="s dots">
                {[...result.minimised, ...result.ranges].map((one) => (
                  <li key={one.say}>
                    <Inert text={one.say} />
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <section>
            <h2>Builds</h2>
            <ul className="s dots">
              {result.builds.map((build) => (
                <li key={build.of}>
                  <Inert className="mono" text={build.of} />: <Inert text={build.say} />{' '}
                  <span className="i3">{build.fromCache ? 'kept from before' : `${build.seconds.toFixed(1)} s`}</span>
                </li>
              ))}
            </ul>
          </section>
          {result.statement ? <StatementPart id={row.id} statement={result.statement} /> : null}
        </>
      ) : null}
      {log ? <RunLog id={row.id} /> : null}
    </div>
  )
}
