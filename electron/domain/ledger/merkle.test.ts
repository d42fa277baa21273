import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64Url } from './bytes.ts';
import {
  appendLeaf,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  type MerkleNode,
  nodeHash,
  type ReadNode,
  RootAccumulator,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** RFC 6962 §2.1, word for word: the independent answer everything here is compared with. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return sha256(Buffer.concat([Buffer.of(0), leaves[0]!]));
  const k = split(leaves.length);
  return sha256(Buffer.concat([Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k))]));
}
function naivePath(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}
function naiveSubproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...naiveSubproof(m, leaves.slice(0, k), whole), naiveRoot(leaves.slice(k))]
    : [...naiveSubproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
}

function grow(leaves: readonly Uint8Array[]) {
  const stored = new Map<string, Uint8Array>();
  const readNode: ReadNode = (level, index) => {
    const hash = stored.get(`${level}/${index}`);
    if (!hash) throw new Error(`node ${level}/${index} is absent`);
    return hash;
  };
  const roots = [emptyRoot(sha256)];
  const nodes: MerkleNode[] = [];
  leaves.forEach((leaf, size) => {
    const { newNodes, root } = appendLeaf(size, leafHash(leaf, sha256), readNode, sha256);
    for (const node of newNodes) stored.set(`${node.level}/${node.index}`, node.hash);
    nodes.push(...newNodes);
    roots.push(root);
  });
  return { readNode, roots, nodes, stored };
}

const leavesArb = fc.array(fc.uint8Array({ maxLength: 12 }), { minLength: 1, maxLength: 70 });
const flip = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at % bytes.length ? byte ^ 1 : byte));

