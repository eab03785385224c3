import {hash, verify} from '@node-rs/argon2';
import {BindingScope, injectable} from '@loopback/core';
import {randomBytes} from 'crypto';

/** Hashes and checks passwords: argon2id, with the library's present costs. */
@injectable({scope: BindingScope.SINGLETON})
export class PasswordService {
  /** Nobody's; checking against it takes as long as against someone's. */
  private readonly decoy = hash(randomBytes(32));

  hash(password: string): Promise<string> {
    return hash(password);
  }

  /**
   * @param passwordHash - undefined where there is no such account
   * @returns false, too, after the same work, where there is no account
   */
  async matches(
    passwordHash: string | undefined,
    password: string,
  ): Promise<boolean> {
    const isMatch = await verify(passwordHash ?? (await this.decoy), password);
    return isMatch && passwordHash !== undefined;
  }
}
