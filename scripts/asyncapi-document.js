// Makes the AsyncAPI document of the sockets from the event tables, chat.proto
// and the catalogue of errors.
'use strict';
const {POLICY} = require('../dist/permissions');
const {DEFAULTS} = require('../dist/default-config');
const {
  CLIENT_EVENTS,
  COMMON_ERRORS,
  SERVER_EVENTS,
} = require('../dist/protocol');
const {allMessages, idOf, PROTOBUF} = require('./asyncapi-messages');
const {allSchemas, mapped, object} = require('./asyncapi-schemas');
const pkg = require('../package.json');

const CHANNEL = '#/channels/chat';

function asyncapiDocument() {
  const messages = allMessages();
  return {
    asyncapi: '3.0.0',
    info: {
      title: `${pkg.name}: sockets`,
      version: pkg.version,
      description:
        'socket.io 4 (Engine.IO 4). Each message is one socket.io event whose' +
        ' name is the name of the message, and each reply the ack of one;' +
        ' how they are put into frames is in docs/protocol.md.',
      license: {name: pkg.license},
    },
    defaultContentType: PROTOBUF,
    servers: {
      chat: {
        host: 'chat.example.com',
        protocol: 'wss',
        pathname: DEFAULTS.realtime.path,
        description: "The host's own address; also by long polling.",
        security: [{$ref: '#/components/securitySchemes/token'}],
      },
    },
    channels: {
      chat: {
        address: '/',
        title: 'The main namespace of socket.io',
        servers: [{$ref: '#/servers/chat'}],
        messages: mapped(messages, (_, id) => ({
          $ref: `#/components/messages/${id}`,
        })),
        bindings: {ws: {method: 'GET', query: handshakeQuery()}},
      },
    },
    operations: operations(),
    components: {
      messages,
      schemas: allSchemas(),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            "In `auth: {token}` of socket.io's CONNECT, or in the header" +
            ' `Authorization`; never in the query.',
        },
      },
    },
  };
}

function handshakeQuery() {
  const transports = ['websocket', 'polling'];
  return object({EIO: {const: '4'}, transport: {enum: transports}}, [
    ...['EIO', 'transport'],
  ]);
}

/** From the server's point of view: it receives what clients send. */
function operations() {
  const received = Object.entries(CLIENT_EVENTS).map(([event, row]) => [
    `receive-${idOf(event)}`,
    {
      action: 'receive',
      channel: {$ref: CHANNEL},
      summary: `${row.summary}.`,
      description: permission(row.actions),
      messages: [inChannel(`client-${idOf(event)}`)],
      reply: reply([
        row.data ? `${row.data}Ack` : row.ack,
        ...[...COMMON_ERRORS, ...row.errors],
      ]),
      'x-limit': row.isSend ? 'sends' : 'reads',
    },
  ]);
  const sent = Object.entries(SERVER_EVENTS).map(([event, row]) => [
    `send-${idOf(event)}`,
    {
      action: 'send',
      channel: {$ref: CHANNEL},
      summary: `${row.summary}.`,
      description: `To ${row.to}. ${permission(row.action ? [row.action] : [])}`,
      messages: [inChannel(`server-${idOf(event)}`)],
      ...(row.isAcked && {reply: reply(['Received'])}),
    },
  ]);
  const refuse = {
    action: 'send',
    channel: {$ref: CHANNEL},
    summary: 'Refuses a connection.',
    messages: [inChannel('connect_error')],
  };
  return {...Object.fromEntries([...received, ...sent]), refuse};
}

function permission(actions) {
  const keys = actions.flatMap(action => POLICY[action]);
  return keys.length
    ? `Wants one of the permission keys ${keys.join(', ')}.`
    : 'Wants no permission key.';
}

function reply(ids) {
  return {channel: {$ref: CHANNEL}, messages: ids.map(inChannel)};
}

function inChannel(id) {
  return {$ref: `${CHANNEL}/messages/${id}`};
}

module.exports = {asyncapiDocument};
