import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createWebChannel } from '../../src/channels/web.ts'
import type { Links } from '../../src/web/links.ts'
import { createWebServer, type WebOptions, type WebServer } from '../../src/web/server.ts'
import { findChromium, openChromium } from './chromium.ts'
import { createWard, DRAFT, type Ward } from './ward.ts'
import { WORDS } from './words.ts'

const HOST = 'thuky.hoathuan.gov.vn'
const DOWN = 'd0wn-load_AAAAAAAAAAAAAAAAAAAAAA'
const UP = 'up-load_BBBBBBBBBBBBBBBBBBBBBBBBB'
const MIB = 1024 * 1024

type Stored = { readonly name: string; readonly bytes: Uint8Array }

let ward: Ward
let server: WebServer
let port: number
let spent: Set<string>
let stored: Stored[]
let isFull: boolean
const error = vi.fn()

/** Two links, one of each kind. */
const links: Links = {
  look: async (token) => {
    if (spent.has(token)) return undefined
    if (token === DOWN) return { purpose: 'download', name: DRAFT.name }
    return token === UP ? { purpose: 'upload' } : undefined
  },
  download: async (token) => {
    if (token !== DOWN || spent.has(token)) return undefined
    spent.add(token)
    return DRAFT
  },
  upload: async (token, file) => {
    if (token !== UP || spent.has(token)) return 'gone'
    if (isFull) return 'notStored'
    spent.add(token)
    stored.push(file)
    return 'stored'
  },
}

/** Where an office works in earnest, there is no sample to try. */
async function open(more: Partial<WebOptions> = {}): Promise<void> {
  await server?.close()
  const channel = createWebChannel()
  ward = await createWard(channel)
  const rooms = { ...ward.rooms, office: async () => undefined }
  const health = { isReady: async () => true, metrics: async () => '' }
  const usual = { rooms, channel, words: WORDS, health, log: { error }, publicHost: HOST, links }
  server = createWebServer({ ...usual, ...more })
  port = await server.listen(0)
}

beforeEach(async () => {
  spent = new Set()
  stored = []
  isFull = false
  error.mockClear()
  await open()
})

afterEach(async () => {
  await server.close()
  expect(JSON.stringify(error.mock.calls)).not.toMatch(/d0wn-load|up-load/)
})

