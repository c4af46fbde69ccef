import { useState } from 'react'
import type { InboxOut } from '../../../contract/shapes/project.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { useKeys } from '../../parts/keys/keys.ts'
import { Capacity } from './capacity.tsx'
import { InboxCard } from './inbox-card.tsx'
import { Pace } from './pace.tsx'
import { WaitingLine } from './waiting-line.tsx'

/** One project: what is to be looked at, how much may come, and what waits. */
export function ProjectInbox({ inbox, level }: { inbox: InboxOut; level: 1 | 2 }) {
  const { project, items } = inbox
  const [pausing, setPausing] = useState(false)
  const [at, setAt] = useState<number | null>(null)
  const Head = level === 1 ? 'h1' : 'h2'
  const card = (n: number) => document.getElementById(`item-${items[n]?.case}`)
  const move = (by: number) => {
    const next = Math.min(items.length - 1, Math.max(0, at === null ? 0 : at + by))
    setAt(next)
    card(next)?.focus()
  }
  const verdict = () =>
    card(at ?? 0)
      ?.querySelector<HTMLElement>('.acts button')
      ?.focus()
  useKeys(
    level === 1 && items.length > 0
      ? [
          { keys: 'j', say: 'Next item', run: () => move(1) },
          { keys: 'k', say: 'Item before', run: () => move(-1) },
          { keys: 'v', say: 'Go to the verdict', run: verdict },
        ]
      : [],
  )
  const waits = inbox.waiting.length + inbox.more
  return (
    <section aria-label={`Inbox of ${project.name.slice(0, 80)}`}>
      <Head className="projecthead">
        <Inert text={project.name} />
      </Head>
      <p className="i2">
        {things(items.length)}{' '}
        {waits === 0
          ? 'Nothing waits behind it.'
          : `${numberWord(waits)} more ${waits === 1 ? 'waits' : 'wait in order'} and will keep.`}
      </p>
      <Capacity budget={project.budget} onPause={() => setPausing(!pausing)} pausing={pausing} />
      <div className="inboxcols">
        <div>
          {items.map((item) => (
            <InboxCard key={`${item.case} ${item.party}`} item={item} level={level} />
          ))}
          {items.length === 0 ? <p className="i2 quietinbox">{nothing(inbox)}</p> : null}
        </div>
        <aside className="stack wide" aria-label="How much, and what waits">
          <Pace project={project} level={level} pausing={pausing} onPausing={setPausing} />
          <WaitingLine inbox={inbox} level={level} />
        </aside>
      </div>
    </section>
  )
}

const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve']
const numberWord = (n: number): string => WORDS[n] ?? n.toLocaleString('en-GB')

function things(n: number): string {
  return n === 0 ? 'Nothing to look at.' : `${numberWord(n)} ${n === 1 ? 'thing' : 'things'} to look at.`
}

function nothing({ project: { budget }, waiting }: InboxOut): string {
  if (budget.pausedUntil) return 'You have paused. What comes is kept in order, and nothing is sent.'
  return waiting.length > 0 ? 'Nothing needs you now. The next one comes when your pace lets it.' : 'Nothing needs you.'
}
