/** Reading numbers from bytes of unknown origin: outside the bytes everything is 0, so that no reader can throw. */
export class BytesView {
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get length(): number {
    return this.bytes.length;
  }
  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }
  be16(at: number): number {
    return this.u8(at) * 0x100 + this.u8(at + 1);
  }
  be32(at: number): number {
    return this.be16(at) * 0x1_0000 + this.be16(at + 2);
  }
  le16(at: number): number {
    return this.u8(at + 1) * 0x100 + this.u8(at);
  }
  le24(at: number): number {
    return this.u8(at + 2) * 0x1_0000 + this.le16(at);
  }
  le32(at: number): number {
    return this.le16(at + 2) * 0x1_0000 + this.le16(at);
  }
  /** Whether these Latin letters stand there. */
  says(at: number, text: string): boolean {
    if (at + text.length > this.length) return false;
    for (let i = 0; i < text.length; i += 1) if (this.u8(at + i) !== text.charCodeAt(i)) return false;
    return true;
  }
}
