import type { Block, Report, Run } from '../../src/core/report.ts'
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

export function heading(level: 1 | 2 | 3, text: string): Block {
  return { type: 'heading', level, runs: [pack(text)] }
}

export function paragraph(...runs: readonly Run[]): Block {
  return { type: 'paragraph', runs }
}

export function pack(text: string): Run {
  return { text, source: { type: 'pack' } }
}

function setting(text: string): Run {
  return { text, source: { type: 'setting' } }
}

function answer(code: string, text: string): Run {
  return { text, source: { type: 'answer', code } }
}

function formula(code: string, text: string): Run {
  return { text, source: { type: 'formula', code } }
}

export function gap(code: string, text: string): Run {
  return { text, source: { type: 'gap', code } }
}
