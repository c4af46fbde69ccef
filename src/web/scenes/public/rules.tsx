import { Link } from '@tanstack/react-router'
import type { Tally } from '../../../contract/shapes/public.ts'

/** The decision tables in force, each with its source: anyone can see what an outcome rests on. */
export function Rules({ rules }: { rules: Tally['rules'] }) {
  return (
    <section>
      <h2 className="serif">Rules in force</h2>
      <table className="blocks">
        <caption className="vh">Decision tables in force</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <td>
                <div className="b">{rule.title}</div>
                <span className="mono xs i3 break">{rule.id}</span>
              </td>
              <td className="i2">{rule.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="s">
        Who must do what by when under the order and the directive: <Link to="/duties">the duties</Link>.
      </p>
    </section>
  )
}
