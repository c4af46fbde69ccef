import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { DropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import type { InventoryOut } from '../../../contract/shapes/exposure.ts'
import { NO_TAGS } from '../../../core/exposure/component.ts'
import { Field } from '../../parts/form/field.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { bytes, count } from '../../parts/time/format.ts'
import { TagFields } from './tag-fields.tsx'
import { useSendInventory } from './use-send-inventory.ts'

/** Brings an inventory: a file dropped or chosen, the asset it stands for, its tags; then what became of it. */
export function InventoryDrop({ onKept }: { onKept: (made: InventoryOut) => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [asset, setAsset] = useState('')
  const [distribution, setDistribution] = useState('')
  const [tags, setTags] = useState(NO_TAGS)
  const send = useSendInventory((made) => {
    setFile(null)
    setAsset('')
    setDistribution('')
    setTags(NO_TAGS)
    if (made.unmatched > 0) onKept(made)
  })
  const take = (next: File | null) => {
    setFile(next)
    if (next && asset === '') setAsset(assetOf(next.name))
    send.forget()
  }
  return (
    <form
      className="panel stack inventorydrop"
      aria-label="Add an inventory"
      onSubmit={(event) => {
        event.preventDefault()
        if (file) send.send(file, asset.trim(), distribution.trim() || null, tags)
      }}
    >
      <h2>Add an inventory</h2>
      <DropZone
        className="drop"
        aria-label="Drop an inventory here"
        onDrop={async (event) => {
          const item = event.items.find((one) => one.kind === 'file')
          if (item?.kind === 'file') take(await item.getFile())
        }}
      >
        <p className="s">
          Drop a file: an SBOM (CycloneDX, SPDX, Syft), a lock file, or the packages of a server (dpkg, rpm). What it is is told
          by what stands in it.
        </p>
        <FileTrigger onSelect={(list) => take(list?.[0] ?? null)}>
          <Button className="btn">Choose a file</Button>
        </FileTrigger>
        {file ? (
          <p className="s break">
            <span className="mono">{visibleText(file.name)}</span> <span className="i3">{bytes(file.size)}</span>
          </p>
        ) : null}
      </DropZone>
      <Field
        label="Asset it stands for"
        hint="Your name for it. A newer inventory of the same asset takes the place of the one before, and keeps its tags where none is said."
      >
        {(ids) => <input {...ids} value={asset} maxLength={200} required onChange={(event) => setAsset(event.target.value)} />}
      </Field>
      <Field
        label="Distribution, where the list does not say it"
        hint="For packages of rpm or dpkg, with the release: rocky:9, debian:12, ubuntu:24.04. Without it nobody can tell of them."
      >
        {(ids) => (
          <input
            {...ids}
            className="small"
            maxLength={100}
            value={distribution}
            onChange={(event) => setDistribution(event.target.value)}
          />
        )}
      </Field>
      <TagFields name="new" tags={tags} set={setTags} />
      {send.state.stage === 'failed' ? (
        <FailureNote error={send.state.error} not="Not kept." safe="Your file is unchanged." />
      ) : null}
      {send.state.stage === 'sending' ? (
        <p className="row wrap s">
          <progress
            className="progressbar"
            aria-label="Sending the inventory"
            max={send.state.total || 1}
            value={send.state.total ? send.state.sent : undefined}
          />
          <span>
            {send.state.sent < send.state.total
              ? `${bytes(send.state.sent)} of ${bytes(send.state.total)} sent`
              : 'sent, being read'}
          </span>
          <button type="button" className="btn small" onClick={send.stop}>
            Stop
          </button>
          <span className="xs i3">Stopping keeps nothing of it.</span>
        </p>
      ) : null}
      <p className="s" role="status">
        {send.state.stage === 'kept' ? (
          <>
            {saysKept(send.state.made)} <Link to="/exposure">See what needs you</Link>
          </>
        ) : null}
      </p>
      <p>
        <button type="submit" className="btn" disabled={file === null || asset.trim() === '' || send.state.stage === 'sending'}>
          Keep the inventory
        </button>
      </p>
    </form>
  )
}

function saysKept({ asset, components, unmatched }: InventoryOut): string {
  const rest = unmatched === 0 ? 'All could be matched.' : `${count(unmatched)} could not be matched; they are listed.`
  return `Kept as ${visibleText(asset)}: ${count(components)} ${components === 1 ? 'component' : 'components'}. ${rest}`
}

/** `lab-broker-01` of `lab-broker-01.cdx.json`. */
function assetOf(file: string): string {
  return file.replace(/(?:\.(?:cdx|spdx|bom|sbom|syft|json|xml|txt|gz|zst|lock))+$/i, '').slice(0, 200)
}
