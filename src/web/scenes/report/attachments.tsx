import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { toBase64 } from '../../../ledger/base64.ts'
import { bytes } from '../../parts/time/format.ts'
import type { Draft } from './draft.ts'

// An item is at most 4 MiB on the way in, and base 64 makes a third more of each file.
const MOST = 2_800_000

/** Files kept as evidence beside the report. */
export function Attachments({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const [said, setSaid] = useState<string | null>(null)
  const held = draft.files.reduce((sum, file) => sum + file.bytes, 0)
  const add = async (list: FileList | null) => {
    const files = [...draft.files]
    let room = MOST - held
    setSaid(null)
    for (const file of Array.from(list ?? [])) {
      if (file.size > room) {
        setSaid(
          `${file.name} was not attached: all files together may have ${bytes(MOST)}. Larger ones go as a file of their own.`,
        )
        continue
      }
      room -= file.size
      const content = toBase64(new Uint8Array(await file.arrayBuffer()))
      files.push({ name: file.name, mediaType: file.type || 'application/octet-stream', content, bytes: file.size })
    }
    onChange({ ...draft, files })
  }
  return (
    <div className="stack tight">
      <div className="row wrap">
        <FileTrigger allowsMultiple onSelect={(list) => void add(list)}>
          <Button className="btn">Attach files</Button>
        </FileTrigger>
        <span className="xs i3">Up to {bytes(MOST)} together</span>
      </div>
      <ul className="s">
        {draft.files.map((file, n) => (
          <li key={`${file.name}-${file.bytes}`} className="row">
            <span className="mono cut">{file.name}</span> <span className="i3 nowrap">{bytes(file.bytes)}</span>
            <Button
              className="btn small plain"
              aria-label={`Take ${file.name} out`}
              onPress={() => onChange({ ...draft, files: draft.files.filter((_, i) => i !== n) })}
            >
              Take out
            </Button>
          </li>
        ))}
      </ul>
      <p className="s" role="status">
        {said}
      </p>
    </div>
  )
}
