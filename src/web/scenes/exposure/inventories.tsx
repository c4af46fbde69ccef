import { useState } from 'react'
import type { InventoryList, InventoryOut } from '../../../contract/shapes/exposure.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { InventoryDrop } from './inventory-drop.tsx'
import { InventoryRow } from './inventory-row.tsx'
import { fetchInventories } from './queries.ts'

/** What an organisation runs: one inventory an asset, its tags, and what of it could not be read; add one, change tags, drop one. */
export function Inventories() {
  const { query, rows } = usePaged<InventoryOut, InventoryList>(['inventories'], fetchInventories)
  const filter = useFilter('Filter by asset')
  const [open, setOpen] = useState<string | null>(null)
  if (!query.data && query.error) return <NotShown error={query.error} not="The inventories are not shown." />
  const shown = rows.filter(({ asset, tags }) =>
    filter.fits(`${asset} ${tags.organisation ?? ''} ${tags.unit ?? ''} ${tags.type ?? ''}`),
  )
  return (
    <div className="stack wide">
      <p className="i2 measure">
        An inventory lists the software of one asset: a server, a device, a program. It is sealed, and only operators of your
        organisation read it; coordinators and administrators of this server do not.
      </p>
      <div className="inventorycols">
        <div className="stack tight">
          {!query.data ? (
            <Waiting rows={5} what="inventories" />
          ) : rows.length === 0 ? (
            <p className="s">No inventory yet. Bring the first one.</p>
          ) : (
            <>
              {rows.length > 8 ? filter.field : null}
              <table className="blocks inventories">
                <caption className="vh">Your inventories</caption>
                <thead>
                  <tr>
                    <th scope="col">Asset</th>
                    <th scope="col" className="v-reach">
                      Reachable from
                    </th>
                    <th scope="col" className="num v-n">
                      Components
                    </th>
                    <th scope="col" className="num v-n">
                      Not matched
                    </th>
                    <th scope="col" className="num v-at">
                      Received
                    </th>
                    <th scope="col" className="v-act">
                      <span className="vh">Act</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row) => (
                    <InventoryRow
                      key={row.id}
                      of={row}
                      open={open === row.id}
                      toggle={() => setOpen(open === row.id ? null : row.id)}
                    />
                  ))}
                </tbody>
              </table>
              {shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
            </>
          )}
          <MoreRows of={query} say="Show more" />
        </div>
        <InventoryDrop onKept={(made) => setOpen(made.id)} />
      </div>
    </div>
  )
}
