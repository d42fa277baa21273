import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createRawServer } from 'node:net';

/** A stranger's computer: it writes down whoever calls, and whatever they bring. */
export interface ListeningPost {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  /** `127.0.0.1:PORT` over UDP. */
  readonly udp: string;
  /** `127.0.0.1:PORT` over TCP, for those who do not speak HTTP. */
  readonly tcp: string;
  /** Paths that were asked for, `udp` for each datagram and `tcp` for each bare connection. */
  readonly heard: () => readonly string[];
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

/** `/redirect` sends on to `/landed`; every other path answers a script that marks whoever runs it. */
export async function openListeningPost(): Promise<ListeningPost> {
  const calls: string[] = [];
  const web = createServer((request, response) => {
    calls.push(request.url ?? '');
    if (request.url === '/redirect') {
      response.writeHead(302, { location: '/landed' }).end();
      return;
    }
    const script = request.url?.endsWith('.js') === true;
    response.writeHead(200, {
      'content-type': script ? 'text/javascript' : 'text/html',
      'access-control-allow-origin': '*',
    });
    response.end(script ? 'globalThis.attacked = "remote script"' : '<h1>A stranger</h1>');
  });
  web.on('upgrade', (request, socket) => {
    calls.push(request.url ?? '');
    socket.destroy();
  });
  const datagrams = createSocket('udp4').on('message', () => calls.push('udp'));
  const raw = createRawServer((socket) => {
    calls.push('tcp');
    socket.destroy();
  });
  await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => datagrams.bind(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    udp: `127.0.0.1:${datagrams.address().port}`,
    tcp: `127.0.0.1:${(raw.address() as AddressInfo).port}`,
    heard: () => [...calls],
    forget: () => calls.splice(0),
    close: async () => {
      datagrams.close();
      raw.close();
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
    },
  };
}
