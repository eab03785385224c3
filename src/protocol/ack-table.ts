import type {ErrorAck, SuccessAcks} from './events';

/** One field of an ack, for those who write a client. */
export interface AckField {
  readonly type: 'string' | 'integer' | 'object[]' | 'bytes';
  readonly summary: string;
}

/** Every field of an ack besides those that all of its kind have. */
type FieldsOf<A, Known extends PropertyKey> = Readonly<
  Record<Exclude<keyof A, Known>, AckField>
>;

const CHANGE_SEQ: AckField = {
  type: 'integer',
  summary: 'number of the change in its channel, from 1',
};

/** What an ack of 200 carries besides its `statusCode`. */
export const ACK_FIELDS: {
  readonly [N in keyof SuccessAcks]: FieldsOf<SuccessAcks[N], 'statusCode'>;
} = {
  MessageAck: {
    id: {type: 'string', summary: 'the id of the message, in lower case'},
    channelId: {type: 'string', summary: 'where the message is'},
    seq: {
      type: 'integer',
      summary: 'number of the message in its channel, from 1',
    },
    changeSeq: CHANGE_SEQ,
    createdAt: {type: 'integer', summary: 'milliseconds since the epoch'},
  },
  ChangeAck: {
    channelId: {type: 'string', summary: 'where the message is'},
    changeSeq: CHANGE_SEQ,
  },
  CursorAck: {seq: {type: 'integer', summary: 'the number now recorded'}},
  NotifyAck: {id: {type: 'string', summary: 'the id of the notification'}},
  DataAck: {data: {type: 'bytes', summary: 'a protobuf message'}},
  AuthAck: {
    expiresAt: {type: 'integer', summary: 'milliseconds since the epoch'},
  },
  PlainAck: {},
};

/** What an ack of an error may carry besides `statusCode`, `code` and `message`. */
export const ERROR_FIELDS: FieldsOf<
  ErrorAck,
  'statusCode' | 'code' | 'message'
> = {
  details: {
    type: 'object[]',
    summary: 'with 422: `{path, problem}` for each thing that is wrong',
  },
  retryAfterMs: {
    type: 'integer',
    summary: 'with 429: when to try again, in milliseconds',
  },
  requestId: {
    type: 'string',
    summary: "with 500: names the line in the server's log",
  },
};
