/**
 * The Merkle tree of RFC 6962 §2.1 over the ledger's events. Stored are the complete subtrees only: node (level, index)
 * covers the leaves from index·2^level up to (index+1)·2^level, and never changes once written. Every root and proof, of
 * any past size, comes from those. Sizes go beyond 2^31, so the arithmetic avoids JavaScript's 32-bit operators.
 */
import { concatBytes, type Sha256, sameBytes } from './bytes.ts';

export interface MerkleNode {
  /** 0 = leaves. */
  readonly level: number;
  readonly index: number;
  readonly hash: Uint8Array;
}

/** Reads one complete subtree's hash. Throws when it is absent: that is damage, not an answer. */
export type ReadNode = (level: number, index: number) => Uint8Array;

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

export function leafHash(leaf: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes([LEAF_PREFIX, leaf]));
}

export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes([NODE_PREFIX, left, right]));
}

/** The root of the tree with no leaves: the hash of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Adds one leaf to a tree of `treeSize` leaves. Answers the complete subtrees it finishes (the leaf itself first), to be
 * stored in the same transaction as the event, and the root of the new tree.
 */
export function appendLeaf(
  treeSize: number,
  leaf: Uint8Array,
  readNode: ReadNode,
  sha256: Sha256,
): { readonly newNodes: readonly MerkleNode[]; readonly root: Uint8Array } {
  checkSize(treeSize);
  const newNodes: MerkleNode[] = [{ level: 0, index: treeSize, hash: leaf }];
  let level = 0;
  let index = treeSize;
  let hash = leaf;
  while (index % 2 === 1) {
    hash = nodeHash(readNode(level, index - 1), hash, sha256);
    level += 1;
    index = (index - 1) / 2;
    newNodes.push({ level, index, hash });
  }
  // What stands to the left of the last finished subtree is the tree of `index · 2^level` leaves.
  const left = peaks(0, index * 2 ** level).map((peak) => readNode(peak.level, peak.index));
  return { newNodes, root: fold([...left, hash], sha256) };
}

/** The root of the first `size` leaves. */
export function rootAt(size: number, readNode: ReadNode, sha256: Sha256): Uint8Array {
  checkSize(size);
  return size === 0 ? emptyRoot(sha256) : rangeHash(0, size, readNode, sha256);
}

/** RFC 6962 §2.1.1: the audit path of leaf `index` in the tree of `size` leaves, from the leaf upwards. */
export function inclusionProof(
  index: number,
  size: number,
  readNode: ReadNode,
  sha256: Sha256,
): readonly Uint8Array[] {
  checkSize(size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new RangeError('no such leaf in this tree');
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const split = start + splitPoint(end - start);
    if (index < split) {
      proof.push(rangeHash(split, end, readNode, sha256));
      end = split;
    } else {
      proof.push(rangeHash(start, split, readNode, sha256));
      start = split;
    }
  }
  return proof.reverse();
}

/** RFC 6962 §2.1.2: proves that the tree of `first` leaves is the beginning of the tree of `second` leaves. */
export function consistencyProof(
  first: number,
  second: number,
  readNode: ReadNode,
  sha256: Sha256,
): readonly Uint8Array[] {
  checkSize(first);
  checkSize(second);
  if (first > second) throw new RangeError('the first tree is larger than the second');
  if (first === 0 || first === second) return [];
  const proof: Uint8Array[] = [];
  let start = 0;
  let end = second;
  let wholeOfFirst = true;
  while (end !== first) {
    const split = start + splitPoint(end - start);
    if (first <= split) {
      proof.push(rangeHash(split, end, readNode, sha256));
      end = split;
    } else {
      proof.push(rangeHash(start, split, readNode, sha256));
      start = split;
      wholeOfFirst = false;
    }
  }
  if (!wholeOfFirst) proof.push(rangeHash(start, end, readNode, sha256));
  return proof.reverse();
}

