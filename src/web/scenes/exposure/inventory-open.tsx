import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { AssetTags, InventoryOut } from '../../../contract/shapes/exposure.ts'
import { sendJson } from '../../api/request.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { DropInventory } from './drop-inventory.tsx'
import { inventoryPath } from './queries.ts'
import { TagFields } from './tag-fields.tsx'
import { UnmatchedList } from './unmatched-list.tsx'
import { useReadAgain } from './use-read-again.ts'

/** What can be said of an asset, with what it does to the dates; what of its inventory nothing could be matched by; dropping it. */
export function InventoryOpen({ of }: { of: InventoryOut }) {
  const readAgain = useReadAgain()
  const [tags, setTags] = useState<AssetTags>(of.tags)
  const set = useMutation({
    mutationFn: () => sendJson<InventoryOut>('PUT', inventoryPath(of.id, '/tags'), tags),
    onSuccess: readAgain,
  })
  const changed = JSON.stringify(tags) !== JSON.stringify(of.tags)
  return (
    <div className="actionopen stack opens">
      <form
        className="stack"
        aria-label={`Tags of ${of.asset.slice(0, 100)}`}
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate()
        }}
      >
        <TagFields name={of.id} tags={tags} set={setTags} />
        {set.error ? <FailureNote error={set.error} not="The tags are not set." safe="What you wrote is still here." /> : null}
        <p className="row wrap">
          <button type="submit" className="btn small" disabled={set.isPending || !changed}>
            Set the tags
          </button>
          <span className="xs i3" role="status">
            {set.isSuccess && !changed
              ? 'Set. The dates of this asset are counted anew.'
              : 'The dates of this asset are counted anew; the old ones and the reason stay.'}
          </span>
        </p>
      </form>
      {of.unmatched === 0 ? null : <UnmatchedList of={of} />}
      <DropInventory of={of} />
    </div>
  )
}
