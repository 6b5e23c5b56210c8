import { mkdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createWebChannel, type WebChannel } from '../../src/channels/web.ts'
import { createWebServer, type WebServer } from '../../src/web/server.ts'
import { findChromium, openChromium } from './chromium.ts'
import { BOARD, createWard, DRAFT, type Ward } from './ward.ts'
import { WORDS } from './words.ts'

const { CI, SHOTS_DIR: SHOTS = join(tmpdir(), 'thuky-shots') } = process.env
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const

const path = findChromium()
const isMissing = path === undefined && CI !== 'true'
if (isMissing)
  process.stderr.write('No Chromium found (CHROMIUM_PATH, PATH): the browser tests are skipped.\n')

describe.skipIf(isMissing)('the rooms in a browser', { timeout: 30_000 }, () => {
  let browser: Browser
  let channel: WebChannel
  let ward: Ward
  let server: WebServer
  let port: number
  let faults: string[]

  beforeAll(async () => {
    if (path === undefined) throw new Error('no Chromium found, and in CI the browser tests are not skipped')
    browser = await openChromium(path)
    await mkdir(SHOTS, { recursive: true })
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    faults = []
    channel = createWebChannel()
    ward = await createWard(channel)
    server = makeServer()
    port = await server.listen(0)
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await server.close()
    expect(faults).toEqual([])
  })

  function makeServer(): WebServer {
    const health = { isReady: async () => true, metrics: async () => '' }
    const log = { error: (fields: object) => faults.push(String(Reflect.get(fields, 'err'))) }
    return createWebServer({ rooms: ward.rooms, channel, words: WORDS, health, log })
  }

  async function visit(where: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(8_000)
    page.on('pageerror', (fault) => faults.push(fault.message))
    page.on('console', (line) => {
      if (line.text().includes('Content Security Policy')) faults.push(line.text())
    })
    await page.goto(`http://127.0.0.1:${port}${where}`)
    return page
  }

  const box = (page: Page) => page.getByLabel(WORDS['web.yourMessage'])
  const log = (page: Page) => page.getByRole('log')
  const quick = (page: Page) => page.getByRole('group', { name: WORDS['web.quickReplies'] })
  const tab = (page: Page, name: string) =>
    page.getByRole('navigation', { name: WORDS['web.views'] }).getByRole('button', { name })

  test('a person is chosen, answers, presses a quick reply and is answered at once', async () => {
    const page = await visit('/')
    await page.getByRole('link', { name: /Bùi Thị Ngọc Ánh/ }).click()
    expect(page.url()).toMatch(/#mot-cua$/)
    await log(page).getByText(WORDS['web.noMessages']).waitFor()
    await box(page).fill('7.847 hồ sơ')
    await box(page).press('Enter')
    await log(page).getByText('Đã ghi nhận: 7.847 hồ sơ').waitFor()
    expect(await box(page).inputValue()).toBe('')
    expect(await log(page).locator('strong').allInnerTexts()).toEqual(['7.847 hồ sơ'])
    await quick(page).getByRole('button', { name: 'Bỏ qua' }).click()
    await log(page).getByText('Đã ghi nhận: Bỏ qua').waitFor()
    expect(ward.updates.map(({ text }) => text)).toEqual(['7.847 hồ sơ', 'Bỏ qua'])
    await page.screenshot({ path: join(SHOTS, 'desktop.png') })
  })

  test('Shift and Enter begins a new line, and the box grows with it', async () => {
    const page = await visit('/#mot-cua')
    await box(page).pressSequentially('1: 7.847')
    const before = (await box(page).boundingBox())?.height ?? 0
    await box(page).press('Shift+Enter')
    await box(page).pressSequentially('2: 7.212')
    expect((await box(page).boundingBox())?.height).toBeGreaterThan(before)
    await box(page).press('Enter')
    await log(page).getByText('Đã ghi nhận').waitFor()
    expect(ward.updates[0]?.text).toBe('1: 7.847\n2: 7.212')
  })

  test('quick replies are those of the question that is open, and go when it is answered', async () => {
    const page = await visit('/#mot-cua')
    await ward.say('mot-cua', 'Đúng không?', { choices: ['Đúng', 'Sai'] })
    await ward.say('mot-cua', 'Nhắc: còn 3 ngày.')
    await log(page).getByText('Nhắc').waitFor()
    expect(await quick(page).getByRole('button').allInnerTexts()).toEqual(['Đúng', 'Sai'])
    await quick(page).getByRole('button', { name: 'Đúng' }).click()
    await quick(page).getByRole('button', { name: 'Tiến độ' }).waitFor()
    expect(await quick(page).getByRole('button').allInnerTexts()).toEqual(['Tiến độ', 'Bỏ qua'])
  })

  test('a draft is downloaded under its full name', async () => {
    const page = await visit('/#chu-tich')
    await box(page).fill('/baocao quy1')
    await page.getByRole('button', { name: WORDS['web.send'], exact: true }).click()
    const begun = page.waitForEvent('download')
    await log(page).getByRole('link', { name: DRAFT.name }).click()
    const download = await begun
    expect(download.suggestedFilename()).toBe(DRAFT.name)
    expect([...(await readFile(await download.path()))]).toEqual([...DRAFT.bytes])
  })

  test('words that look like HTML are shown as they were written', async () => {
    const page = await visit('/#mot-cua')
    const text = '<img src=x onerror="document.title=1"> **a** & ** b ** <b>'
    await box(page).fill(text)
    await box(page).press('Enter')
    await log(page).getByText('Đã ghi nhận').waitFor()
    expect(await log(page).innerText()).toContain('<img src=x onerror="document.title=1"> a & ** b ** <b>')
    expect(await page.locator('img').count()).toBe(0)
  })

  test('a message in another room marks that person until one looks', async () => {
    const page = await visit('/#mot-cua')
    const card = page.getByRole('link', { name: /Phạm Quốc Dũng/ })
    await card.waitFor()
    await page.waitForTimeout(300)
    expect(await card.getByText(WORDS['web.unread']).count()).toBe(0)
    await ward.say('tu-phap', 'Chào đồng chí')
    await card.getByText(WORDS['web.unread']).waitFor()
    await card.click()
    await log(page).getByText('Chào đồng chí').waitFor()
    await page.getByRole('link', { name: /Bùi Thị Ngọc Ánh/ }).click()
    await page.getByRole('heading', { name: 'Bùi Thị Ngọc Ánh' }).waitFor()
    expect(await card.getByText(WORDS['web.unread']).count()).toBe(0)
    await page.reload()
    await card.waitFor()
    expect(await card.getByText(WORDS['web.unread']).count()).toBe(0)
  })

  test('the board follows what is answered', async () => {
    const page = await visit('/#mot-cua')
    const board = page.getByRole('complementary')
    await board.getByText('7.847 hồ sơ').waitFor()
    expect(await board.innerText()).toContain('Không phát sinh')
    ward.setBoard({ ...BOARD, done: 10 })
    await box(page).fill('5')
    await box(page).press('Enter')
    await board.getByText('10/25').waitFor()
  })

  test('what could not be sent stays in the box, and goes once when the server is back', async () => {
    const page = await visit('/#mot-cua')
    await log(page).getByText(WORDS['web.noMessages']).waitFor()
    await server.close()
    await page.getByText(WORDS['web.reconnecting']).waitFor()
    await box(page).fill('228 hồ sơ')
    await box(page).press('Enter')
    await page.getByRole('alert').getByText(WORDS['web.notSent']).waitFor()
    expect(await box(page).inputValue()).toBe('228 hồ sơ')
    await ward.say('mot-cua', 'Nói khi trang không nghe được')
    server = makeServer()
    await server.listen(port)
    await page.getByText(WORDS['web.reconnected']).waitFor({ timeout: 20_000 })
    await log(page).getByText('Nói khi trang không nghe được').waitFor()
    await box(page).press('Enter')
    await log(page).getByText('Đã ghi nhận: 228 hồ sơ').waitFor()
    expect(await page.getByRole('alert').isVisible()).toBe(false)
    expect(ward.updates.map(({ text }) => text)).toEqual(['228 hồ sơ'])
  })

  test('a message whose answer was lost is not doubled when it is sent again', async () => {
    const page = await visit('/#mot-cua')
    let isLost = false
    await page.route('**/api/rooms/mot-cua', async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.continue()
      isLost = true
      await route.fetch()
      await route.abort()
    })
    await box(page).fill('228')
    await box(page).press('Enter')
    await page.getByRole('alert').getByText(WORDS['web.notSent']).waitFor()
    await box(page).press('Enter')
    await page.getByRole('alert').waitFor({ state: 'hidden' })
    expect(ward.updates).toHaveLength(1)
  })

  test('what the bot says of a message it could not keep is shown, and the message stays', async () => {
    const page = await visit('/#mot-cua')
    await box(page).fill('không lưu')
    await box(page).press('Enter')
    await page.getByRole('alert').getByText('Tin nhắn chưa được ghi nhận.').waitFor()
    expect(await box(page).inputValue()).toBe('không lưu')
  })

  test('what is half written waits for one who looks into another room, or reloads', async () => {
    const page = await visit('/#mot-cua')
    await box(page).fill('đang soạn')
    await page.getByRole('link', { name: /Phạm Quốc Dũng/ }).click()
    await page.getByRole('heading', { name: 'Phạm Quốc Dũng' }).waitFor()
    expect(await box(page).inputValue()).toBe('')
    await page.goBack()
    await page.getByRole('heading', { name: 'Bùi Thị Ngọc Ánh' }).waitFor()
    expect(await box(page).inputValue()).toBe('đang soạn')
    await page.reload()
    await page.getByRole('heading', { name: 'Bùi Thị Ngọc Ánh' }).waitFor()
    expect(await box(page).inputValue()).toBe('đang soạn')
  })

  test('a keyboard alone is enough, and the log is read out politely', async () => {
    const page = await visit('/')
    const card = page.getByRole('link', { name: /Nguyễn Văn Thành/ })
    await card.waitFor()
    await card.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Nguyễn Văn Thành' }).waitFor()
    await page.keyboard.type('Tiến độ')
    await page.keyboard.press('Enter')
    await log(page).getByText('Đã ghi nhận: Tiến độ').waitFor()
    await page.waitForTimeout(1_200)
    expect(await log(page).getAttribute('aria-live')).toBe('polite')
  })

  test.each([360, 390])('a phone of %i px shows one view at a time, and everything fits', async (width) => {
    const page = await visit('/', { ...PHONE, viewport: { width, height: 740 } })
    await ward.say('mot-cua', 'Mời đồng chí cho biết **số hồ sơ quá hạn**.', {
      choices: [
        'Không phát sinh',
        'Như kỳ trước',
        'Số này lấy ở đâu?',
        'Một phương án dài đến mức không thể nằm gọn trên một dòng',
      ],
      file: DRAFT,
    })
    await page.getByRole('link', { name: /Bùi Thị Ngọc Ánh/ }).waitFor()
    await page.screenshot({ path: join(SHOTS, `phone-${width}-people.png`) })
    await page.getByRole('link', { name: /Bùi Thị Ngọc Ánh/ }).tap()
    await quick(page).getByRole('button').first().waitFor()
    await page.screenshot({ path: join(SHOTS, `phone-${width}-chat.png`) })
    for (const button of await quick(page).getByRole('button').all()) {
      const place = await button.boundingBox()
      expect(place?.height).toBeGreaterThanOrEqual(44)
      expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(width)
    }
    await box(page).fill('1: 5')
    await box(page).press('Enter')
    expect(await box(page).inputValue()).toBe('1: 5\n')
    await tab(page, WORDS['web.tabBoard']).tap()
    await page.getByRole('complementary').getByText('7.847 hồ sơ').waitFor()
    expect(await log(page).isVisible()).toBe(false)
    await page.screenshot({ path: join(SHOTS, `phone-${width}-board.png`) })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })
})
