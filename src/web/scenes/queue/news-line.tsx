import { useLive } from '../../api/live.ts'

/** News waits here: rows never move under the cursor by themselves. */
export function NewsLine({ onShow }: { onShow: () => void }) {
  const { news } = useLive()
  return (
    <div role="status" className="newsline">
      {news > 0 ? (
        <>
          <span>The queue has changed since it was read.</span>
          <button type="button" className="btn small" onClick={onShow}>
            Read it again
          </button>
        </>
      ) : null}
    </div>
  )
}
