import type { KnownFlawOut } from '../../../contract/shapes/records.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Icon } from '../../parts/marks/icon.tsx'
import { When } from '../../parts/time/when.tsx'

/** What is known of attacks and severity, each with its source; what nobody said is dashed. */
export function KnownSignals({ flaw: { kev, epss, ssvc, severity } }: { flaw: KnownFlawOut }) {
  return (
    <dl className="kv measure">
      <dt>Known to be exploited</dt>
      <dd>
        {kev === null ? (
          <Unknown says="No catalogue was taken in" />
        ) : kev.listed ? (
          <>
            <b className="alarm">
              <Icon name="late" /> Yes
            </b>
            {kev.added === null ? null : (
              <>
                , since <When at={kev.added} />
              </>
            )}
            {kev.due === null ? null : (
              <>
                ; date printed in KEV <When at={kev.due} />
              </>
            )}
            <span className="second xs i3">
              <Inert text={kev.action} />
            </span>
          </>
        ) : (
          'Not listed'
        )}
      </dd>
      <dt>Probability (EPSS)</dt>
      <dd>
        {epss === null ? (
          <Unknown says="Not said" />
        ) : (
          <>
            {(epss.score * 100).toFixed(1)} %{' '}
            {epss.at === null ? null : (
              <span className="i3">
                <When at={epss.at} />
              </span>
            )}
          </>
        )}
      </dd>
      <dt>SSVC</dt>
      <dd>
        {ssvc === null ? (
          <Unknown says="Not judged" />
        ) : (
          <Inert
            text={[
              `exploitation ${ssvc.exploitation ?? 'not judged'}`,
              `automatable ${ssvc.automatable ?? 'not judged'}`,
              `impact ${ssvc.impact ?? 'not judged'}`,
              ssvc.source,
            ].join(', ')}
          />
        )}
      </dd>
      <dt>Severity</dt>
      <dd>{severity === null ? <Unknown says="No vector" /> : <Inert text={`${severity.word}, ${severity.vector}`} />}</dd>
    </dl>
  )
}

function Unknown({ says }: { says: string }) {
  return <span className="tag assumed">{says}</span>
}