describe('a link to download', () => {
  test('shows a page with one button, which needs no script and nothing from elsewhere', async () => {
    const { status, text, headers } = await ask(`/tep/${DOWN}`)
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(text).toContain(DRAFT.name)
    expect(text.match(/<form [^>]*method="post"/g)).toHaveLength(1)
    expect(text.match(/<button /g)).toHaveLength(1)
    expect(text).toContain(WORDS['web.download'])
    expect(text).not.toMatch(/<script|<style| style=| on\w+=|https?:|\{\{|type="file"/)
  })

  test('is not spent by looking, however often', async () => {
    for (let times = 0; times < 3; times += 1) expect((await ask(`/tep/${DOWN}`)).status).toBe(200)
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE'])
      expect((await ask(`/tep/${DOWN}`, { method })).status).toBe(403)
    expect((await press(DOWN)).status).toBe(200)
  })

  test('gives the file once when the button is pressed', async () => {
    const { status, headers, bytes } = await press(DOWN)
    expect(status).toBe(200)
    expect([...bytes]).toEqual([...DRAFT.bytes])
    expect(headers['content-type']).toContain('wordprocessingml')
    expect(headers['content-length']).toBe(String(DRAFT.bytes.length))
    const [, full = ''] = /filename\*=UTF-8''(\S+)$/.exec(String(headers['content-disposition'])) ?? []
    expect(decodeURIComponent(full)).toBe(DRAFT.name)
    for (const again of [await press(DOWN), await ask(`/tep/${DOWN}`)]) {
      expect(again.status).toBe(410)
      expect(again.text).toContain(WORDS['web.fileGone'])
      expect(again.text).not.toMatch(/<form|<button/)
    }
  })

  test('shows a name that looks like HTML or like a place in a sentence as it is', async () => {
    const name = '<img src=x onerror="a()">$&{{web.title}}{name}.docx'
    await open({ links: { ...links, look: async () => ({ purpose: 'download', name }) } })
    const { text } = await ask(`/tep/${DOWN}`)
    expect(text).not.toContain('<img')
    expect(readHtml(text)).toContain(`“${name}”`)
  })

  test('takes no file in', async () => {
    const { status } = await press(DOWN, formOf({ name: 'a.docx', bytes: Buffer.from('PK') }))
    expect([status, stored]).toEqual([200, []])
  })
})

describe('a link to upload', () => {
  test('shows a form for one file, says what is taken, and needs no script', async () => {
    const { status, text } = await ask(`/tep/${UP}`)
    expect(status).toBe(200)
    expect(text).toMatch(/<form method="post" enctype="multipart\/form-data"/)
    expect(text.match(/<input type="file"/g)).toHaveLength(1)
    expect(text).toContain(WORDS['web.fileTaken'])
    expect(text).not.toMatch(/<script|multiple|\{\{/)
  })

  test('takes one file with all its bytes, says so, and is spent', async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256))
    const { status, text } = await press(UP, formOf({ name: 'Số liệu quý I.xlsx', bytes }))
    expect([status, readHtml(text)]).toEqual([200, expect.stringContaining('“Số liệu quý I.xlsx”')])
    expect(text).not.toContain('<form')
    expect(stored.map(({ name }) => name)).toEqual(['Số liệu quý I.xlsx'])
    expect(hash(stored[0]?.bytes)).toBe(hash(bytes))
    const again = await press(UP, formOf({ name: 'a.docx', bytes }))
    expect([again.status, stored.length]).toEqual([410, 1])
    expect(again.text).toContain(WORDS['web.fileGone'])
  })

  test('says so when another was faster', async () => {
    await open({ links: { ...links, upload: async () => 'gone' } })
    const { status, text } = await press(UP, formOf({ name: 'a.docx', bytes: Buffer.from('PK') }))
    expect([status, text]).toEqual([410, expect.stringContaining(WORDS['web.fileGone'])])
  })

  test('is not spent when the file could not be stored, and can be tried again at once', async () => {
    isFull = true
    const file = { name: 'a.docx', bytes: Buffer.from('PK') }
    const { status, text } = await press(UP, formOf(file))
    expect([status, readHtml(text)]).toEqual([503, expect.stringContaining('“a.docx”')])
    expect(text).toContain('type="file"')
    isFull = false
    expect((await press(UP, formOf(file))).status).toBe(200)
  })

  test.each([
    ['no file was chosen', formOf({ name: '', bytes: Buffer.from('') })],
    ['an empty file', formOf({ name: 'a.docx', bytes: Buffer.from('') })],
    ['no form at all', { type: 'text/plain', body: Buffer.from('228') }],
    ['a form without files', { type: 'application/x-www-form-urlencoded', body: Buffer.from('file=a') }],
    [
      'a form that is cut off',
      { ...formOf({ name: 'a.docx', bytes: Buffer.from('PK') }), body: Buffer.from('--x') },
    ],
    ['nothing', { type: '', body: Buffer.from('') }],
  ])('says that %s, and is not spent', async (_what, form) => {
    const { status, text } = await press(UP, form)
    expect([status, text]).toEqual([400, expect.stringContaining(WORDS['web.fileNone'])])
    expect(text).toContain('type="file"')
    expect([stored, spent.size]).toEqual([[], 0])
  })

  test.each([
    ['a folder before it', 'C:\\Hồ sơ\\quý I/bảng.xlsx', 'bảng.xlsx'],
    ['its letters taken apart', 'Số liệu.docx'.normalize('NFD'), 'Số liệu.docx'],
    ['quotes and line breaks', 'a"b\r\n.docx', 'a"b.docx'],
    ['signs nobody sees', 'a\u202Exslx.\u0000docx', 'axslx.docx'],
    ['only a folder', '../', 'tep'],
    ['no end', `${'ữ'.repeat(500)}.xlsx`, `${'ữ'.repeat(115)}.xlsx`],
  ])('gives a file a name one can read: %s', async (_what, name, clean) => {
    expect((await press(UP, formOf({ name, bytes: Buffer.from('PK') }))).status).toBe(200)
    expect(stored.map((file) => file.name)).toEqual([clean])
  })

  test('takes 5 MB and not a byte more', async () => {
    for (const size of [5 * MIB + 1, 7 * MIB]) {
      const { status, text } = await press(UP, formOf({ name: 'a.docx', bytes: Buffer.alloc(size) }))
      expect([status, text]).toEqual([413, expect.stringContaining(WORDS['web.fileTooLarge'])])
      expect(text).toContain('type="file"')
    }
    expect([stored, spent.size]).toEqual([[], 0])
    expect((await press(UP, formOf({ name: 'a.docx', bytes: Buffer.alloc(5 * MIB) }))).status).toBe(200)
  })

  test('hears a phone that sends 30 MB out before it says that this is too much', async () => {
    const { type, body } = formOf({ name: 'a.pdf', bytes: Buffer.alloc(30 * MIB) })
    const asking = request({ port, method: 'POST', path: `/tep/${UP}`, headers: { 'content-type': type } })
    let isSent = false
    const answered = new Promise((resolve, reject) => {
      asking.on('error', reject).on('response', (response) => {
        resolve([response.statusCode, isSent])
        response.resume()
      })
    })
    const before = process.memoryUsage().rss
    for (let at = 0; at < body.length; at += MIB) {
      asking.write(body.subarray(at, at + MIB))
      await setTimeout(3)
    }
    isSent = true
    asking.end()
    expect(await answered).toEqual([413, true])
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB)
    expect((await ask(`/tep/${UP}`)).status).toBe(200)
  })
})

