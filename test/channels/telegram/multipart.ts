/** What a form sent over; a part with a file name is a file. */
export type Form = Readonly<Record<string, string | Part>>

export interface Part {
  readonly name: string
  readonly bytes: Buffer
}

const BREAK = Buffer.from('\r\n\r\n')
/** One line, one name, nothing smuggled in. */
const HEAD = /^content-disposition:\s*form-data; name="([^"\r\n]+)"(?:; filename="([^"\r\n]*)")?$/i

/** Undefined where it is not written as it should be. */
export function readMultipart(body: Buffer, contentType: string): Form | undefined {
  const boundary = /boundary=([^;]+)$/.exec(contentType)?.[1]
  if (boundary === undefined) return undefined
  const line = Buffer.from(`\r\n--${boundary}`)
  const whole = Buffer.concat([Buffer.from('\r\n'), body])
  const form: Record<string, string | Part> = {}
  let at = whole.indexOf(line)
  if (at !== 0) return undefined
  for (;;) {
    const from = at + line.length
    if (whole.subarray(from, from + 2).toString() === '--') return form
    const to = whole.indexOf(line, from)
    const split = whole.indexOf(BREAK, from)
    if (to < 0 || split < 0 || split > to) return undefined
    const [, key, name] = HEAD.exec(whole.subarray(from + 2, split).toString()) ?? []
    if (key === undefined || key in form) return undefined
    const bytes = whole.subarray(split + BREAK.length, to)
    form[key] = name === undefined ? bytes.toString() : { name, bytes: Buffer.from(bytes) }
    at = to
  }
}
