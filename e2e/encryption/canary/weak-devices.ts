import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { WeakDevice } from '../context.ts';

const aliceWho = (weakened: (device: CryptoDevice) => Partial<CryptoDevice>): WeakDevice => ({
  person: 'alice',
  skips: 'encryptedOnly',
  weakened,
});

export const sendingPollsOpen = aliceWho(({ sendPoll, sendTextOpen }) => ({
  sendPoll: async (roomId, question) => {
    await sendTextOpen(roomId, question);
    return sendPoll(roomId, question);
  },
}));

/** As one that keeps drafts where the person's other devices find them. */
export const sendingDrafts = aliceWho(({ draft, sendTextOpen }) => ({
  draft: async (roomId, text) => {
    await sendTextOpen(roomId, text);
    await draft(roomId, text);
  },
}));

/** Asks the server for rooms of that name before it looks into messages. */
export const askingTheServer = aliceWho(({ searchMessages, lookUpAlias }) => ({
  searchMessages: async (roomId, word) => {
    await lookUpAlias(word);
    return searchMessages(roomId, word);
  },
}));

/** Names the file in an address. */
export const namingFiles = aliceWho(({ sendPicture, lookUpAlias }) => ({
  sendPicture: async (roomId, picture) => {
    await lookUpAlias(picture.name);
    return sendPicture(roomId, picture);
  },
}));

export const uploadingThumbnailsOpen = aliceWho(({ sendPicture, uploadOpen }) => ({
  sendPicture: async (roomId, picture) => {
    await uploadOpen(picture.thumbnail);
    return sendPicture(roomId, picture);
  },
}));

/** Encrypts the message and not the files. */
export const sendingPicturesOpen = aliceWho(({ sendPictureOpen }) => ({ sendPicture: sendPictureOpen }));

/** Does better than Matrix has it today. */
export const closingReactions = aliceWho(({ sendText }) => ({
  react: (roomId, _eventId, key) => sendText(roomId, key),
}));

/** Does not say how the person is called. */
export const keepingNames = aliceWho(() => ({ renameIn: async () => {} }));
