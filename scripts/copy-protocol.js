// The compiler leaves generated code that is JavaScript already where it is.
'use strict';
const fs = require('fs');
const path = require('path');

for (const name of ['chat.pb.js', 'chat.pb.d.ts']) {
  fs.copyFileSync(
    path.join(__dirname, '../src/protocol', name),
    path.join(__dirname, '../dist/protocol', name),
  );
}
