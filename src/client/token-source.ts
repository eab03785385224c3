/** A token, or a function that gives one whenever it is asked. */
export type TokenGiver = string | (() => string | Promise<string>);

/** What a token says. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** Finds the id of the user in a token's claims, as the server does. */
export type UserIdOf = (claims: TokenClaims) => unknown;

/** Gives the token of the user; asks for another only when the last is of no use. */
export class TokenSource {
  private last?: string;
  private asking?: Promise<string>;

  constructor(
    private giver: TokenGiver,
    private readonly userIdOf: UserIdOf = usualUserId,
  ) {}

  /** Whether asking again may give another. */
  get canRenew(): boolean {
    return typeof this.giver === 'function';
  }

  /** The last token that was given. */
  get latest(): string | undefined {
    return this.last;
  }

  /** The user that the last token names; undefined while there is none. */
  get userId(): string | undefined {
    try {
      const id = this.userIdOf(claimsOf(this.last ?? ''));
      return id === undefined || id === null ? undefined : String(id);
    } catch {
      // No token yet, or one of another shape.
      return undefined;
    }
  }

  /** Takes another giver in place of the first. */
  replace(giver: TokenGiver): void {
    this.giver = giver;
    this.forget();
  }

  /** Has the next call of `current` ask again; until then the user is the same. */
  forget(): void {
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

/** As the server reads it unless `auth.claims` says otherwise. */
function usualUserId({userTenantId, id, sub}: TokenClaims): unknown {
  return userTenantId ?? id ?? sub;
}

/** Reads what the server verifies. */
function claimsOf(token: string): TokenClaims {
  const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
  const bytes = Uint8Array.from(atob(payload), char => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}
