import type {WireMessage} from '../protocol';
import type {TokenSource} from './token-source';

/** Knows who the user is: as the token says. */
export class Identity {
  constructor(private readonly tokens: TokenSource) {}

  /** Undefined before the first token, or when that cannot be read. */
  get userId(): string | undefined {
    return this.tokens.userId;
  }

  /** Tells whether the user wrote a message. */
  isOwn({sender}: WireMessage): boolean {
    return sender?.id !== undefined && sender.id === this.userId;
  }
}
