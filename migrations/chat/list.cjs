'use strict';

const fs = require('fs');
const path = require('path');

const ROOT = path.dirname(__dirname);
/** Folders of migrations that run when they are chosen; db-migrate's scopes. */
const SCOPES = {auditLog: 'chat-audit-log'};

/**
 * Lists the migrations in their order, by the names that db-migrate records.
 * @param chosen - scopes to be run besides those that always are
 */
function listMigrations(chosen = {}) {
  const scopes = Object.entries(SCOPES).flatMap(([option, scope]) =>
    chosen[option] ? scope : [],
  );
  return ['', ...scopes].flatMap(scope =>
    fs
      .readdirSync(path.join(ROOT, scope))
      .filter(file => /^\d{14}-.+\.js$/.test(file))
      .sort()
      .map(file => ({
        name: `${scope}/${file.slice(0, -'.js'.length)}`,
        file: path.join(ROOT, scope, file),
      })),
  );
}

module.exports = {listMigrations};
