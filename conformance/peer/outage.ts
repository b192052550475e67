import { type Peer, transactionPath } from './peer.ts';

/** The peer takes no transactions until disposed. */
export const refusingTransactions = ({ server }: Peer): Disposable =>
  server.answering(({ path }) => transactionPath.test(path), {
    status: 503,
    json: { errcode: 'M_UNKNOWN', error: 'down' },
  });

/** Whoever hears from a homeserver tries to reach it again: https://spec.matrix.org/v1.19/server-server-api/#transactions */
export const makeItselfHeard = (peer: Peer) => peer.send({});
