import type { AdvisoryFlaw } from '../../../core/advisories/content.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { productName, rangeWords, STATUS } from './words.ts'

/** Which products, which versions, and what each vendor says. */
export function AffectedTable({ affected }: { affected: AdvisoryFlaw['affected'] }) {
  if (affected.length === 0) return null
  return (
    <table className="blocks">
      <caption className="vh">Products and how they stand to the flaw</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Versions</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {affected.map((one, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one product may stand there twice
          <tr key={n}>
            <td>
              <Inert className="mono" text={productName(one)} breaks />
            </td>
            <td className="i2">
              <Inert text={[...one.ranges.map(rangeWords), ...one.versions].join('; ') || 'not said'} />
            </td>
            <td>
              <b>{STATUS[one.status]}</b>
              {one.statement ? (
                <div className="s i2">
                  <Inert text={one.statement} />
                </div>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
