// Emoji of several characters (flags, families) have no class of their own but
// in sets; the flag `v` came to the language after our compile target.
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', 'v');
const SHORTCODE = /^:[a-z0-9_+-]{1,62}:$/;

/** Tells whether a text is one emoji as keyboards write it, or a `:shortcode:`. */
export function isEmoji(text: string): boolean {
  return EMOJI.test(text) || SHORTCODE.test(text);
}
