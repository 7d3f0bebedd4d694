/** The length of the state, and what it is mixed by: those of MT19937 (Matsumoto and Nishimura, 1998). */
const size = 624;
const middle = 397;
const twist = 0x9908b0df;
const highest = 0x80000000;
const others = 0x7fffffff;

/** Random whole numbers as Python's `random.Random(seed).randrange(n)` draws them. */
export function randomNumbers(seed: number): (below: number) => number {
  const state = seeded(seed);
  let next = size;

  function word(): number {
    if (next === size) {
      mix(state);
      next = 0;
    }
    let y = state[next++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  return (below) => {
    const bits = 32 - Math.clz32(below);
    let number = word() >>> (32 - bits);
    while (number >= below) number = word() >>> (32 - bits);
    return number;
  };
}

/** The state that Python makes of a seed below 2³²: that of an array with it alone. */
function seeded(seed: number): Uint32Array {
  const state = new Uint32Array(size);
  state[0] = 19_650_218;
  for (let i = 1; i < size; i++) state[i] = Math.imul(1_812_433_253, carried(state, i)) + i;
  let i = 1;
  for (let k = 0; k < size; k++) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(carried(state, i), 1_664_525)) + seed;
    i = following(state, i);
  }
  for (let k = 1; k < size; k++) {
    state[i] = ((state[i] ?? 0) ^ Math.imul(carried(state, i), 1_566_083_941)) - i;
    i = following(state, i);
  }
  state[0] = highest;
  return state;
}

function carried(state: Uint32Array, i: number): number {
  const last = state[i - 1] ?? 0;
  return last ^ (last >>> 30);
}

function following(state: Uint32Array, i: number): number {
  if (i + 1 < size) return i + 1;
  state[0] = state[size - 1] ?? 0;
  return 1;
}

function mix(state: Uint32Array): void {
  for (let i = 0; i < size; i++) {
    const y = ((state[i] ?? 0) & highest) | ((state[(i + 1) % size] ?? 0) & others);
    state[i] = (state[(i + middle) % size] ?? 0) ^ (y >>> 1) ^ ((y & 1) === 0 ? 0 : twist);
  }
}
