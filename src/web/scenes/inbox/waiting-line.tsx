import type { InboxOut } from '../../../contract/shapes/project.ts'
import { Title } from '../../parts/inert/title.tsx'
import { PriorityMark } from '../../parts/marks/priority-mark.tsx'
import { moment } from '../../parts/time/format.ts'

const DAY = 86_400_000

/** What waits for a place, the best first: its place, its priority, how long, and when it is expected. */
export function WaitingLine({ inbox, level }: { inbox: InboxOut; level: 1 | 2 }) {
  const Head = level === 1 ? 'h2' : 'h3'
  const now = Date.parse(inbox.now)
  if (inbox.waiting.length === 0) return null
  return (
    <section className="stack tight">
      <Head className="sidehead">Waiting, best first</Head>
      <table className="waitline">
        <caption className="vh">What waits for a place</caption>
        <thead className="vh">
          <tr>
            <th scope="col">Place</th>
            <th scope="col">What</th>
            <th scope="col">Waits</th>
          </tr>
        </thead>
        <tbody>
          {inbox.waiting.map((one) => (
            <tr key={one.position}>
              <td className="num i3">{one.position}</td>
              <td>
                {one.title === null ? <span className="i2">Told once it is sent</span> : <Title text={one.title} />}
                <div className="row wrap xs">
                  <PriorityMark priority={one.priority} />
                  {one.expectedAt ? (
                    <span className="i3">expected {moment(Date.parse(one.expectedAt)).split(',')[0]}</span>
                  ) : null}
                </div>
              </td>
              <td className="num i3">{Math.max(0, Math.floor((now - Date.parse(one.waitsSince)) / DAY))} d</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="xs i3">
        {inbox.more > 0 ? `${inbox.more.toLocaleString('en-GB')} more. ` : ''}Waiting never lowers a priority.
      </p>
    </section>
  )
}
