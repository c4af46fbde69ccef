import { useRef, useState } from 'react'
import type { ReportAnswer } from '../../../contract/shapes/report.ts'
import { newKey, upload } from '../../api/upload.ts'

export type Sending =
  | { readonly stage: 'idle' }
  | { readonly stage: 'sending'; readonly sent: number; readonly total: number; readonly name: string }
  | { readonly stage: 'answered'; readonly answer: ReportAnswer; readonly name: string }
  | { readonly stage: 'failed'; readonly error: unknown; readonly name: string; readonly key: string }

export interface Parcel {
  readonly name: string
  readonly path: string
  readonly body: Blob | string
  readonly mediaType: string
}

/** Sends one parcel at a time; after a failure the same parcel goes out again under the same key, so nothing is stored twice. */
export function useSending() {
  const [sending, setSending] = useState<Sending>({ stage: 'idle' })
  const last = useRef<{ parcel: Parcel; key: string } | null>(null)
  const stopper = useRef<AbortController | null>(null)
  const go = async (parcel: Parcel, key: string) => {
    last.current = { parcel, key }
    stopper.current = new AbortController()
    const { name } = parcel
    setSending({ stage: 'sending', sent: 0, total: 0, name })
    try {
      const onProgress = (sent: number, total: number) => setSending({ stage: 'sending', sent, total, name })
      setSending({
        stage: 'answered',
        answer: await upload<ReportAnswer>({ ...parcel, key, onProgress, signal: stopper.current.signal }),
        name,
      })
      last.current = null
    } catch (error) {
      setSending({ stage: 'failed', error, name, key })
    }
  }
  return {
    sending,
    /** A parcel that failed before keeps its key as long as it is the same parcel. */
    send: (parcel: Parcel) =>
      go(parcel, last.current && last.current.parcel.body === parcel.body ? last.current.key : newKey()),
    again: () => (last.current ? go(last.current.parcel, last.current.key) : undefined),
    stop: () => stopper.current?.abort(),
    reset: () => {
      last.current = null
      setSending({ stage: 'idle' })
    },
  }
}