describe('any link', () => {
  test.each(['C'.repeat(20), 'C'.repeat(200), 'c', 'C'.repeat(19)])(
    'that is forged or cut off (%s) is told as one that is gone',
    async (token) => {
      const look = vi.fn(links.look)
      await open({ links: { ...links, look } })
      for (const { status, text } of [await ask(`/tep/${token}`), await press(token)])
        expect([status, text]).toEqual([410, expect.stringContaining(WORDS['web.fileGone'])])
      expect(look).toHaveBeenCalledTimes(token.length < 20 ? 0 : 2)
    },
  )

  test.each(['C'.repeat(201), 'C'.repeat(20).replace('C', '.'), '', '..%2f..%2fetc%2fpasswd'])(
    'is none where the address is none: "%s"',
    async (token) => {
      const look = vi.fn(links.look)
      await open({ links: { ...links, look } })
      expect((await ask(`/tep/${token}`)).status).toBe(403)
      expect(look).not.toHaveBeenCalled()
    },
  )

  test('keeps its address to itself', async () => {
    for (const answer of [
      await ask(`/tep/${UP}`),
      await ask(`/tep/${'C'.repeat(20)}`),
      await press(UP),
      await press(DOWN),
    ]) {
      expect(answer.headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex',
      })
    }
  })

  test('opens from anywhere, since a chat has no page of ours', async () => {
    const headers = { host: HOST, origin: 'null', referer: 'https://chat.example/' }
    expect((await press(UP, formOf({ name: 'a.docx', bytes: Buffer.from('PK') }), headers)).status).toBe(200)
    expect((await press(DOWN, undefined, headers)).status).toBe(200)
  })

  test('does not open under another name of this machine', async () => {
    const headers = { host: 'evil.example' }
    for (const { status, text } of [
      await ask(`/tep/${DOWN}`, { headers }),
      await press(DOWN, undefined, headers),
      await ask('/link.css', { headers }),
    ])
      expect([status, text]).toEqual([403, expect.stringContaining(WORDS['web.wrongHost'])])
    expect(spent.size).toBe(0)
  })

  test('has its looks with it', async () => {
    const { status, headers } = await ask('/link.css')
    expect([status, headers['content-type']]).toEqual([200, 'text/css; charset=utf-8'])
  })

  test('is not found where there are none', async () => {
    await open({ links: undefined as never })
    for (const { status, text } of [await ask(`/tep/${DOWN}`), await press(DOWN)])
      expect([status, text]).toEqual([404, expect.stringContaining(WORDS['web.notFound'])])
  })

  test('that fails is told with a number, and named nowhere', async () => {
    const look = async (token: string) => Promise.reject(new Error(`no such ${token.length}`))
    await open({ links: { ...links, look } })
    const { status, text } = await ask(`/tep/${DOWN}`)
    const [[fields] = []] = error.mock.calls
    expect([status, text]).toEqual([500, expect.stringContaining(String(fields?.incident))])
  })
})

