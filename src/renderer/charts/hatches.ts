/** The patterns that tell accounting states apart without colour. Ids are made unique by the component's own id. */
export interface HatchIds {
  readonly diagonal: string;
  readonly cross: string;
}

export function hatchIds(owner: string): HatchIds {
  return { diagonal: `${owner}-diagonal`, cross: `${owner}-cross` };
}
