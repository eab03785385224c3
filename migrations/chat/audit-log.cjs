'use strict';

// Who: an insert is its creator's, a deletion (which the chat makes by an
// update) is the deleter's, another update its modifier's. Of a DELETE by hand
// no row tells who; `database_user` does. Times are UTC.
// A table that the ancestor's own triggers log already is left to them, so that
// no change is logged twice.

const LOG = 'chat_audit_log';

/** The change log of a database: a table, its seal, and triggers that write it. */
function auditLog(db) {
  return db.dialect === 'mysql' ? mysqlLog(db) : postgresLog(db);
}

function postgresLog(db) {
  const log = db.table(LOG);
  const write = db.table('chat_audit_log_write');
  const refuse = db.table('chat_audit_log_refuse');

  const hasTrigger = async (table, name) => {
    const rows = await db.run(
      `SELECT 1 FROM pg_trigger
       WHERE tgrelid = ${db.literal(db.table(table))}::regclass
         AND NOT tgisinternal AND tgenabled <> 'D'
         AND tgname = ${db.literal(name)}`,
    );
    return rows.length > 0;
  };

  return {
    async createTable() {
      await db.run(
        `CREATE TABLE IF NOT EXISTS ${log} (
           id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
           table_name varchar(64) NOT NULL,
           operation varchar(6) NOT NULL,
           row_id varchar(64) NOT NULL,
           user_id varchar(64),
           database_user varchar(256) NOT NULL DEFAULT session_user,
           at timestamptz NOT NULL DEFAULT clock_timestamp(),
           before jsonb,
           after jsonb
         )`,
      );
      await db.run(
        `CREATE OR REPLACE FUNCTION ${write}() RETURNS trigger
         LANGUAGE plpgsql AS $body$
         BEGIN
           IF TG_OP = 'INSERT' THEN
             INSERT INTO ${log} (table_name, operation, row_id, user_id, after)
             VALUES (TG_TABLE_NAME, TG_OP, NEW.id, NEW.created_by, to_jsonb(NEW));
           ELSIF TG_OP = 'UPDATE' THEN
             INSERT INTO ${log}
               (table_name, operation, row_id, user_id, before, after)
             VALUES (TG_TABLE_NAME, TG_OP, NEW.id,
               CASE WHEN NEW.deleted AND NOT OLD.deleted
                 THEN coalesce(NEW.deleted_by, NEW.modified_by)
                 ELSE NEW.modified_by END,
               to_jsonb(OLD), to_jsonb(NEW));
           ELSE
             INSERT INTO ${log} (table_name, operation, row_id, before)
             VALUES (TG_TABLE_NAME, TG_OP, OLD.id, to_jsonb(OLD));
           END IF;
           RETURN NULL;
         END $body$`,
      );
    },

    async seal() {
      await db.run(
        `CREATE OR REPLACE FUNCTION ${refuse}() RETURNS trigger
         LANGUAGE plpgsql AS $body$
         BEGIN
           RAISE EXCEPTION '${LOG} takes new rows only'
             USING ERRCODE = 'restrict_violation';
         END $body$`,
      );
      if (await hasTrigger(LOG, 'chat_audit_seal')) return;
      await db.run(
        `CREATE TRIGGER chat_audit_seal BEFORE UPDATE OR DELETE OR TRUNCATE
         ON ${log} FOR EACH STATEMENT EXECUTE FUNCTION ${refuse}()`,
      );
    },

    async watch(table) {
      if (await hasTrigger(table, `${table}_audit_trigger`)) return;
      if (await hasTrigger(table, 'chat_audit')) return;
      await db.run(
        `CREATE TRIGGER chat_audit AFTER INSERT OR UPDATE OR DELETE
         ON ${db.table(table)} FOR EACH ROW EXECUTE FUNCTION ${write}()`,
      );
    },

    // The function writes the row as it is, whatever its columns.
    renew: async () => undefined,
  };
}

const OPERATIONS = ['INSERT', 'UPDATE', 'DELETE'];

const triggerName = (table, operation) =>
  `chat_audit_${table}_${operation.toLowerCase()}`;

