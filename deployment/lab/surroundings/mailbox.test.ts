import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect, test } from 'vitest';
import { openMailbox } from './mailbox.ts';

test('a mail handed over by SMTP is found by its recipient, with the links in it', async () => {
  await using mailbox = await openMailbox(0);
  const message = [
    'From: Server <server@pruefstand.invalid>',
    'To: person@pruefstand.invalid',
    'Subject: =?utf-8?q?Best=C3=A4tigung?=',
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('Bitte öffnen: http://localhost:8450/a?token=b\n.\n').toString('base64'),
    '..',
  ];
  const socket = createConnection({ host: '127.0.0.1', port: mailbox.port });
  socket.end(['EHLO x', 'MAIL FROM:<a@b>', 'RCPT TO:<c@d>', 'DATA', ...message, '.', 'QUIT', ''].join('\r\n'));
  socket.resume();
  await once(socket, 'close');
  const mail = await mailbox.waitFor('person@pruefstand.invalid');
  expect(mail).toMatchObject({ from: 'server@pruefstand.invalid', subject: 'Bestätigung' });
  expect(mail?.links).toEqual(['http://localhost:8450/a?token=b']);
  expect(await mailbox.waitFor('person@pruefstand.invalid', { after: 1, deadlineMs: 10 })).toBeUndefined();
});