const { CI, SHOTS_DIR: SHOTS = join(tmpdir(), 'thuky-shots') } = process.env
const path = findChromium()

describe.skipIf(path === undefined && CI !== 'true')(
  'in a phone without scripts',
  { timeout: 30_000 },
  () => {
    let browser: Browser

    beforeAll(async () => {
      if (path === undefined)
        throw new Error('no Chromium found, and in CI the browser tests are not skipped')
      browser = await openChromium(path)
      await mkdir(SHOTS, { recursive: true })
    })
    afterAll(() => browser?.close())

    async function visit(token: string): Promise<Page> {
      const viewport = { width: 360, height: 640 }
      const context = await browser.newContext({
        viewport,
        isMobile: true,
        hasTouch: true,
        javaScriptEnabled: false,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)
      await page.goto(`http://127.0.0.1:${port}/tep/${token}`)
      return page
    }

    test('a file is chosen, sent and acknowledged', async () => {
      const page = await visit(UP)
      const button = page.getByRole('button', { name: WORDS['web.fileUpload'] })
      expect((await button.boundingBox())?.height).toBeGreaterThan(44)
      const file = { name: 'Số liệu quý I.csv', mimeType: 'text/csv', buffer: Buffer.from('II.1.1;228') }
      await page.getByLabel(WORDS['web.fileLabel']).setInputFiles(file)
      await page.screenshot({ path: join(SHOTS, 'link-upload.png') })
      await button.tap()
      await page.getByText('Đã nhận tệp “Số liệu quý I.csv”').waitFor()
      await page.screenshot({ path: join(SHOTS, 'link-stored.png') })
      expect(stored.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
        ['Số liệu quý I.csv', 'II.1.1;228'],
      ])
    })

    test('a file is downloaded under its full name', async () => {
      const page = await visit(DOWN)
      await page.screenshot({ path: join(SHOTS, 'link-download.png') })
      const begun = page.waitForEvent('download')
      await page.getByRole('button', { name: WORDS['web.download'] }).tap()
      const download = await begun
      expect(download.suggestedFilename()).toBe(DRAFT.name)
      expect([...(await readFile(await download.path()))]).toEqual([...DRAFT.bytes])
    })
  },
)

interface Form {
  readonly type: string
  readonly body: Buffer
}

const BOUNDARY = '----WebKitFormBoundary7MA4YWxkTrZu0gW'

/** As a browser writes it: quotes and line breaks in a name are written as signs. */
function formOf({ name, bytes }: Stored): Form {
  const written = name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${written}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    type: `multipart/form-data; boundary=${BOUNDARY}`,
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  }
}

const EMPTY: Form = { type: 'application/x-www-form-urlencoded', body: Buffer.alloc(0) }

function press(token: string, { type, body }: Form = EMPTY, headers: Readonly<Record<string, string>> = {}) {
  return ask(`/tep/${token}`, { method: 'POST', headers: { 'content-type': type, ...headers }, body })
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return new Promise<{
    status: number
    headers: Readonly<Record<string, string | readonly string[] | undefined>>
    bytes: Buffer
    text: string
  }>((resolve, reject) => {
    const asking = request({ port, method, path, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() })
    })
    asking.on('error', reject).end(body)
  })
}

function readHtml(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
}

function hash(bytes: Uint8Array = new Uint8Array()): string {
  return createHash('sha256').update(bytes).digest('hex')
}
