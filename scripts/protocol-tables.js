// Makes the tables of docs/protocol.md from the event tables, chat.proto, the
// catalogue of errors and the defaults of the config.
'use strict';
const {CHAT_ERRORS} = require('../dist/errors');
const {POLICY} = require('../dist/permissions');
const {DEFAULTS} = require('../dist/default-config');
const {
  CLIENT_EVENTS,
  COMMON_ERRORS,
  CONNECT_ERRORS,
  SERVER_EVENTS,
} = require('../dist/protocol');
const {ACK_FIELDS, ERROR_FIELDS} = require('../dist/protocol/ack-table');
const {protoMessages} = require('./proto-messages');

/** What each setting bounds on sockets, and what is beyond. */
const LIMITS = {
  'realtime.maxFrameBytes': ['bytes of one payload', '413'],
  'realtime.maxConnectionsPerUser': [
    'connections of one user at once',
    '`connect_error` 429',
  ],
  'realtime.failedHandshakesPerSecond': [
    'connections a second, of one address, that nobody is let in with',
    'HTTP 429 to new connections',
  ],
  'realtime.failedHandshakeBurst': [
    'of them at once after a pause',
    'HTTP 429 to new connections',
  ],
  'realtime.handshakeTimeoutMs': [
    'ms from the opening to being let in',
    'the connection ends',
  ],
  'realtime.sendsPerSecond': ['sends a second of one user', '429'],
  'realtime.sendBurst': ['sends at once after a pause', '429'],
  'realtime.readsPerSecond': ['other events a second of one user', '429'],
  'realtime.readBurst': ['other events at once after a pause', '429'],
  'realtime.typingPerSecond': [
    '`on-typing` a second of one user in one channel',
    '429',
  ],
  'realtime.maxAckedMembers': [
    'members up to which new messages ask for an ack',
    'report by `on-message:received`',
  ],
  'realtime.maxBufferedBytes': [
    'bytes that may wait unsent for one connection',
    'the connection ends',
  ],
  'realtime.maxDisconnectionMs': [
    'ms after a break in which a connection is recovered',
    'a new connection; sync',
  ],
  'realtime.expiryNoticeMs': [
    'ms before expiry of the token at which `on-auth` comes',
    '',
  ],
  'auth.maxTokenLength': ['characters of a token', '401'],
  'messages.maxTextLength': ['characters of a text', '422'],
  'messages.maxExtBytes': ['bytes of `ext`', '422'],
};

function protocolTables() {
  return {
    'client payloads': clientPayloads(),
    'client answers': clientAnswers(),
    'server events': serverEvents(),
    acks: acks(),
    'error fields': fieldTable(ERROR_FIELDS),
    codes: codes(),
    limits: limits(),
    messages: protoMessages().map(messageSection).join('\n\n'),
  };
}

function clientPayloads() {
  return table(
    ['Event', 'Payload', 'Must have', 'May have'],
    Object.entries(CLIENT_EVENTS).map(([event, row]) => [
      code(event),
      link(row.payload),
      row.must.map(either).join(', '),
      list(row.may),
    ]),
  );
}

function clientAnswers() {
  return table(
    ['Event', 'Ack of 200 carries', 'Key', 'Counts as', 'Other codes'],
    Object.entries(CLIENT_EVENTS).map(([event, row]) => [
      code(event),
      ackOf(row),
      keysOf(row.actions),
      row.isSend ? 'send' : 'read',
      list(row.errors),
    ]),
  );
}

function serverEvents() {
  return table(
    ['Event', 'Payload', 'When', 'Told to', 'Asks for an ack', 'Key'],
    Object.entries(SERVER_EVENTS).map(([event, row]) => [
      code(event),
      link(row.payload),
      row.summary,
      row.to,
      row.isAcked ? 'yes' : 'no',
      keysOf(row.action ? [row.action] : []),
    ]),
  );
}

function acks() {
  const rows = Object.entries(ACK_FIELDS).flatMap(([name, fields]) =>
    Object.entries(fields).map(([field, {type, summary}]) => [
      name,
      code(field),
      type,
      summary,
    ]),
  );
  return table(['Ack', 'Field', 'Type', 'What it is'], rows);
}

function fieldTable(fields) {
  return table(
    ['Field', 'Type', 'What it is'],
    Object.entries(fields).map(([field, {type, summary}]) => [
      code(field),
      type,
      summary,
    ]),
  );
}

function codes() {
  return table(
    ['Status', 'Code', '`message`', 'Answers'],
    Object.entries(CHAT_ERRORS).map(([name, {statusCode, text}]) => [
      statusCode,
      code(name),
      text,
      answeredBy(name),
    ]),
  );
}

function answeredBy(name) {
  const all = COMMON_ERRORS.includes(name) ? ['any event'] : [];
  const some = Object.values(CLIENT_EVENTS).some(({errors}) =>
    errors.includes(name),
  );
  const connect = CONNECT_ERRORS.includes(name) ? ['connecting'] : [];
  const by = [...all, ...(some ? ['some events'] : []), ...connect];
  return by.join(', ') || 'nothing on sockets yet';
}

function limits() {
  return table(
    ['Default', 'Of what', 'Beyond', 'Setting'],
    Object.entries(LIMITS).map(([setting, [what, beyond]]) => {
      const [section, name] = setting.split('.');
      return [DEFAULTS[section][name], what, beyond, code(setting)];
    }),
  );
}

function messageSection({name, comment, fields}) {
  const rows = fields.map(({id, name: field, type, repeated, ...rest}) => [
    id,
    code(field),
    `${rest.message ? link(type) : type}${repeated ? ', repeated' : ''}`,
    [rest.comment, valuesOf(rest)].filter(Boolean).join(' '),
  ]);
  const head = ['No.', 'Field', 'Type', 'What it is'];
  return [`### ${name}`, comment, table(head, rows)].join('\n\n');
}

function valuesOf({values}) {
  if (!values) return '';
  const named = Object.entries(values).filter(([, value]) => value !== 0);
  return `${named.map(([name, value]) => `${name} = ${value}`).join(', ')}.`;
}

function ackOf({ack, data}) {
  const fields = Object.keys(ACK_FIELDS[ack]);
  const told = data ? `, a ${link(data)}` : '';
  return fields.length ? list(fields) + told : 'nothing else';
}

/** A key by its name; the numbers are in the README. */
function keysOf(actions) {
  return actions.map(action => code(POLICY[action][0])).join(' or ');
}

function either(names) {
  return names.split('|').map(code).join(' or ');
}

function link(name) {
  return `[${name}](#${name.toLowerCase()})`;
}

function list(names) {
  return names.map(code).join(', ');
}

function code(text) {
  return `\`${text}\``;
}

function table(head, rows) {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

module.exports = {protocolTables};
