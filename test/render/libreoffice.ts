import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The files in the hands of another office suite: it must read all that we wrote. */
const isMust = process.env['CI'] === 'true'
const soffice = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'soffice'))
  .find((path) => existsSync(path))

/** Elsewhere than in CI the round trips are skipped, with one line, where there is no LibreOffice. */
export const isMissing = soffice === undefined && !isMust
if (isMissing) process.stderr.write('No LibreOffice found (soffice on PATH): the round trip is skipped.\n')

/** The file of the folder in another format, "txt:Text (encoded):UTF8" or "docx". */
export function convert(folder: string, name: string, into: string): Buffer {
  if (soffice === undefined) throw new Error('no soffice found, and in CI the round trip is not skipped')
  const home = `-env:UserInstallation=file://${join(folder, 'home')}`
  const [to = ''] = into.split(':')
  execFileSync(
    soffice,
    ['--headless', home, '--convert-to', into, '--outdir', join(folder, to), join(folder, name)],
    { stdio: 'ignore', timeout: 120_000 },
  )
  return readFileSync(join(folder, to, name.replace(/\w+$/, to)))
}

/** Words alone: an office suite may break lines and spaces as it likes. */
export function wordsOf(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
