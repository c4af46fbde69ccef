import { z } from '@hono/zod-openapi'

const Base64Url = z
  .string()
  .max(200_000)
  .regex(/^[\w-]*$/)

/** What a browser answers after it made or used a passkey (WebAuthn level 3, RegistrationResponseJSON and AuthenticationResponseJSON). */
export const PasskeyAnswer = z.object({
  id: Base64Url.min(1).max(1400),
  rawId: Base64Url.min(1).max(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.looseObject({}).default({}),
  response: z.looseObject({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url.optional(),
    authenticatorData: Base64Url.optional(),
    signature: Base64Url.optional(),
    userHandle: Base64Url.nullish(),
    transports: z.array(z.string().max(40)).max(20).optional(),
  }),
})
