/** Short-lived signed links for files where a channel has none; each opens once. */
export interface Links {
  /** What stands behind a token; undefined when it is forged, spent or too old. */
  look(
    token: string,
  ): Promise<
    { readonly purpose: 'download'; readonly name: string } | { readonly purpose: 'upload' } | undefined
  >
  /** Spends the link. */
  download(token: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined>
  /** Spends the link once the file is stored. */
  upload(
    token: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
  ): Promise<'stored' | 'gone' | 'notStored'>
}
