import {spawn, type ChildProcess} from 'child_process';
import {EventEmitter, once} from 'events';
import path from 'path';
import type {ServerReport} from './fuzz-server';
import {notePrinted} from '../fixtures/traces';
import type {Address} from './hostile-socket';

/** What the server is like at one moment. */
export type ServerState = Extract<ServerReport, {kind: 'state'}>;

/** A server in a process of its own, and everything that it lets out. */
export class ServerProcess {
  /** Lines of its log, of its output, and how it ended. */
  readonly lines: string[] = [];
  hasEnded = false;
  /** What it tells, by kind. */
  readonly reports = new EventEmitter();
  private readonly child: ChildProcess;

  constructor(settings: object) {
    const script = path.join(__dirname, 'fuzz-server.js');
    this.child = spawn(
      process.execPath,
      ['--expose-gc', '--enable-source-maps', script, JSON.stringify(settings)],
      {stdio: ['ignore', 'pipe', 'pipe', 'ipc']},
    );
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', chunk => this.add(String(chunk).trim()));
    }
    this.child.on('message', (report: ServerReport) => {
      if (report.kind === 'line') this.add(report.text);
      else this.reports.emit(report.kind, report);
    });
    this.child.once('exit', (code, signal) => {
      this.hasEnded = true;
      if (!this.child.killed) this.lines.push(`it ended: ${signal ?? code}`);
      this.reports.emit('exit');
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Resolves when it listens. */
  async listening(): Promise<Address> {
    const {port} = await this.next('port');
    return {host: '127.0.0.1', port};
  }

  /** What it is like, after its garbage is collected. */
  async state(): Promise<ServerState> {
    if (!this.child.connected) throw new Error('The server has ended.');
    // It may end at this moment, of which the next line tells.
    this.child.send('state', () => undefined);
    return this.next('state');
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.reports, 'exit');
    this.child.kill();
    await ended;
  }

  private add(line: string): void {
    this.lines.push(line);
    notePrinted('the log', line);
  }

  private async next<K extends 'port' | 'state'>(
    kind: K,
  ): Promise<Extract<ServerReport, {kind: K}>> {
    const ending = new AbortController();
    const {signal} = ending;
    const ended = once(this.reports, 'exit', {signal}).then(() => {
      throw new Error(`The server ended: ${this.lines.join('\n')}`);
    });
    const reported = once(this.reports, kind, {signal});
    try {
      const [report] = await Promise.race([reported, ended]);
      return report;
    } finally {
      ended.catch(() => undefined);
      reported.catch(() => undefined);
      ending.abort();
    }
  }
}