describe('RFC 6962 tree', () => {
  it('answers the published test vectors for eight leaves', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((text) => new Uint8Array(Buffer.from(text, 'hex')));
    expect(grow(leaves).roots.map(hex)).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('grows leaf by leaf to the root the recursive definition gives, and remembers every past root', () => {
    fc.assert(
      fc.property(leavesArb, (leaves) => {
        const { roots, readNode } = grow(leaves);
        for (let size = 0; size <= leaves.length; size += 1) {
          const expected = hex(naiveRoot(leaves.slice(0, size)));
          expect(hex(roots[size]!)).toBe(expected);
          expect(hex(rootAt(size, readNode, sha256))).toBe(expected);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stores complete subtrees only, each once, each as the accumulator recomputes it', () => {
    fc.assert(
      fc.property(leavesArb, (leaves) => {
        const { nodes, stored, roots } = grow(leaves);
        expect(stored.size).toBe(nodes.length);
        for (const { level, index } of nodes)
          expect((index + 1) * 2 ** level).toBeLessThanOrEqual(leaves.length);
        const seen: MerkleNode[] = [];
        const accumulator = new RootAccumulator(sha256, (node) => seen.push(node));
        leaves.forEach((leaf, i) => {
          accumulator.append(leafHash(leaf, sha256));
          expect(hex(accumulator.root())).toBe(hex(roots[i + 1]!));
        });
        expect(accumulator.size).toBe(leaves.length);
        expect(seen.map((n) => [n.level, n.index, hex(n.hash)])).toEqual(
          nodes.map((n) => [n.level, n.index, hex(n.hash)]),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('gives every inclusion proof of the RFC, and verifies it for that leaf at that place only', () => {
    fc.assert(
      fc.property(leavesArb, fc.nat(), fc.nat(), (leaves, pick, where) => {
        const size = leaves.length;
        const index = pick % size;
        const { readNode, roots } = grow(leaves);
        const proof = inclusionProof(index, size, readNode, sha256);
        expect(proof.map(hex)).toEqual(naivePath(index, leaves).map(hex));
        const claim = { leaf: leafHash(leaves[index]!, sha256), index, size, root: roots[size]! };
        expect(verifyInclusion(claim, proof, sha256)).toBe(true);
        expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, where) }, proof, sha256)).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, where) }, proof, sha256)).toBe(false);
        expect(verifyInclusion({ ...claim, index: size }, proof, sha256)).toBe(false);
        expect(verifyInclusion(claim, [...proof, claim.root], sha256)).toBe(false);
        if (proof.length > 0) {
          expect(verifyInclusion(claim, proof.slice(1), sha256)).toBe(false);
          const broken = proof.map((hash, i) => (i === where % proof.length ? flip(hash, where) : hash));
          expect(verifyInclusion(claim, broken, sha256)).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('does not take an inner node for a leaf, nor a proof that stops short', () => {
    const { readNode, roots } = grow([1, 2, 3, 4].map((byte) => Uint8Array.of(byte)));
    const root = roots[4]!;
    expect(verifyInclusion({ leaf: root, index: 0, size: 4, root }, [], sha256)).toBe(false);
    const inner = { leaf: readNode(1, 0), index: 0, size: 4, root };
    expect(verifyInclusion(inner, [readNode(1, 1)], sha256)).toBe(false);
    const short = { first: 1, second: 4, firstRoot: readNode(1, 0), secondRoot: root };
    expect(verifyConsistency(short, [readNode(1, 1)], sha256)).toBe(false);
  });

  it('gives every consistency proof of the RFC, and refuses a log whose past was rewritten', () => {
    fc.assert(
      fc.property(leavesArb, fc.nat(), fc.nat(), (leaves, pick, where) => {
        const second = leaves.length;
        const first = 1 + (pick % second);
        const { readNode, roots } = grow(leaves);
        const proof = consistencyProof(first, second, readNode, sha256);
        expect(proof.map(hex)).toEqual(naiveSubproof(first, leaves, true).map(hex));
        const claim = { first, second, firstRoot: roots[first]!, secondRoot: roots[second]! };
        expect(verifyConsistency(claim, proof, sha256)).toBe(true);
        const rewritten = grow(
          leaves.map((leaf, i) => (i === where % first ? Uint8Array.of(...leaf, 7) : leaf)),
        );
        const forged = { ...claim, secondRoot: rewritten.roots[second]! };
        const forgedProof = consistencyProof(first, second, rewritten.readNode, sha256);
        expect(verifyConsistency(forged, forgedProof, sha256)).toBe(false);
        expect(
          verifyConsistency({ ...claim, secondRoot: flip(claim.secondRoot, where) }, proof, sha256),
        ).toBe(false);
        expect(verifyConsistency(claim, [...proof, claim.firstRoot], sha256)).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(claim, proof.slice(1), sha256)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the empty tree as the beginning of every tree, and only the true empty root', () => {
    const { roots, readNode } = grow([Uint8Array.of(1), Uint8Array.of(2)]);
    expect(consistencyProof(0, 2, readNode, sha256)).toEqual([]);
    const claim = { first: 0, second: 2, firstRoot: roots[0]!, secondRoot: roots[2]! };
    expect(verifyConsistency(claim, [], sha256)).toBe(true);
    expect(verifyConsistency({ ...claim, firstRoot: roots[1]! }, [], sha256)).toBe(false);
  });

  it('keeps its arithmetic beyond 2^31 leaves', () => {
    // A log in which every leaf is alike, so that any node is known from its level.
    const levels = [leafHash(Uint8Array.of(9), sha256)];
    for (let i = 0; i < 45; i += 1) levels.push(nodeHash(levels[i]!, levels[i]!, sha256));
    const readNode: ReadNode = (level) => levels[level]!;
    const size = 2 ** 40 + 12_345;
    const index = 2 ** 33 + 7;
    const claim = { leaf: levels[0]!, index, size, root: rootAt(size, readNode, sha256) };
    expect(verifyInclusion(claim, inclusionProof(index, size, readNode, sha256), sha256)).toBe(true);
    const first = 2 ** 35 + 3;
    const older = { first, second: size, firstRoot: rootAt(first, readNode, sha256), secondRoot: claim.root };
    expect(verifyConsistency(older, consistencyProof(first, size, readNode, sha256), sha256)).toBe(true);
    expect(toBase64Url(appendLeaf(size, levels[0]!, readNode, sha256).root)).toBe(
      toBase64Url(rootAt(size + 1, readNode, sha256)),
    );
  });

  it('refuses sizes and places that cannot be', () => {
    const { readNode } = grow([Uint8Array.of(1)]);
    expect(() => rootAt(-1, readNode, sha256)).toThrow(RangeError);
    expect(() => inclusionProof(1, 1, readNode, sha256)).toThrow(RangeError);
    expect(() => consistencyProof(2, 1, readNode, sha256)).toThrow(RangeError);
  });
});
