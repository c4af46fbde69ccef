import { useEffect, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import { Cap } from '../keys/cap.tsx'
import { useKeys } from '../keys/keys.ts'

interface Offer {
  readonly say: string
  /** null where there is nothing left to undo: it is only said. */
  readonly undo: (() => void) | null
}

let offer: Offer | null = null
const listeners = new Set<() => void>()

/** Says what was just done and offers to undo it for ten seconds; later the history does. */
export function offerUndo(next: Offer | null): void {
  offer = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where undo is offered, above the foot. */
export function UndoOffer() {
  const current = useSyncExternalStore(subscribe, () => offer)
  useEffect(() => {
    if (!current) return
    const timer = setTimeout(() => offerUndo(null), 10_000)
    return () => clearTimeout(timer)
  }, [current])
  const undo = () => {
    current?.undo?.()
    offerUndo(null)
  }
  useKeys(current?.undo ? [{ keys: 'u', say: 'Undo what was just done', run: undo }] : [])
  return (
    <div className="undo" role="status">
      {current ? (
        <div className="row wrap opens">
          <span>{current.say}</span>
          {current.undo ? (
            <Button className="btn small" onPress={undo}>
              Undo <Cap>U</Cap>
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
