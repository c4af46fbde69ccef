import { useLive } from '../../api/live.ts'
import { NewsLine } from '../../parts/notice/news-line.tsx'

/** Whether the queue changed since it was read. */
export function QueueNews({ onShow }: { onShow: () => void }) {
  const { news } = useLive()
  return <NewsLine news={news > 0 ? 'The queue has changed since it was read.' : null} onShow={onShow} />
}
