/** What a client knows of rooms and devices; the users of a VU keep one copy, though each asks the homeserver itself. */
export interface DeviceDirectory {
  /** Room id → members. */
  readonly members: Map<string, readonly string[]>;
  /** Person → devices with keys. */
  readonly devices: Map<string, readonly string[]>;
}

export const createDeviceDirectory = (): DeviceDirectory => ({ members: new Map(), devices: new Map() });
