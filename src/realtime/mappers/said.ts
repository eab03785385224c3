/** Takes an empty text, which says nothing on the wire, for none. */
export function said(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
