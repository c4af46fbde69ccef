import { Link } from '@tanstack/react-router'
import type { EdgeDeviceList, EdgeDeviceOut } from '../../../contract/shapes/edge-device.ts'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count, day } from '../../parts/time/format.ts'
import { fetchEdgeDevices } from './edge-queries.ts'

/** One sentence where edge devices are known: how many are late, or when the next is due. */
export function EdgeLine() {
  const { query, rows } = usePaged<EdgeDeviceOut, EdgeDeviceList>(['exposure', 'edge-devices'], fetchEdgeDevices)
  const first = query.data?.pages[0]
  if (first === undefined || first.devices === 0) return null
  const next = rows[0]?.due ?? null
  return (
    <p className="s">
      <Link to="/exposure/$part" params={{ part: 'edge' }}>
        {first.devices === 1 ? 'One edge device' : `${count(first.devices)} edge devices`}
      </Link>
      {first.late > 0 ? (
        <b className="alarm">{` ${count(first.late)} late by BOD 26-02.`}</b>
      ) : next === null ? (
        ': nothing is due.'
      ) : (
        `: next by BOD 26-02, ${day(Date.parse(next))}.`
      )}
    </p>
  )
}
