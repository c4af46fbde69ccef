import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { DropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { queryString } from '../../api/request.ts'
import { bytes } from '../../parts/time/format.ts'
import type { Parcel } from './sending.ts'

/** A machine's report as a file: sent as it is, its format found by the server. */
export function FileDrop({ busy, onSend }: { busy: boolean; onSend: (parcel: Parcel) => void }) {
  const [file, setFile] = useState<File | null>(null)
  return (
    <section className="panel stack">
      <h2>Reports from a machine</h2>
      <DropZone
        className="drop"
        aria-label="Drop a report file here"
        onDrop={async (event) => {
          const item = event.items.find((one) => one.kind === 'file')
          if (item?.kind === 'file') setFile(await item.getFile())
        }}
      >
        <p className="s">
          Drop a file: SARIF, Weir JSON or NDJSON, OSV, CVE or GitHub advisory JSON, or a crash log. Plain, .gz or .zst.
        </p>
        <FileTrigger onSelect={(list) => setFile(list?.[0] ?? null)}>
          <Button className="btn">Choose a file</Button>
        </FileTrigger>
        {file ? (
          <p className="s break">
            <span className="mono">{file.name}</span> <span className="i3">{bytes(file.size)}</span>
          </p>
        ) : null}
      </DropZone>
      <Button
        className="btn full"
        isDisabled={busy || file === null}
        onPress={() =>
          file &&
          onSend({
            name: file.name,
            path: `/v1/reports${queryString({ name: file.name })}`,
            body: file,
            mediaType: 'application/octet-stream',
          })
        }
      >
        Send the file
      </Button>
    </section>
  )
}
