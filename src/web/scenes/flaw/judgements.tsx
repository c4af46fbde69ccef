import { useState } from 'react'
import type { FlawPage, JudgementOut } from '../../../contract/shapes/flaw.ts'
import { tableById } from '../../../core/priority/tables/registry.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { When } from '../../parts/time/when.tsx'
import { JudgeForm } from './judge-form.tsx'

/** Decision tables side by side: outcome, every input with who judged it; what was assumed is dashed. */
export function Judgements({ page }: { page: FlawPage }) {
  const [judging, setJudging] = useState<string | null>(null)
  const latest = latestOfEach(page.judgements)
  return (
    <section>
      <div className="sh">
        <h2>Judged by tables</h2>
        <span className="s i3">dashed: nobody judged it, the table’s careful value is assumed</span>
      </div>
      {latest.length === 0 ? <p className="s i2">No table was asked yet.</p> : null}
      <div className="judgements">
        {latest.map((judgement) => (
          <div key={judgement.table} className="stack tight">
            <h3>{judgement.title}</h3>
            <p className="outcome">
              <Inert text={judgement.outcome} />
            </p>
            <dl className="kv">
              {judgement.inputs.map((input) => (
                <div key={input.point} className="kvrow">
                  <dt>
                    <Inert text={input.point} />
                  </dt>
                  <dd>
                    <span className={input.assumed ? 'tag assumed' : ''}>
                      <Inert text={input.value} />
                      {input.assumed ? <span className="vh"> (assumed)</span> : null}
                    </span>{' '}
                    {input.assumed ? null : (
                      <span className="xs i3">
                        <Inert text={input.by} />
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            <p className="xs i3">
              <span className="mono break">{judgement.table}</span>, <Inert text={judgement.by} />, <When at={judgement.at} />
            </p>
            {page.row.state === 'open' && tableById(judgement.table) ? (
              <p>
                <button
                  type="button"
                  className="btn small"
                  aria-expanded={judging === judgement.table}
                  onClick={() => setJudging(judging === judgement.table ? null : judgement.table)}
                >
                  Judge
                </button>
              </p>
            ) : null}
          </div>
        ))}
      </div>
      {judging ? <JudgeForm key={judging} page={page} table={judging} onClose={() => setJudging(null)} /> : null}
    </section>
  )
}

function latestOfEach(judgements: readonly JudgementOut[]): JudgementOut[] {
  const found = new Map<string, JudgementOut>()
  for (const judgement of judgements) {
    const held = found.get(judgement.table)
    if (!held || held.at < judgement.at) found.set(judgement.table, judgement)
  }
  return [...found.values()]
}
