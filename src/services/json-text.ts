/**
 * Something that is written as JSON already. Whoever does not know it and
 * writes it once more gets the same.
 */
export class JsonText {
  constructor(readonly text: string) {}

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}
