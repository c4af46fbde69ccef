import { type AffectedProduct, type AffectedRange, STATUSES } from '../../../core/advisories/content.ts'
import { Field } from '../../parts/form/field.tsx'
import type { FlawEdit } from './flaw-editor.tsx'
import { productName, STATUS } from './words.ts'

const BLANK: AffectedProduct = {
  purl: null,
  vendor: null,
  product: null,
  ranges: [],
  versions: [],
  status: 'affected',
  justification: null,
  statement: null,
}
const RANGE: AffectedRange = { scheme: 'ecosystem', repository: null, introduced: null, fixed: null, lastAffected: null }
const said = (text: string): string | null => text.trim() || null

/** Products with how each stands to the flaw, and from which version to which; a second range is written as JSON. */
export function AffectedEditor({ flaw, set }: FlawEdit) {
  const change = (n: number, part: Partial<AffectedProduct>) =>
    set({ ...flaw, affected: flaw.affected.map((one, m) => (m === n ? { ...one, ...part } : one)) })
  return (
    <div className="stack tight">
      <h3>Products</h3>
      {flaw.affected.map((one, n) => {
        const [range = RANGE] = one.ranges
        const setRange = (part: Partial<AffectedRange>) =>
          change(n, { ranges: [{ ...range, ...part }, ...one.ranges.slice(1)] })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a product that is being named has no other key
          <div key={n} className="affectedrow">
            <Field label="Package, as a purl">
              {(ids) => (
                <input
                  {...ids}
                  className="mono small"
                  value={one.purl ?? ''}
                  placeholder={one.purl === null && one.product !== null ? productName(one) : ''}
                  onChange={(event) => change(n, { purl: said(event.target.value) })}
                />
              )}
            </Field>
            <Field label="State">
              {(ids) => (
                <select
                  {...ids}
                  className="small"
                  value={one.status}
                  onChange={(event) =>
                    change(n, {
                      status: STATUSES.find((status) => status === event.target.value) ?? 'affected',
                      justification: null,
                    })
                  }
                >
                  {STATUSES.map((status) => (
                    <option key={status} value={status}>
                      {STATUS[status]}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label="From">
              {(ids) => (
                <input
                  {...ids}
                  className="mono small"
                  value={range.introduced ?? ''}
                  onChange={(event) => setRange({ introduced: said(event.target.value) })}
                />
              )}
            </Field>
            <Field label="Fixed in">
              {(ids) => (
                <input
                  {...ids}
                  className="mono small"
                  value={range.fixed ?? ''}
                  onChange={(event) => setRange({ fixed: said(event.target.value), lastAffected: null })}
                />
              )}
            </Field>
          </div>
        )
      })}
      <p>
        <button
          type="button"
          className="btn small"
          onClick={() => set({ ...flaw, affected: [...flaw.affected, BLANK] })}
          disabled={flaw.affected.length >= 100}
        >
          Add a product
        </button>
      </p>
    </div>
  )
}
