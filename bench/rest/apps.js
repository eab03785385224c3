// The host applications that are measured, by name.
'use strict';
const {BindingScope, createBindingFromClass} = require('@loopback/core');
const {juggler} = require('@loopback/repository');
const {RestApplication} = require('@loopback/rest');
const ancestor = require('./ancestor');
const {messageId} = require('./data');

function makeOurs(rest, useSequelize, bindDataSource) {
  const {ChatServiceBindings, ChatServiceComponent} = require('../..');
  const app = new RestApplication({rest});
  bindDataSource(app);
  app.bind(ChatServiceBindings.Config).to({useSequelize});
  app.component(ChatServiceComponent);
  return app;
}

function makeJuggler(rest, settings) {
  const chatDb = {name: 'chatDb', connector: 'postgresql', ...settings};
  return makeOurs(rest, false, app =>
    app.bind('datasources.chatDb').to(new juggler.DataSource(chatDb)),
  );
}

function makeSequelize(rest, settings) {
  const {SequelizeDataSource} = require('@loopback/sequelize');
  class ChatDbDataSource extends SequelizeDataSource {
    constructor() {
      super({
        ...{name: 'chatDb', connector: 'postgresql', ...settings},
        // As many connections as juggler's connector has; its own default is 5.
        sequelizeOptions: {pool: {max: 10}},
      });
    }
  }
  const key = 'datasources.chatDb';
  const defaultScope = BindingScope.SINGLETON;
  return makeOurs(rest, true, app =>
    app.add(createBindingFromClass(ChatDbDataSource, {key, defaultScope})),
  );
}

/** Answers constant rows, without database, tokens or permission keys. */
function makeBare(rest) {
  const at = new Date();
  const row = n => ({
    ...{id: messageId(n), body: 'A constant message', channelType: 'task'},
    ...{channelId: messageId(0), createdOn: at, modifiedOn: at, status: 0},
  });
  const rows = Array.from({length: 50}, (_, n) => row(n));
  const body = {content: {'application/json': {schema: {type: 'object'}}}};
  const filter = {name: 'filter', in: 'query', content: body.content};
  const id = {name: 'id', in: 'path', schema: {type: 'string'}};
  const responses = {200: {description: 'OK'}};

  class BareController {
    create(draft) {
      return {...row(0), ...draft};
    }
    find() {
      return rows;
    }
    findById(wanted) {
      return {...row(0), id: wanted};
    }
  }
  const app = new RestApplication({rest});
  const route = (verb, path, spec, method) =>
    app.route(
      verb,
      path,
      {responses, ...spec},
      BareController,
      () => new BareController(),
      method,
    );
  route('post', '/messages', {requestBody: body}, 'create');
  route('get', '/messages', {parameters: [filter]}, 'find');
  route('get', '/messages/{id}', {parameters: [id]}, 'findById');
  return app;
}

module.exports = {
  ancestor: ancestor.makeApp,
  juggler: makeJuggler,
  sequelize: makeSequelize,
  bare: makeBare,
};
