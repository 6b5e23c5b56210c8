import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openChromium } from './web/chromium.ts'

/** The whole quarter by hand, on the real program: started, answered in the browser, the draft opened. */
const isMust = process.env['CI'] === 'true'
const chromium = findChromium()
const isMissing = chromium === undefined && !isMust
if (isMissing)
  process.stderr.write('No Chromium found (CHROMIUM_PATH, PATH): the quarter in the browser is skipped.\n')

const QUARTER: readonly (readonly [string, readonly string[]])[] = [
  [
    'van-phong',
    [
      '6; 28; 7; không',
      '7/7; 362/362',
      'Duy trì mô hình “Ngày thứ Sáu không hẹn”.',
      '20/21; 15',
      '1. Có thực hiện',
      'Không có hồ sơ quá hạn.',
      'Còn nhập liệu trên hai hệ thống.',
      'Tiếp tục thực hiện kế hoạch năm.',
      'không',
    ],
  ],
  ['van-hoa', ['12; 4']],
  ['quan-su', ['06/06']],
  ['tu-phap', ['3; 4; 175']],
  ['mat-tran', ['1']],
  ['mot-cua', ['155', '228; 225; 225; 3', '221; 219; 2; 0', '7']],
  ['dia-chinh', ['41']],
  ['tai-chinh', ['4.465.036.077 đồng; 15,93%']],
  ['cong-an', ['1.250']],
  ['to-so', ['96']],
]

describe.skipIf(isMissing)('a quarter in the browser', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'thuky-quarter-'))
  let program: ChildProcess
  let browser: Browser
  let address = ''

  beforeAll(async () => {
    if (chromium === undefined)
      throw new Error('no Chromium found, and in CI the browser test is not skipped')
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      env: { ...process.env, PORT: '0', DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    program = child
    const ready = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data) => resolve(String(data))),
    )
    address = /http:\S+/.exec(ready)?.[0] ?? ''
    browser = await openChromium(chromium)
  })
  afterAll(async () => {
    await browser?.close()
    program?.kill('SIGTERM')
    if (program?.exitCode === null) await new Promise((resolve) => program.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  })

  const log = (page: Page) => page.getByRole('log')

  async function say(page: Page, text: string): Promise<void> {
    const bubbles = await log(page).locator(':scope > *').count()
    const quick = page.locator('#choices').getByRole('button', { name: text, exact: true })
    if ((await quick.count()) > 0) await quick.click()
    else {
      await page.locator('#text').fill(text)
      await page.locator('#text').press('Enter')
    }
    await log(page)
      .locator(':scope > *')
      .nth(bubbles + 1)
      .waitFor()
  }

  it('is answered by everyone and handed to the chairman as a document that opens', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
    page.setDefaultTimeout(15_000)
    for (const [person, answers] of QUARTER) {
      await page.goto(`${address}#${person}`)
      await page.reload()
      await log(page).getByText('Kính gửi').first().waitFor()
      await say(page, 'Bắt đầu')
      for (const answer of answers) await say(page, answer)
      await log(page).getByText('đã hoàn thành').first().waitFor()
    }
    await page.goto(`${address}#chu-tich`)
    await page.reload()
    await log(page).getByText('Kính gửi').first().waitFor()
    await say(page, '/baocao quy1')
    await log(page).getByText('Tất cả các nội dung đã có').last().waitFor()
    const begun = page.waitForEvent('download')
    await log(page).getByRole('link').last().click()
    const file = join(folder, 'du-thao.docx')
    await (await begun).saveAs(file)

    const board = await (await fetch(`${address}api/board`)).json()
    expect(board).toMatchObject({ done: 36, total: 36 })

    const office = soffice()
    if (office === undefined && !isMust) return
    const text = readDocument(office ?? 'soffice', file)
    for (const figure of [
      '228 hồ sơ',
      '4.465.036.077 đồng',
      '15,93%',
      '20/21 người',
      'BÁO CÁO',
      'Nguyễn Văn Thành',
      './.',
    ]) {
      expect(text).toContain(figure)
    }
    expect(text).not.toContain('CHƯA CÓ')
  })

  /** Through LibreOffice to PDF, to text and to page images. */
  function readDocument(office: string, file: string): string {
    execFileSync(
      office,
      [
        `-env:UserInstallation=file://${folder}/lo`,
        '--headless',
        '--convert-to',
        'pdf',
        '--outdir',
        folder,
        file,
      ],
      { stdio: 'ignore' },
    )
    const pdf = file.replace('.docx', '.pdf')
    execFileSync('pdftoppm', ['-r', '50', '-png', pdf, join(folder, 'page')])
    expect(readdirSync(folder).filter((name) => name.startsWith('page')).length).toBeGreaterThanOrEqual(3)
    return execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).normalize('NFC').replace(/\s+/g, ' ')
  }
})

function soffice(): string | undefined {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'soffice'))
  return paths.find((path) => existsSync(path))
}
