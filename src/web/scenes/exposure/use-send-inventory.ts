import { useRef, useState } from 'react'
import type { AssetTags, InventoryOut } from '../../../contract/shapes/exposure.ts'
import { queryString } from '../../api/request.ts'
import { newKey, upload } from '../../api/upload.ts'
import { useReadAgain } from './use-read-again.ts'

type Sending =
  | { readonly stage: 'idle' }
  | { readonly stage: 'sending'; readonly sent: number; readonly total: number }
  | { readonly stage: 'failed'; readonly error: unknown }
  | { readonly stage: 'kept'; readonly made: InventoryOut }

/** Sends an inventory with progress and a way to stop; a stop is no failure. */
export function useSendInventory(onKept: (made: InventoryOut) => void) {
  const [state, setState] = useState<Sending>({ stage: 'idle' })
  const stopper = useRef<AbortController | null>(null)
  const readAgain = useReadAgain()
  const send = (file: File, asset: string, distribution: string | null, tags: AssetTags) => {
    const stop = new AbortController()
    stopper.current = stop
    setState({ stage: 'sending', sent: 0, total: file.size })
    upload<InventoryOut>({
      path: `/v1/inventories${queryString({ asset, name: file.name, distribution, ...tags })}`,
      body: file,
      mediaType: 'application/octet-stream',
      key: newKey(),
      onProgress: (sent, total) => setState({ stage: 'sending', sent, total }),
      signal: stop.signal,
    }).then(
      async (made) => {
        setState({ stage: 'kept', made })
        await readAgain()
        onKept(made)
      },
      (error: unknown) => setState(error instanceof DOMException ? { stage: 'idle' } : { stage: 'failed', error }),
    )
  }
  return { state, send, stop: () => stopper.current?.abort(), forget: () => setState({ stage: 'idle' }) }
}
