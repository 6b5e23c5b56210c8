import type { Appendix, Block, Column, Report, Row, Run, Table } from '../../src/core/report.ts'
import type { RenderWords } from '../../src/render/docx.ts'

export const sampleWords: RenderWords = {
  nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  number: 'Số:',
  addressee: 'Kính gửi:',
  recipients: 'Nơi nhận:',
  draftMark: 'DỰ THẢO',
  coverTitle: 'PHIẾU THEO DÕI NỘI DUNG CÒN THIẾU',
  openDate: 'ngày      tháng      năm 2025',
}

/** A draft of a ward's quarterly report: answers, a sum, two gaps, three levels of headings. */
export const sampleReport: Report = {
  isDraft: true,
  issuer: ['ỦY BAN NHÂN DÂN', 'PHƯỜNG AN BÌNH'],
  symbol: '/BC-UBND',
  place: 'An Bình',
  date: 'ngày 05 tháng 3 năm 2025',
  title: 'BÁO CÁO',
  subject: 'Công tác cải cách hành chính quý I năm 2025',
  addressees: ['Sở Nội vụ tỉnh Vĩnh Long'],
  blocks: [
    paragraph(
      pack('Thực hiện chế độ báo cáo định kỳ về cải cách hành chính (CCHC), Ủy ban nhân dân (UBND) '),
      setting('phường An Bình'),
      pack(' báo cáo kết quả thực hiện '),
      setting('quý I năm 2025'),
      pack(' như sau (số liệu tính từ ngày 15/12/2024 đến ngày 14/3/2025):'),
    ),
    heading(1, 'I. Công tác chỉ đạo, điều hành cải cách hành chính'),
    heading(2, '1. Về kế hoạch, văn bản chỉ đạo, điều hành'),
    paragraph(
      pack('Trong kỳ, UBND phường đã ban hành '),
      answer('I.1.1', '07 văn bản'),
      pack(
        ' chỉ đạo, điều hành công tác CCHC, trong đó có Kế hoạch số 15/KH-UBND ngày 10/01/2025 về cải cách hành chính năm 2025 và Kế hoạch số 22/KH-UBND ngày 20/01/2025 về kiểm tra công tác CCHC trên địa bàn.',
      ),
    ),
    heading(2, '2. Về kiểm tra cải cách hành chính'),
    paragraph(
      pack('Số cuộc tự kiểm tra CCHC đã thực hiện: '),
      gap('I.3.1', '[CHƯA CÓ: Số cuộc tự kiểm tra – đ/c Trần Thị Hạnh]'),
      pack('.'),
    ),
    heading(1, 'II. Kết quả thực hiện công tác cải cách hành chính'),
    heading(2, '1. Cải cách thủ tục hành chính'),
    heading(3, 'a) Số lượng thủ tục hành chính'),
    paragraph(
      pack('Số thủ tục hành chính (TTHC) đang thực hiện tại UBND phường: '),
      answer('II.2b.1', '164 thủ tục'),
      pack('.'),
    ),
    heading(3, 'b) Kết quả giải quyết hồ sơ thủ tục hành chính'),
    paragraph(
      pack('Tổng số hồ sơ đã tiếp nhận: '),
      formula('II.2c.1', '7.847 hồ sơ'),
      pack('; trong đó mới tiếp nhận trong kỳ '),
      answer('II.2c.2', '7.801 hồ sơ'),
      pack(' (trực tuyến '),
      answer('II.2c.3', '6.934 hồ sơ'),
      pack('), từ kỳ trước chuyển qua '),
      answer('II.2c.4', '46 hồ sơ'),
      pack('. Số hồ sơ đã giải quyết đúng hạn đạt '),
      formula('II.2c.7', '99,58%'),
      pack('.'),
    ),
    ...Array.from({ length: 9 }, (_, at) => [
      heading(2, `${at + 2}. Nội dung thứ ${at + 2} của chương trình cải cách hành chính`),
      paragraph(
        pack(
          'Ủy ban nhân dân phường tiếp tục quán triệt cán bộ, công chức, người lao động thực hiện nghiêm kỷ luật, kỷ cương hành chính; nâng cao trách nhiệm người đứng đầu; niêm yết công khai, kịp thời các thủ tục hành chính tại Trung tâm Phục vụ hành chính công; đẩy mạnh tuyên truyền để người dân, tổ chức nộp hồ sơ trực tuyến và thanh toán không dùng tiền mặt qua Cổng Dịch vụ công quốc gia.',
        ),
      ),
      paragraph(pack('Kết quả trong kỳ: '), answer(`II.${at + 3}.1`, 'không phát sinh'), pack('.')),
    ]).flat(),
    heading(1, 'III. Phương hướng, nhiệm vụ quý II năm 2025'),
    paragraph(gap('III.1', '[CHƯA CÓ: Phương hướng – đ/c Lê Văn Bảy – hẹn 10/3/2025]')),
    paragraph(
      pack(
        'Trên đây là báo cáo công tác cải cách hành chính quý I năm 2025 của Ủy ban nhân dân phường An Bình./.',
      ),
    ),
  ],
  signature: { powers: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Nguyễn Thị Ngọc Ánh' },
  recipients: [
    'Như trên',
    'TT. Đảng ủy, TT. HĐND phường',
    'Chủ tịch, các Phó Chủ tịch UBND phường',
    'Lưu: VT, VHXH',
  ],
  appendices: [],
  gaps: [
    { code: 'I.3.1', name: 'Số cuộc tự kiểm tra', owner: 'Trần Thị Hạnh' },
    { code: 'III.1', name: 'Phương hướng', owner: 'Lê Văn Bảy', promised: '2025-03-10' },
  ],
  cover: [
    'Dự thảo báo cáo quý I năm 2025 mới có 38/40 nội dung. Các nội dung còn chờ được tô vàng trong dự thảo.',
    'I.3.1 – Số cuộc tự kiểm tra: đ/c Trần Thị Hạnh',
    'III.1 – Phương hướng: đ/c Lê Văn Bảy, hẹn 10/3/2025',
  ],
}

export function heading(level: 1 | 2 | 3, text: string): Extract<Block, { type: 'heading' }> {
  return { type: 'heading', level, runs: [pack(text)] }
}

export function paragraph(...runs: readonly Run[]): Extract<Block, { type: 'paragraph' }> {
  return { type: 'paragraph', runs }
}

export function pack(text: string): Run {
  return { text, source: { type: 'pack', at: 'sections.0.text.0' } }
}

function setting(text: string): Run {
  return { text, source: { type: 'setting', name: 'ky' } }
}

export function answer(code: string, text: string): Run {
  return { text, source: { type: 'answer', code } }
}

function formula(code: string, text: string): Run {
  return { text, source: { type: 'formula', code } }
}

export function gap(code: string, text: string): Run {
  return { text, source: { type: 'gap', code } }
}

/** A running text with its note at the foot of the page. */
export function noted(text: string, ...note: readonly Run[]): Run {
  return { ...pack(text), note }
}

export function table(columns: readonly Column[], rows: readonly Row[]): Table {
  return { type: 'table', columns, rows }
}

export function column(title: string, share: number, align: Column['align'] = 'left'): Column {
  return { title: [pack(title)], share, align }
}

export function row(...cells: readonly string[]): Row {
  return { cells: cells.map((text) => [pack(text)]), isGroup: false }
}

/** The statistics form: 104 rows, a group at every eighth. */
export function appendix(label: string, rows = 104): Appendix {
  return {
    label: [pack(label)],
    title: [pack('Thống kê một số chỉ tiêu cụ thể')],
    reference: [
      pack('(Kèm theo Báo cáo số        /BC-UBND ngày      tháng      năm 2025 của UBND phường An Bình)'),
    ],
    table: table(
      [
        column('TT', 6, 'center'),
        column('Chỉ tiêu', 40),
        column('Đơn vị', 12, 'center'),
        column('Số liệu', 14, 'right'),
        column('Ghi chú', 28),
      ],
      Array.from({ length: rows }, (_, at) =>
        at % 8 === 0
          ? {
              ...row(`${at / 8 + 1}`, 'Công tác chỉ đạo, điều hành cải cách hành chính', '', '', ''),
              isGroup: true,
            }
          : row(
              `${Math.floor(at / 8) + 1}.${at % 8}`,
              at % 3 === 0
                ? 'Số hồ sơ thủ tục hành chính tiếp nhận trực tuyến toàn trình và một phần trong kỳ báo cáo, kể cả kỳ trước chuyển sang'
                : 'Số nhiệm vụ đã hoàn thành',
              'Nhiệm vụ',
              `${at * 137}`,
              at % 5 === 0 ? 'Đã hoàn thành nhiệm vụ đặt ra trong từng quý và đang tiếp tục thực hiện' : '',
            ),
      ),
    ),
  }
}

/** All that a report can hold, ready to be issued: notes, a table over a page, two appendices, the annex. */
export const richReport: Report = {
  ...sampleReport,
  isDraft: false,
  cover: [],
  blocks: [
    { ...paragraph(pack('Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ;')), isBasis: true },
    {
      ...paragraph(pack('Căn cứ Kế hoạch số 15/KH-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh Vĩnh Long.')),
      isBasis: true,
    },
    ...sampleReport.blocks.slice(0, 3),
    paragraph(
      noted(
        'Trong kỳ, UBND phường đã ban hành 07 văn bản',
        pack('Kế hoạch số 15/KH-UBND ngày 10/01/2025 về cải cách hành chính năm 2025; Kế hoạch số '),
        answer('I.1.1', '22/KH-UBND'),
        pack(' ngày 20/01/2025 về kiểm tra công tác cải cách hành chính trên địa bàn.'),
      ),
      pack(' chỉ đạo, điều hành; kết quả từng chỉ tiêu tại Phụ lục I và Phụ lục II kèm theo'),
      noted('', pack('Chi tiết tại Phụ lục I, Phụ lục II.')),
      pack(', tham quan học tập tại '),
      { ...answer('I.1.2', 'phường Quang Khải'), isDoubtful: true },
      pack('.'),
    ),
    ...sampleReport.blocks.slice(5, -3),
    heading(3, '2.10. Kết quả theo lĩnh vực'),
    table(
      [
        column('TT', 1, 'center'),
        column('Lĩnh vực', 5),
        column('Tiếp nhận', 2, 'right'),
        column('Đã giải quyết', 2, 'right'),
        column('Tỷ lệ', 2, 'center'),
      ],
      Array.from({ length: 30 }, (_, at) =>
        at % 10 === 0
          ? { ...row(`${'I'.repeat(at / 10 + 1)}`, 'Nhóm lĩnh vực', '', '', ''), isGroup: true }
          : row(
              `${at}`,
              'Hộ tịch, chứng thực, đất đai và bảo trợ xã hội',
              `${at * 31}`,
              `${at * 30}`,
              '96,77%',
            ),
      ),
    ),
    {
      ...heading(1, 'IV. Kiến nghị, đề xuất'),
      line: [pack(': Không.')],
    },
    ...sampleReport.blocks.slice(-1),
  ],
  appendices: [appendix('Phụ lục I'), appendix('Phụ lục II')],
  annex: {
    label: [],
    title: [pack('Nguồn gốc số liệu')],
    reference: [],
    table: table(
      [
        column('Mã', 10, 'center'),
        column('Nội dung', 40),
        column('Số liệu', 15, 'right'),
        column('Nguồn', 35),
      ],
      Array.from({ length: 40 }, (_, at) =>
        row(`I.${at}`, 'Số văn bản chỉ đạo đã ban hành', `${at}`, 'đ/c Nguyễn Văn An, 08:05 ngày 05/3/2025'),
      ),
    ),
  },
}
