import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { InboxItem } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { moment } from '../../parts/time/format.ts'
import { AnswerItem } from './answer-item.tsx'
import { ItemFacts } from './item-facts.tsx'

const shortDay = (at: string) => moment(Date.parse(at)).split(',')[0]

/** One thing to look at: what can happen, how to see it, what is asked, and the answers. */
export function InboxCard({ item, level }: { item: InboxItem; level: 1 | 2 }) {
  const [said, setSaid] = useState<string | null>(null)
  const Title = level === 1 ? 'h2' : 'h3'
  const answered = item.answeredAt !== null
  return (
    <article className="item" id={`item-${item.case}`} tabIndex={-1} aria-labelledby={`title-${item.case}`}>
      <div className="row between wrap itemhead">
        <PriorityMark priority={item.priority} />
        <span className="s i3">
          Sent {shortDay(item.sentAt)}, {answered ? `you answered ${shortDay(item.answeredAt!)}` : 'you have not answered'}
        </span>
      </div>
      <Title className="itemtitle" id={`title-${item.case}`}>
        <Link className="quiet" to="/cases/$id" params={{ id: item.case }}>
          <Inert text={item.title} />
        </Link>
      </Title>
      {item.summary ? (
        <p className="itemlead">
          <Inert text={item.summary} />
        </p>
      ) : null}
      <ItemFacts item={item} answered={answered} />
      <AnswerItem item={item} answered={answered} onSaid={setSaid} />
      <p className="s i2 said" role="status">
        {said}
      </p>
    </article>
  )
}
