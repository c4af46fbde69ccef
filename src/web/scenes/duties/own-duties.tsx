import type { DutyList } from '../../../contract/shapes/duty.ts'
import { DropDuty } from './drop-duty.tsx'
import { DutyTable } from './duty-table.tsx'
import { OwnDutyForm } from './own-duty-form.tsx'
import { SayDuty } from './say-duty.tsx'

/** What an organisation set itself, for those of it who keep such duties. */
export function OwnDuties({ list, now }: { list: DutyList; now: number }) {
  return (
    <section className="stack" aria-labelledby="own-duties">
      <h2 id="own-duties" className="serif">
        Your organisation’s own
      </h2>
      <p className="s i2 measure">
        Sealed, and read by operators and coordinators of your organisation alone. Nobody else learns that they exist.
      </p>
      {list.rows.length === 0 ? (
        <p className="s">Your organisation has set itself no duty.</p>
      ) : (
        <DutyTable
          caption="Duties that your organisation set itself"
          rows={list.rows}
          now={now}
          more={(duty) => (
            <div className="stack tight">
              <SayDuty duty={duty} />
              <OwnDutyForm duty={duty} />
              {duty.key === null ? null : <DropDuty id={duty.id} dutyKey={duty.key} />}
            </div>
          )}
        />
      )}
      <OwnDutyForm />
    </section>
  )
}
