import type {ResolvedConfig} from '../config';
import type {SizeClass} from '../models';
import {
  InputCheck,
  isId,
  isNoLongerThan,
  isStorable,
  isUuid,
} from './input-rules';
import {isSingleChannelId} from './single-channel';

/** What a new group may say. */
export interface GroupDraft {
  /** 1 to 200 characters. */
  readonly name: string;
  /** An https address, or the id of an attachment. */
  readonly avatar?: string;
  /** `basic` when it is not said. */
  readonly type?: SizeClass;
  /** Besides who makes it. */
  readonly members?: readonly string[];
}

/** What of a group may change. */
export interface GroupUpdate {
  readonly name?: string;
  /** `null` takes the picture away. */
  readonly avatar?: string | null;
}

type Limits = ResolvedConfig['groups'];

const MAX_NAME_LENGTH = 200;
const MAX_AVATAR_LENGTH = 1024;
// Without the characters that no address has, and that would end an attribute.
const HTTPS_URL = /^https:\/\/[^\s"'<>\\^`{|}\p{Control}]+$/iu;

/** @returns how many members a group of the size may have */
export function maxMembersOf(
  type: SizeClass | undefined,
  limits: Limits,
): number {
  return type === 'big' ? limits.maxBigMembers : limits.maxBasicMembers;
}

/**
 * @returns the members besides who makes the group, each once
 * @throws ChatError CHAT_INPUT_INVALID with every problem of the draft
 */
export function checkGroupDraft(
  creatorId: string,
  {name, avatar, type = 'basic', members = []}: GroupDraft,
  limits: Limits,
): string[] {
  const check = new InputCheck();
  const others = [...new Set(members)].filter(id => id !== creatorId);
  expectName(check, name);
  if (avatar !== undefined) expectAvatar(check, avatar);
  check.expect(['basic', 'big'].includes(type), 'type', 'must be basic or big');
  expectIds(check, others);
  const most = maxMembersOf(type, limits);
  check.expect(others.length < most, 'members', tooMany(most)).conclude();
  return others;
}

/** @throws ChatError CHAT_INPUT_INVALID with every problem of the change */
export function checkGroupUpdate({name, avatar}: GroupUpdate): void {
  const check = new InputCheck();
  if (name !== undefined) expectName(check, name);
  if (avatar !== undefined && avatar !== null) expectAvatar(check, avatar);
  check.conclude();
}

/**
 * @returns the users who are to be added, each once
 * @throws ChatError CHAT_INPUT_INVALID
 */
export function checkMembers(
  members: readonly string[],
  limits: Limits,
): string[] {
  const ids = [...new Set(members)];
  const check = new InputCheck();
  check.expect(ids.length > 0, 'members', 'must name a user');
  expectIds(check, ids);
  // Whatever the size of the group; that one is known later.
  const most = Math.max(limits.maxBasicMembers, limits.maxBigMembers);
  check.expect(ids.length <= most, 'members', tooMany(most)).conclude();
  return ids;
}

/**
 * Makes of an idempotency key the id of a group.
 * @throws ChatError CHAT_INPUT_INVALID for what is no UUID, or of the kind that
 *   names the channel of two users, which is not for a third to take
 */
export function toGroupId(key: string): string {
  const isRight = isUuid(key) && !isSingleChannelId(key);
  const problem = 'must be a UUID of another version than 5';
  new InputCheck().expect(isRight, 'Idempotency-Key', problem).conclude();
  return key.toLowerCase();
}

/** @returns the avatar as it is kept: attachments are named in lower case */
export function toAvatar<T extends string | null | undefined>(avatar: T) {
  return avatar && isUuid(avatar) ? avatar.toLowerCase() : avatar;
}

/** Says that a group would grow too large. */
export function tooMany(most: number): string {
  return `must not make more than ${most} members`;
}

function expectName(check: InputCheck, name: string): void {
  check.expect(
    name.trim() !== '' &&
      isNoLongerThan(name, MAX_NAME_LENGTH) &&
      isStorable(name),
    'name',
    `must be well-formed text of 1 to ${MAX_NAME_LENGTH} characters`,
  );
}

function expectAvatar(check: InputCheck, avatar: string): void {
  const isAddress =
    avatar.length <= MAX_AVATAR_LENGTH &&
    HTTPS_URL.test(avatar) &&
    isStorable(avatar) &&
    URL.canParse(avatar);
  check.expect(
    isAddress || isUuid(avatar),
    'avatar',
    `must be an https address of at most ${MAX_AVATAR_LENGTH} characters, or the id of an attachment`,
  );
}

function expectIds(check: InputCheck, ids: readonly string[]): void {
  const problem = 'must be ids of 1 to 64 characters';
  check.expect(ids.every(isId), 'members', problem);
}
