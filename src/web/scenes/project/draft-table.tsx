import { useState } from 'react'
import type { TermsDraft } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { fieldWords, valueWords } from './field-words.ts'
import { jsonOf, valueAt, withValue } from './read-terms.ts'

interface DraftProps {
  readonly draft: TermsDraft
  /** The terms as they are being written. */
  readonly text: string
  readonly file: string
  readonly take: (next: string) => void
}

/** What the file suggests, each with its line; a person ticks what holds, and nothing is ticked beforehand. */
export function DraftTable({ draft, text, file, take }: DraftProps) {
  const [ticked, setTicked] = useState<readonly number[]>([])
  // A file of terms says where each value goes by itself: it is taken whole.
  const whole = draft.from.length === 0 && Object.keys(draft.terms).length > 0
  const firsts = draft.from.filter((_, n) => isFirst(draft.from, n)).length
  const confirm = () => {
    let next: Record<string, unknown> = read(text)
    for (const n of ticked) {
      const { field } = draft.from[n]!
      next = withValue(next, field, valueAt(draft.terms, field))
    }
    take(jsonOf(next))
  }
  return (
    <div className="stack tight">
      {draft.from.length === 0 && !whole ? <p className="i2">Nothing was found in it that could be a term.</p> : null}
      {whole ? (
        <p className="row wrap">
          <button type="button" className="btn small" onClick={() => take(jsonOf(draft.terms))}>
            Put the whole file into the form
          </button>
          <span className="xs i3">It fits the published form. Nothing is stored before you set the terms.</span>
        </p>
      ) : null}
      {draft.from.length > 0 ? (
        <table className="blocks drafttable">
          <caption className="vh">What the file suggests</caption>
          <thead>
            <tr>
              <th scope="col" className="c-holds">
                Holds
              </th>
              <th scope="col">Field and value</th>
              <th scope="col">Where it came from</th>
            </tr>
          </thead>
          <tbody>
            {draft.from.map((one, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two lines may suggest the same field
              <tr key={n}>
                <td>
                  {isFirst(draft.from, n) ? (
                    <input
                      type="checkbox"
                      aria-label={`${fieldWords(one.field)} holds`}
                      checked={ticked.includes(n)}
                      onChange={() => setTicked(ticked.includes(n) ? ticked.filter((two) => two !== n) : [...ticked, n])}
                    />
                  ) : (
                    <span className="xs i3">also</span>
                  )}
                </td>
                <td>
                  <span title={visibleText(one.field, 200)}>
                    <Inert text={fieldWords(one.field)} />
                  </span>
                  {isFirst(draft.from, n) ? (
                    <div className="b">
                      <Inert text={valueWords(valueAt(draft.terms, one.field))} breaks />
                    </div>
                  ) : null}
                </td>
                <td className="i2">
                  {one.line === null ? file : `${file}, line ${one.line}`}: <Inert text={one.says} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {draft.wrong.map((one) => (
        <p key={`${one.where} ${one.says}`} className="s note soon">
          <Inert className="mono" text={one.where} /> <Inert text={one.says} />
        </p>
      ))}
      {draft.from.length > 0 ? (
        <p className="row wrap">
          <button type="button" className="btn small" disabled={ticked.length === 0} onClick={confirm}>
            Put what holds into the form
          </button>
          <span className="xs i3">
            {ticked.length} of {firsts} ticked. Nothing is stored before you set the terms.
          </span>
        </p>
      ) : null}
    </div>
  )
}

/** The draft holds one value a field, the first; what else the file says of it is told and can be written by hand. */
const isFirst = (from: TermsDraft['from'], n: number): boolean => from.findIndex(({ field }) => field === from[n]!.field) === n

function read(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
