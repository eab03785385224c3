/** A token, or a function that gives one whenever it is asked. */
export type TokenGiver = string | (() => string | Promise<string>);

/** Gives the token of the user; asks for another only when the last is of no use. */
export class TokenSource {
  private last?: string;
  private asking?: Promise<string>;

  constructor(private giver: TokenGiver) {}

  /** Whether asking again may give another. */
  get canRenew(): boolean {
    return typeof this.giver === 'function';
  }

  /** The user that the last token names; undefined while there is none. */
  get userId(): string | undefined {
    return this.last === undefined ? undefined : userIdOf(this.last);
  }

  /** Takes another giver in place of the first. */
  replace(giver: TokenGiver): void {
    this.giver = giver;
    this.forget();
  }

  /** Has the next call of `current` ask again. */
  forget(): void {
    this.last = undefined;
    this.asking = undefined;
  }

  /** @returns the token, the same until it is forgotten */
  current(): Promise<string> {
    this.asking ??= this.ask();
    return this.asking;
  }

  /** @returns another token */
  renew(): Promise<string> {
    this.asking = this.ask();
    return this.asking;
  }

  private async ask(): Promise<string> {
    const {giver} = this;
    try {
      const token = typeof giver === 'function' ? await giver() : giver;
      this.last = token;
      return token;
    } catch (err) {
      this.asking = undefined;
      throw err;
    }
  }
}

/** Reads what the server verifies: `userTenantId`, `id` or `sub`. */
function userIdOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(payload), char => char.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    const id = claims.userTenantId ?? claims.id ?? claims.sub;
    return id === undefined ? undefined : String(id);
  } catch {
    return undefined;
  }
}
