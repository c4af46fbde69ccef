declare const brand: unique symbol

/** A `Base` that only its own constructor can make; the name stands in compiler errors. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
