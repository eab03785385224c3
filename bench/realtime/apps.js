// The servers that are measured, by name; each listens on a port of its own.
'use strict';
const {createServer} = require('http');
const {juggler} = require('@loopback/repository');
const {RestApplication} = require('@loopback/rest');
const {Pool} = require('pg');
const {Server} = require('socket.io');
const {ISSUER, SECRET} = require('./users');

const UNLIMITED = 1_000_000;

function makeApp(settings) {
  const app = new RestApplication({
    rest: {port: 0, host: '127.0.0.1', openApiSpec: {disabled: true}},
  });
  const chatDb = {name: 'chatDb', connector: 'postgresql', ...settings};
  const dataSource = new juggler.DataSource(chatDb);
  app.bind('datasources.chatDb').to(dataSource);
  return {app, dataSource};
}

/** A LoopBack app that is connected to the database, and has nothing else. */
async function startApp(settings) {
  const {app, dataSource} = makeApp(settings);
  await dataSource.execute('SELECT 1');
  await app.start();
  return app.restServer.httpServer.port;
}

/** The chat, with all that it does: tokens, channels, counters, receipts. */
async function startOurs(settings, {migrateOnStart = true, realtime} = {}) {
  const {ChatServiceBindings, ChatServiceComponent} = require('../..');
  const {app} = makeApp(settings);
  app.bind(ChatServiceBindings.Config).to({
    migrateOnStart,
    auth: {secret: SECRET, issuer: ISSUER},
    realtime: {
      sendsPerSecond: UNLIMITED,
      sendBurst: UNLIMITED,
      maxConnectionsPerUser: UNLIMITED,
      ...realtime,
    },
  });
  app.component(ChatServiceComponent);
  await app.start();
  return app.restServer.httpServer.port;
}

/**
 * The least that a durable chat does: decodes the frame, inserts in batches,
 * acks after commit and emits to the receiver. No token, channel or counter.
 */
async function startComposed(settings) {
  const {decodeMessage, encodeMessage} = require('../..');
  const pool = new Pool({...settings, max: 2});
  await pool.query(
    'CREATE TABLE IF NOT EXISTS composed (id uuid PRIMARY KEY, receiver text, body text)',
  );
  const {io, port} = await startIo();
  let waiting = [];
  let inFlight = 0;
  const flush = async () => {
    if (!waiting.length || inFlight >= 2) return;
    const batch = waiting.splice(0, 256);
    inFlight++;
    await pool.query(
      'INSERT INTO composed SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])',
      [
        batch.map(({message}) => message.id),
        batch.map(({message}) => message.receiver),
        batch.map(({message}) => message.text),
      ],
    );
    inFlight--;
    for (const {message, ack} of batch) {
      ack({statusCode: 200, id: message.id});
      io.to(message.receiver).emit('on-message:text', encodeMessage(message));
    }
    void flush();
  };
  io.on('connection', socket => {
    socket.join(socket.handshake.auth.user);
    socket.on('on-message:text', (bytes, ack) => {
      waiting.push({message: decodeMessage(bytes), ack});
      if (waiting.length === 1) setImmediate(flush);
    });
  });
  return port;
}

/** socket.io by itself: what one client sends goes to the room as it is. */
async function startBare() {
  const {io, port} = await startIo();
  io.on('connection', socket => {
    const {user, rooms = []} = socket.handshake.auth;
    socket.join([user, ...rooms]);
    socket.on('on-message:text', (bytes, ack) => {
      io.to(rooms[0]).emit('on-message:text', bytes);
      ack({statusCode: 200});
    });
  });
  return port;
}

async function startIo() {
  const http = createServer();
  const io = new Server(http, {serveClient: false, perMessageDeflate: false});
  await new Promise(resolve => http.listen(0, '127.0.0.1', resolve));
  return {io, port: http.address().port};
}

module.exports = {
  ours: startOurs,
  /** The chat that asks no client for acks. */
  unasked: settings => startOurs(settings, {realtime: {maxAckedMembers: 0}}),
  /** The chat on a database that was migrated before. */
  existing: settings => startOurs(settings, {migrateOnStart: false}),
  loopback: startApp,
  composed: startComposed,
  bare: startBare,
};
