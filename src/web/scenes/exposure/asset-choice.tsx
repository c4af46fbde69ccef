import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { count } from '../../parts/time/format.ts'

type Assets = ActionOut['assets']

/** More are narrowed by the filter. */
const MOST_SHOWN = 100

/** Which of the assets that are left; of many the filter finds some. */
export function AssetChoice(props: {
  assets: Assets
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}) {
  const { assets, chosen, onChange } = props
  const filter = useFilter('Filter assets')
  const fitting = assets.filter(({ asset }) => filter.fits(asset))
  const shown = fitting.slice(0, MOST_SHOWN)
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChange(next)
  }
  return (
    <fieldset className="stack tight">
      <legend>
        On which assets <span className="i3 regular">{`${count(chosen.size)} of ${count(assets.length)} chosen`}</span>
      </legend>
      {assets.length > 1 ? (
        <div className="row wrap">
          <button type="button" className="btn small" onClick={() => onChange(new Set([...chosen, ...fitting.map(ids)]))}>
            All{fitting.length < assets.length ? ' that fit' : ''}
          </button>
          <button type="button" className="btn small" onClick={() => onChange(without(chosen, fitting))}>
            None{fitting.length < assets.length ? ' that fit' : ''}
          </button>
          {assets.length > 8 ? filter.field : null}
        </div>
      ) : null}
      <div className="assetchoice">
        {shown.map(({ inventory, asset }) => (
          <label key={inventory} className="choice">
            <input type="checkbox" checked={chosen.has(inventory)} onChange={() => toggle(inventory)} />
            <span className="mono break">
              <Inert text={asset} breaks />
            </span>
          </label>
        ))}
      </div>
      {fitting.length > shown.length ? (
        <p className="xs i3">{count(fitting.length - shown.length)} more fit; narrow the filter to see them.</p>
      ) : null}
    </fieldset>
  )
}

const ids = ({ inventory }: Assets[number]): string => inventory

function without(chosen: ReadonlySet<string>, some: Assets): ReadonlySet<string> {
  const gone = new Set(some.map(ids))
  return new Set([...chosen].filter((id) => !gone.has(id)))
}
