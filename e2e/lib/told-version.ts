type CompiledFunction = (...values: readonly unknown[]) => unknown;

/**
 * Which vodozemac the compiled cryptography of a client says it contains; undefined if it does not say.
 * Runs it as far as that needs, with nothing around it: what it asks of its surroundings is only listened to.
 */
export function toldVersion(code: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return askForVersion(code);
  } catch {
    // It is no such code, or it needs more than it is given.
    return undefined;
  }
}

function askForVersion(code: Uint8Array<ArrayBuffer>): string | undefined {
  const module = new WebAssembly.Module(code);
  const told: string[] = [];
  let memory: WebAssembly.Memory | undefined;
  // Texts leave as place and length; a number stands for each of them, and what is copied keeps its number.
  const listen: CompiledFunction = (first, second) => {
    if (memory === undefined || typeof first !== 'number' || typeof second !== 'number') return first;
    return told.push(new TextDecoder().decode(new Uint8Array(memory.buffer, first >>> 0, second >>> 0)));
  };
  const { exports } = new WebAssembly.Instance(module, surroundingsOf(module, listen));
  if (!(exports['memory'] instanceof WebAssembly.Memory)) return undefined;
  memory = exports['memory'];
  const versions = functionIn(exports, 'getVersions')();
  const number = functionIn(exports, '__wbg_get_versions_vodozemac')(versions);
  return told[Number(number) - 1];
}

function surroundingsOf(module: WebAssembly.Module, listen: CompiledFunction): WebAssembly.Imports {
  const surroundings: Record<string, Record<string, CompiledFunction>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    surroundings[from] = { ...surroundings[from], [name]: listen };
  }
  return surroundings;
}

function functionIn(exports: WebAssembly.Exports, name: string): CompiledFunction {
  const found = exports[name];
  if (typeof found !== 'function') throw new TypeError(`${name} is missing`);
  return (...values) => Reflect.apply(found, undefined, values);
}
