import { stretches } from './visible-text.ts'

/** Text from a report, in a line: never markup, direction kept inside, unseen characters written out. */
export function Inert({ text, className = '' }: { text: string; className?: string }) {
  return (
    <bdi className={`inert ${className}`} translate="no">
      <Stretches text={text} limit={2_000} />
    </bdi>
  )
}

export function Stretches({ text, limit }: { text: string; limit: number }) {
  return stretches(text, limit).map((stretch, n) =>
    stretch.seen ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no other name than its place
      <span key={n} className="seen">
        {stretch.text}
      </span>
    ) : (
      stretch.text
    ),
  )
}
