import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { DemoPeople } from './demo-people.tsx'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { RecoverySignIn } from './recovery-sign-in.tsx'

/** The ways in: as a seeded person on a demo, by passkey, by the identity provider, by a recovery code. */
export function SignIn() {
  usePageTitle('Sign in')
  const { data: me } = useQuery(meQuery)
  if (!me) return <Waiting rows={3} what="the ways to sign in" />
  const { signIn, demo, contact } = me.instance
  return (
    <div className="stack wide measure">
      <div>
        <h1>Sign in</h1>
        <p className="i2">
          {me.signedIn ? `You are signed in as ${me.person?.name ?? 'someone'}. ` : ''}A report needs no account; its receipt
          shows the status to whoever holds it.
        </p>
      </div>
      {demo ? <DemoPeople /> : null}
      {signIn.passkey ? <PasskeySignIn /> : null}
      {signIn.oidc ? (
        <section className="stack tight">
          <h2>With {signIn.oidc}</h2>
          <p>
            <a className="btn" href="/v1/oidc/start">
              Go to {signIn.oidc}
            </a>
          </p>
        </section>
      ) : null}
      {signIn.passkey ? <RecoverySignIn /> : null}
      <p className="s i3">
        No account? An administrator of this instance invites people. Contact: {contact.replace(/^mailto:/, '')}
      </p>
    </div>
  )
}
