/** What several processes of one account hold in common. */
export interface Shared {
  /** True while this process holds the name, which it then does for so long from now. */
  hold(name: string, forMs: number): Promise<boolean>
  letGo(name: string): Promise<void>
  /** The last secret kept under a name; what was kept before stays. */
  readSecret(name: string): Promise<string | undefined>
  keepSecret(name: string, secret: string): Promise<void>
}
