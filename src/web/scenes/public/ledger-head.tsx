import type { LedgerHead as Head } from '../../../contract/shapes/public.ts'
import { fromBase64 } from '../../../ledger/base64.ts'
import { CheckButton } from '../../ledger/check-button.tsx'
import { checkLog } from '../../ledger/check-log.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { count, duration } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'

/** The log's signed head, and a check of it that runs here. */
export function LedgerHead({ ledger }: { ledger: Head }) {
  return (
    <section className="stack tight">
      <h2 className="serif">Ledger</h2>
      {ledger.stopped ? <p className="note alarm">The log has stopped signing: {ledger.stopped}</p> : null}
      <p className="s i2">
        {count(ledger.size)} entries, one every {duration(ledger.intervalSeconds * 1000)} whether anything came or not.{' '}
        {ledger.signedAt ? (
          <>
            Signed <When at={ledger.signedAt} full />.
          </>
        ) : (
          'Not signed yet.'
        )}
      </p>
      <p className="mono break hash">{hexGroups(ledger.root)}</p>
      {ledger.size > 0 ? <CheckButton check={() => checkLog(ledger.key)} /> : null}
      <details className="fold">
        <summary>How it works</summary>
        <div className="stack tight s i2">
          <p>
            Every accepted report leaves a salted digest. At the end of each interval one public leaf holds the root of that
            interval’s digests. The head of all leaves is signed; nothing before it can be changed without breaking that.
          </p>
          <p>
            Files: <a href="/ledger/checkpoint">checkpoint</a>, tiles beside it (C2SP tlog-tiles). From a terminal:{' '}
            <code className="break">weir ledger verify {location.origin}</code>
          </p>
          <p>
            Log: <code className="break">{ledger.origin}</code>. Key, to be kept by those who check:
          </p>
          <p>
            <code className="break">{ledger.key}</code> <CopyButton text={ledger.key} label="Copy key" />
          </p>
        </div>
      </details>
    </section>
  )
}

function hexGroups(root: string): string {
  const bytes = fromBase64(root)
  if (!bytes) return root
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.match(/.{4}/g)?.join(' ') ?? hex
}
