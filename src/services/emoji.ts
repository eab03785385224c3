const SHORTCODE = /^:[a-z0-9_+-]{1,62}:$/;

let emoji: RegExp | undefined;

/** Tells whether a text is one emoji as keyboards write it, or a `:shortcode:`. */
export function isEmoji(text: string): boolean {
  // Emoji of several characters (flags, families) have no class of their own but
  // in sets; the flag `v` came to the language after our compile target. Made
  // with the first one asked about, as it takes long.
  emoji ??= new RegExp('^\\p{RGI_Emoji}$', 'v');
  return SHORTCODE.test(text) || emoji.test(text);
}
