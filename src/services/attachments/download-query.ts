import type {Where} from '@loopback/repository';
import {invalidInput} from '../../errors';
import type {
  AttachmentDownload,
  DownloadOutcome,
  DownloadPart,
  DownloadVariant,
} from '../../models';
import {InputCheck, isId, isUuid} from '../input-rules';
import {placeToToken, tokenToPlace} from '../listing-place';

/** Which downloads are looked for; all that is said must hold. */
export interface DownloadSelection {
  readonly userId?: string;
  readonly fileId?: string;
  readonly channelId?: string;
  /** Begun then or later. */
  readonly from?: Date;
  /** Begun before. */
  readonly to?: Date;
  /** `open` are those that have none: underway, or their process ended. */
  readonly outcome?: DownloadOutcome | 'open';
  readonly variant?: DownloadVariant;
  readonly part?: DownloadPart;
}

const ID_PROBLEM = 'must be an id of 1 to 64 characters';

/**
 * Makes the conditions that all hold for the downloads selected.
 * @throws ChatError CHAT_INPUT_INVALID
 */
export function toConditions({
  from,
  to,
  outcome,
  fileId,
  ...equal
}: DownloadSelection): Where<AttachmentDownload>[] {
  new InputCheck()
    .expect(isUnsaidOr(isId, equal.userId), 'userId', ID_PROBLEM)
    .expect(isUnsaidOr(isId, equal.channelId), 'channelId', ID_PROBLEM)
    .expect(isUnsaidOr(isUuid, fileId), 'fileId', 'must be a UUID')
    .conclude();
  const said = Object.entries(equal).filter(([, value]) => value !== undefined);
  const and: object[] = said.map(([name, value]) => ({[name]: value}));
  if (fileId !== undefined) and.push({fileId: fileId.toLowerCase()});
  if (from) and.push({startedOn: {gte: from}});
  if (to) and.push({startedOn: {lt: to}});
  // NULL is what a row has that was not completed.
  if (outcome) and.push({outcome: outcome === 'open' ? null : outcome});
  return and as Where<AttachmentDownload>[];
}

/** Some connectors write no SQL for an empty `and`. */
export function allOf(
  conditions: readonly Where<AttachmentDownload>[],
): Where<AttachmentDownload> {
  if (!conditions.length) return {};
  return {and: [...conditions]} as Where<AttachmentDownload>;
}

/** Makes the token of what comes after a row. */
export function tokenAfter({startedOn, id}: AttachmentDownload): string {
  return placeToToken([`${startedOn.getTime()}`, id]);
}

/**
 * Selects what comes after the page of a token.
 * @throws ChatError CHAT_INPUT_INVALID
 */
export function isAfter(pageToken: string): Where<AttachmentDownload> {
  const [time, id] = tokenToPlace(pageToken, 2);
  if (!/^\d{1,14}$/.test(time) || !isUuid(id)) {
    throw invalidInput('pageToken', 'must be of a page before');
  }
  const startedOn = new Date(Number(time));
  const isEarlier = {startedOn: {lt: startedOn}};
  const isBeside = {startedOn: {eq: startedOn}, id: {lt: id}};
  return {
    // The first condition is what an index is read by.
    and: [{startedOn: {lte: startedOn}}, {or: [isEarlier, isBeside]}],
  } as Where<AttachmentDownload>;
}

function isUnsaidOr(
  isRight: (value: string) => boolean,
  value: string | undefined,
): boolean {
  return value === undefined || isRight(value);
}
