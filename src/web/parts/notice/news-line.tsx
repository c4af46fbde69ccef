/** News waits here: rows never move under the cursor by themselves. */
export function NewsLine({ news, onShow }: { news: string | null; onShow: () => void }) {
  return (
    <div role="status" className="newsline">
      {news === null ? null : (
        <>
          <span>{news}</span>
          <button type="button" className="btn small" onClick={onShow}>
            Read it again
          </button>
        </>
      )}
    </div>
  )
}
