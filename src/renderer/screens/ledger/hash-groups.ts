/** `8434a0cd cf7c07cc …`: a hash in groups of eight, which an eye can compare and a line can break between. */
export function inGroups(hash: string): string {
  return hash.match(/.{1,8}/g)?.join(' ') ?? '';
}