function mysqlLog(db) {
  const hasTrigger = async name => {
    const rows = await db.run(
      `SELECT 1 FROM information_schema.triggers
       WHERE trigger_schema = DATABASE() AND trigger_name = ${db.literal(name)}`,
    );
    return rows.length > 0;
  };

  const refuse = async operation => {
    const name = `${LOG}_no_${operation.toLowerCase()}`;
    if (await hasTrigger(name)) return;
    await db.run(
      `CREATE TRIGGER ${name} BEFORE ${operation} ON ${LOG} FOR EACH ROW
       SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${LOG} takes new rows only'`,
    );
  };

  /** The row as JSON; of a table that got columns it has to be renewed. */
  const rowJson = async (table, row) => {
    const columns = [...(await db.columns(table)).keys()];
    const pairs = columns.map(name => `'${name}', ${row}.${db.name(name)}`);
    return `JSON_OBJECT(${pairs.join(', ')})`;
  };

  /** Ours that log an operation on a table; two while they are renewed. */
  const findTriggers = async (table, operation) => {
    const triggers = await db.run(
      `SELECT trigger_name AS name, action_statement AS statement
       FROM information_schema.triggers
       WHERE trigger_schema = DATABASE()
         AND event_object_table = ${db.literal(table)}`,
    );
    const isOurs = new RegExp(`^${triggerName(table, operation)}(_\\d+)?$`);
    return triggers.filter(({name}) => isOurs.test(name));
  };

  const createTrigger = async (name, table, operation) => {
    const before = await rowJson(table, 'OLD');
    const after = await rowJson(table, 'NEW');
    const values = {
      INSERT: `NEW.id, NEW.created_by, NULL, ${after}`,
      UPDATE: `NEW.id,
        IF(NEW.deleted AND NOT OLD.deleted,
          COALESCE(NEW.deleted_by, NEW.modified_by), NEW.modified_by),
        ${before}, ${after}`,
      DELETE: `OLD.id, NULL, ${before}, NULL`,
    };
    await db.run(
      `CREATE TRIGGER ${name} AFTER ${operation} ON ${table} FOR EACH ROW
       INSERT INTO ${LOG} (table_name, operation, database_user, at,
         row_id, user_id, \`before\`, \`after\`)
       VALUES ('${table}', '${operation}', USER(), UTC_TIMESTAMP(3),
         ${values[operation]})`,
    );
  };

  const watch = async (table, operation) => {
    const ancestors = `after_${operation.toLowerCase()}_${table}_audit_trigger`;
    if (await hasTrigger(ancestors)) return;
    if ((await findTriggers(table, operation)).length) return;
    await createTrigger(triggerName(table, operation), table, operation);
  };

  /** The new one is there before the old one goes: no change is not logged. */
  const renew = async (table, operation) => {
    const triggers = await findTriggers(table, operation);
    if (!triggers.length) return;
    const columns = [...(await db.columns(table)).keys()];
    const isWhole = ({statement}) =>
      columns.every(name => statement.includes(`'${name}', `));
    if (!triggers.some(isWhole)) {
      const name = `${triggerName(table, operation)}_${columns.length}`;
      await createTrigger(name, table, operation);
    }
    for (const trigger of triggers) {
      if (!isWhole(trigger)) await db.run(`DROP TRIGGER ${trigger.name}`);
    }
  };

  return {
    async createTable() {
      const id = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
      await db.run(
        `CREATE TABLE IF NOT EXISTS ${LOG} (
           id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
           table_name varchar(64) NOT NULL,
           operation varchar(6) NOT NULL,
           row_id varchar(64) ${id} NOT NULL,
           user_id varchar(64) ${id} NULL,
           database_user varchar(256) NOT NULL,
           at datetime(3) NOT NULL,
           \`before\` json NULL,
           \`after\` json NULL
         ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4`,
      );
    },

    async seal() {
      // TRUNCATE fires no trigger here; it takes the DROP privilege.
      for (const operation of ['UPDATE', 'DELETE']) await refuse(operation);
    },

    async watch(table) {
      for (const operation of OPERATIONS) await watch(table, operation);
    },

    async renew(table) {
      for (const operation of OPERATIONS) await renew(table, operation);
    },
  };
}

module.exports = {auditLog};
