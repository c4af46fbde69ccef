import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ItemAnswer, Outcome } from '../../../contract/shapes/report.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon, type IconName } from '../../parts/marks/icon.tsx'
import { count } from '../../parts/time/format.ts'
import { OUTCOME } from './outcome.ts'

const ICON: Record<Outcome, IconName> = {
  accepted: 'check',
  repeated: 'clock',
  merged: 'check',
  'needs-info': 'dash',
  refused: 'cross',
}
const STEP = 200

/** Every item of a report with what became of it; refused ones say where and how to mend. */
export function Items({ items }: { items: readonly ItemAnswer[] }) {
  const [only, setOnly] = useState<Outcome | 'all'>('all')
  const [shown, setShown] = useState(STEP)
  const kinds = (Object.keys(OUTCOME) as Outcome[]).filter((outcome) => items.some((item) => item.outcome === outcome))
  const chosen = items.filter((item) => only === 'all' || item.outcome === only)
  if (items.length === 0) return <p className="i2">No item is listed.</p>
  return (
    <section className="stack tight">
      <div className="row between wrap">
        <h2>Items</h2>
        {kinds.length > 1 ? (
          <label className="row s">
            Show
            <select className="small" value={only} onChange={(event) => setOnly(event.target.value as Outcome | 'all')}>
              <option value="all">all {count(items.length)}</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {OUTCOME[kind].word.toLowerCase()}
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      <table className="blocks items">
        <caption className="vh">Items of the report</caption>
        <thead>
          <tr>
            <th scope="col" className="cn">
              Item
            </th>
            <th scope="col" className="co">
              Outcome
            </th>
            <th scope="col">What it means</th>
            <th scope="col" className="cr">
              Receipt
            </th>
          </tr>
        </thead>
        <tbody>
          {chosen.slice(0, shown).map((item) => (
            <tr key={`${item.n} ${item.at}`}>
              <td className="mono i3">
                {item.n + 1} <Inert text={item.at} />
              </td>
              <td>
                <span className="mark">
                  <Icon name={ICON[item.outcome]} />
                  {OUTCOME[item.outcome].word}
                </span>
              </td>
              <td>
                <Meaning item={item} />
              </td>
              <td>
                {item.receipt ? (
                  <Link className="mono" to="/status/$receipt" params={{ receipt: item.receipt }}>
                    {item.receipt}
                  </Link>
                ) : (
                  <span className="i3">none</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {chosen.length > shown ? (
        <p>
          <button type="button" className="btn" onClick={() => setShown(shown + 5 * STEP)}>
            Show more of {count(chosen.length)}
          </button>
        </p>
      ) : null}
    </section>
  )
}

function Meaning({ item }: { item: ItemAnswer }) {
  if (item.refusal) {
    return (
      <div className="stack tight">
        <span>
          <b>{item.refusal.say}</b> <Inert text={item.refusal.mend} />
        </span>
        <span className="xs i3">
          <code>{item.refusal.code}</code> at <code className="break">{item.refusal.where}</code>. Not stored.
        </span>
      </div>
    )
  }
  return (
    <div className="stack tight">
      <span>{OUTCOME[item.outcome].say}</span>
      {item.needs.map((need) => (
        <span key={need.code}>
          <b>{need.say}</b> <code className="xs i3">{need.code}</code>
        </span>
      ))}
      {item.same ? (
        <span className="xs">
          Earlier: <span className="mono">{item.same}</span>
        </span>
      ) : null}
    </div>
  )
}
