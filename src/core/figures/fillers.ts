/** The words without content of a reply: greetings, verbs of having and reaching. */
const FILLERS = new Set(
  (
    'da vang a em anh chi toi minh ban bac chu co sep thua dong chi bao cao la duoc dat so con tong ket qua nhe nha nhi thoi ' +
    'chi moi da roi ok oke hoan thanh thuc hien ty le muc do gom co khoang dung tron tat ca hien ' +
    'hien tai nay hom trong ky thi cai giai quyet tiep nhan xu ly phat sinh ghi nhan xin gui nay thay luong : = ( " \' ban hanh cong chac chan'
  ).split(' '),
)

/** "dạ báo cáo là" says nothing of the figure: `isFiller('da')`. */
export function isFiller(fold: string): boolean {
  return FILLERS.has(fold)
}
