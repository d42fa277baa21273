import { spawn } from 'node:child_process';
import { type Account, asAccount } from '../processes.ts';
import type { Pcsc } from './pcsc.ts';

export interface ToolResult {
  readonly code: number | null;
  /** Both outputs. */
  readonly text: string;
}

/**
 * OpenSC's own program, as the account that the desk runs as: what it sees, the desk may see.
 * @param pin given by the environment of this one process, so that it is no argument; that of a made-up card
 */
export function runPkcs11Tool(
  pcsc: Pcsc,
  runAs: Account | undefined,
  home: string,
  args: readonly string[],
  pin?: string,
): Promise<ToolResult> {
  const login = pin === undefined ? [] : ['--login', '--pin', 'env:CARD_PIN'];
  const [program, ...rest] = asAccount(['pkcs11-tool', '--module', pcsc.module, ...login, ...args], runAs);
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: home,
      ...pcsc.env,
      ...(pin === undefined ? {} : { CARD_PIN: pin }),
    },
  });
  let text = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.setEncoding('utf8').on('data', (said: string) => {
      text += said;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, text }));
  });
}
