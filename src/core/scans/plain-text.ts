const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

/** Whether a text is one line of 1 to `most` characters that shows as what it is: no control or direction characters. */
export function isPlain(text: string, most: number): boolean {
  return text.trim() !== '' && text.length <= most && text.isWellFormed() && !CONTROL.test(text)
}
