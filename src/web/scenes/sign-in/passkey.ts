import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { sendJson } from '../../api/request.ts'

/** Signs in with a passkey of this device. Throws Refused, Unreachable, or the browser's own error when stopped. */
export async function signInWithPasskey(): Promise<void> {
  const optionsJSON = await sendJson<PublicKeyCredentialRequestOptionsJSON>('POST', '/v1/passkeys/login/options', {})
  const response = await startAuthentication({ optionsJSON })
  await sendJson('POST', '/v1/passkeys/login', response)
}

/** Adds a passkey of this device to the account that is signed in. */
export async function addPasskey(): Promise<void> {
  const optionsJSON = await sendJson<PublicKeyCredentialCreationOptionsJSON>('POST', '/v1/passkeys/register/options', {})
  const response = await startRegistration({ optionsJSON })
  await sendJson('POST', '/v1/passkeys/register', response)
}

/** Whether the person closed the browser's own question: no failure, nothing to explain. */
export function wasStopped(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
}