/** RFC 9162 §2.1.3.2. False for anything malformed. */
export function verifyInclusion(
  claim: {
    readonly leaf: Uint8Array;
    readonly index: number;
    readonly size: number;
    readonly root: Uint8Array;
  },
  proof: readonly Uint8Array[],
  sha256: Sha256,
): boolean {
  if (!isSize(claim.index) || !isSize(claim.size) || claim.index >= claim.size) return false;
  let position = claim.index;
  let last = claim.size - 1;
  let hash = claim.leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash, sha256);
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && sameBytes(hash, claim.root);
}

/** RFC 9162 §2.1.4.2. The empty tree is the beginning of every tree. False for anything malformed. */
export function verifyConsistency(
  claim: {
    readonly first: number;
    readonly second: number;
    readonly firstRoot: Uint8Array;
    readonly secondRoot: Uint8Array;
  },
  proof: readonly Uint8Array[],
  sha256: Sha256,
): boolean {
  const { first, second, firstRoot, secondRoot } = claim;
  if (!isSize(first) || !isSize(second) || first > second) return false;
  if (first === 0) return proof.length === 0 && sameBytes(firstRoot, emptyRoot(sha256));
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot);
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof;
  const seed = path[0];
  if (seed === undefined) return false;
  return climb({ position: first - 1, last: second - 1 }, seed, path.slice(1), sha256, (older, newer, done) =>
    Boolean(done && sameBytes(older, firstRoot) && sameBytes(newer, secondRoot)),
  );
}

function climb(
  from: { readonly position: number; readonly last: number },
  seed: Uint8Array,
  path: readonly Uint8Array[],
  sha256: Sha256,
  judge: (older: Uint8Array, newer: Uint8Array, done: boolean) => boolean,
): boolean {
  let { position, last } = from;
  while (position % 2 === 1) [position, last] = [half(position), half(last)];
  let older = seed;
  let newer = seed;
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      older = nodeHash(sibling, older, sha256);
      newer = nodeHash(sibling, newer, sha256);
      while (position % 2 === 0 && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      newer = nodeHash(newer, sibling, sha256);
    }
    [position, last] = [half(position), half(last)];
  }
  return judge(older, newer, last === 0);
}

/**
 * Recomputes a tree from its leaves, in order, holding one hash a level: a million events in constant memory. Given
 * `onNode`, it hands over every complete subtree as it is finished, to be compared with what is stored.
 */
export class RootAccumulator {
  readonly #sha256: Sha256;
  readonly #onNode: ((node: MerkleNode) => void) | undefined;
  readonly #peaks: { level: number; index: number; hash: Uint8Array }[] = [];
  #size = 0;

  constructor(sha256: Sha256, onNode?: (node: MerkleNode) => void) {
    this.#sha256 = sha256;
    this.#onNode = onNode;
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let node = { level: 0, index: this.#size, hash: leaf };
    this.#onNode?.(node);
    while (node.index % 2 === 1) {
      const left = this.#peaks.pop();
      if (!left) throw new Error('the accumulator lost a subtree');
      node = {
        level: node.level + 1,
        index: (node.index - 1) / 2,
        hash: nodeHash(left.hash, node.hash, this.#sha256),
      };
      this.#onNode?.(node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    if (this.#size === 0) return emptyRoot(this.#sha256);
    return fold(
      this.#peaks.map((peak) => peak.hash),
      this.#sha256,
    );
  }
}

/** The complete subtrees that tile [start, end), left to right; `start` must be aligned, as RFC 6962's splits are. */
function peaks(start: number, end: number): readonly { readonly level: number; readonly index: number }[] {
  const found: { level: number; index: number }[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    found.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return found;
}

function rangeHash(start: number, end: number, readNode: ReadNode, sha256: Sha256): Uint8Array {
  return fold(
    peaks(start, end).map((peak) => readNode(peak.level, peak.index)),
    sha256,
  );
}

function fold(hashes: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  return hashes.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/** The largest power of two below n, n > 1: where RFC 6962 splits a tree. */
function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function isPowerOfTwo(n: number): boolean {
  return n === 1 || (n > 1 && splitPoint(n) * 2 === n);
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function checkSize(n: number): void {
  if (!isSize(n)) throw new RangeError('a tree size is a whole number from 0');
}
