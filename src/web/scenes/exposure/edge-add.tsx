import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { EdgeDeviceOut, PutEdgeDevice } from '../../../contract/shapes/edge-device.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { EDGE_DEVICES } from './edge-queries.ts'
import { DeviceFields, SupportFields } from './support-fields.tsx'
import { useReadAgain } from './use-read-again.ts'

const NEW: PutEdgeDevice = { name: '', maker: null, model: null, unit: null, support: null, listed: null }

/** Writes down a device of which there is no inventory: a router, a firewall, a box that somebody else keeps. */
export function EdgeAdd() {
  const readAgain = useReadAgain()
  const [device, setDevice] = useState(NEW)
  const [made, setMade] = useState(0)
  const put = useMutation({
    mutationFn: () => sendJson<EdgeDeviceOut>('PUT', EDGE_DEVICES, { ...device, name: device.name.trim() }),
    onSuccess: async () => {
      setDevice(NEW)
      setMade((n) => n + 1)
      await readAgain()
    },
  })
  return (
    <form
      className="panel stack"
      aria-label="Write down a device"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate()
      }}
    >
      <h2>Write down a device</h2>
      <p className="s i2 measure">
        For a router, a firewall, a VPN gateway without an inventory. One that has an inventory is named by its tags.
      </p>
      <Field label="Name" hint="Your name for it. The same name again takes the place of what was written; its history stays.">
        {(ids) => (
          <input
            {...ids}
            value={device.name}
            maxLength={200}
            required
            onChange={(event) => setDevice({ ...device, name: event.target.value })}
          />
        )}
      </Field>
      <SupportFields key={`support-${made}`} name="edge" of={device} set={setDevice} />
      <DeviceFields name="edge" of={device} set={setDevice} />
      <Field label="Part of the organisation" hint="A department, a site">
        {(ids) => (
          <input
            {...ids}
            className="small"
            maxLength={200}
            value={device.unit ?? ''}
            onChange={(event) => setDevice({ ...device, unit: event.target.value === '' ? null : event.target.value })}
          />
        )}
      </Field>
      {put.error ? <FailureNote error={put.error} not="Not written down." safe="What you wrote is still here." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={put.isPending || device.name.trim() === ''}>
          Write it down
        </button>
        <span className="xs i3" role="status">
          {put.isSuccess && device === NEW ? 'Written down.' : 'Only operators of your organisation read it.'}
        </span>
      </p>
    </form>
  )
}
