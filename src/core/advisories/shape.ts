/** Whether a value of unknown type is what it should be. Never throws. */
export type Rule = (value: unknown) => boolean

export type Fields = Readonly<Record<string, unknown>>

/** Whether that is a plain object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object with exactly these own fields, each by its rule. */
export function shape(rules: Readonly<Record<string, Rule>>): Rule {
  const entries = Object.entries(rules)
  return (value) =>
    isFields(value) &&
    Object.keys(value).length === entries.length &&
    entries.every(([name, rule]) => Object.hasOwn(value, name) && rule(value[name]))
}

/** A list of at most `most` elements, each by the rule. */
export function listOf(most: number, rule: Rule): Rule {
  return (value) => Array.isArray(value) && value.length <= most && value.every(rule)
}

/** One of these words. */
export function oneOf(words: readonly string[]): Rule {
  return (value) => typeof value === 'string' && words.includes(value)
}

/** Nothing, or something by the rule. */
export function orNull(rule: Rule): Rule {
  return (value) => value === null || rule(value)
}

/** By every one of the rules, asked in order. */
export function all(...rules: readonly Rule[]): Rule {
  return (value) => rules.every((rule) => rule(value))
}

/** Well-formed text of at most `most` UTF-16 units, perhaps empty. */
export function text(most: number): Rule {
  return (value) => typeof value === 'string' && value.length <= most && value.isWellFormed()
}
