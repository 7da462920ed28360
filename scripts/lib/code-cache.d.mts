export function makeCodeCache(folder: string, options?: { readonly isCheck?: boolean }): Promise<boolean>;
