import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { InventoryOut } from '../../../contract/shapes/exposure.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { inventoryPath } from './queries.ts'
import { useReadAgain } from './use-read-again.ts'

/** Drops an inventory for good, after saying what that does. */
export function DropInventory({ of }: { of: InventoryOut }) {
  const readAgain = useReadAgain()
  const [asked, setAsked] = useState(false)
  const drop = useMutation({
    mutationFn: () => sendJson('DELETE', inventoryPath(of.id)),
    onSuccess: readAgain,
  })
  if (!asked)
    return (
      <p>
        <button type="button" className="btn small" onClick={() => setAsked(true)}>
          Drop this inventory
        </button>
      </p>
    )
  return (
    <div className="stack tight">
      <p className="s">
        Its key is destroyed: nobody can read it again. What it named leaves the list of what needs you, though nothing was
        patched.
      </p>
      {drop.error ? <FailureNote error={drop.error} not="Not dropped." /> : null}
      <p className="row wrap">
        <button type="button" className="btn small" disabled={drop.isPending} onClick={() => drop.mutate()}>
          Drop it for good
        </button>
        <button type="button" className="btn small" onClick={() => setAsked(false)}>
          Keep it
        </button>
      </p>
    </div>
  )
}
