import { useState } from 'react'
import type { EdgeDeviceList, EdgeDeviceOut } from '../../../contract/shapes/edge-device.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { EdgeAdd } from './edge-add.tsx'
import { fetchEdgeDevices } from './edge-queries.ts'
import { EdgeRow } from './edge-row.tsx'

const HEADS = [
  ['Due', 'a-0'],
  ['Device', 'a-1'],
  ['Rule', 'a-3'],
] as const

/** Devices at the edge of the network whose support ends or has ended: what BOD 26-02 asks of each, and of the organisation. */
export function EdgePart() {
  const { query, rows } = usePaged<EdgeDeviceOut, EdgeDeviceList>(['exposure', 'edge-devices'], fetchEdgeDevices)
  const filter = useFilter('Filter by device')
  const [open, setOpen] = useState<string | null>(null)
  const { now } = useServerNow(60_000)
  const first = query.data?.pages[0]
  if (!first && query.error) return <NotShown error={query.error} not="The edge devices are not shown." />
  if (!first) return <Waiting rows={5} what="edge devices" />
  const shown = rows.filter(({ name, maker, model, unit }) => filter.fits([name, maker, model, unit].join(' ')))
  const row = (of: EdgeDeviceOut | EdgeDeviceList['own']) => (
    <EdgeRow key={of.id} of={of} now={now} open={open === of.id} toggle={() => setOpen(open === of.id ? null : of.id)} />
  )
  return (
    <div className="stack wide">
      <p className="i2 measure">
        A device at the edge of a network that its maker no longer repairs is how many break-ins begin. CISA’s BOD 26-02 says by
        when such devices are written down, reported and taken off the network.
        {first.analogy === null ? '' : ` ${first.analogy}`}
      </p>
      <div className="inventorycols">
        <div className="stack tight">
          {rows.length > 8 ? filter.field : null}
          <table className="blocks actions edges">
            <caption className="vh">Edge devices, by due time</caption>
            <thead>
              <tr>
                {HEADS.map(([head, name]) => (
                  <th key={head} scope="col" className={name}>
                    {head}
                  </th>
                ))}
                <th scope="col" className="a-4">
                  <span className="vh">Act</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map(row)}
              {row(first.own)}
            </tbody>
          </table>
          {rows.length === 0 ? <p className="s">No device is written down, and no tags name one.</p> : null}
          {rows.length > 0 && shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
          <MoreRows of={query} say="Show more" />
          <p>
            <a className="btn small" href="/v1/exposure/edge-devices?format=csv" download="edge-devices.csv">
              The table as CSV
            </a>
          </p>
        </div>
        <EdgeAdd />
      </div>
    </div>
  )
}
