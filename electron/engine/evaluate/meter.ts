/**
 * How far a walk is, counted in tiles of every stage that it goes through: with several steps or iterations most of the
 * work lies behind the first tile of the last one.
 */
export class Meter {
  private expected = 0;
  private done = 0;
  private told = 0;

  /** @param report hears of every change, 0…1 and never less than before */
  constructor(private readonly report: (share: number) => void = () => undefined) {}

  /** So many tiles more will have to be computed. */
  expect(tiles: number): void {
    this.expected += tiles;
  }

  tileDone(): void {
    this.done += 1;
    this.tell(0);
  }

  /** The tile in work is this far, 0…1. */
  within(share: number): void {
    this.tell(Math.min(1, Math.max(0, share)));
  }

  /** Tiles that were forgotten in the meantime are computed again: there may be more than were expected. */
  private tell(ofTile: number): void {
    const share = this.expected === 0 ? 1 : Math.min(1, (this.done + ofTile) / this.expected);
    this.told = Math.max(this.told, share);
    this.report(this.told);
  }
}
