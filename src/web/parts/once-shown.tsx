import { CopyButton } from './copy-button.tsx'

/** A secret that is shown now and never again. */
export function OnceShown({ what, secret, says }: { what: string; secret: string; says: string }) {
  return (
    <div className="note soon stack tight" role="status">
      <p>
        <b>{what}, shown once.</b> {says}
      </p>
      <p className="row wrap">
        <code className="break">{secret}</code> <CopyButton text={secret} />
      </p>
    </div>
  )
}
